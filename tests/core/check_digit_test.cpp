#include "formats/core/check_digit.hpp"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/core/bic.hpp"
#include "formats/core/digits.hpp"
#include "formats/core/gs1.hpp"
#include "tests/core/generators.hpp"

namespace brygga {
namespace {

static_assert(modulus_10_digit("10002347") == '2' && modulus_10_valid("1000234706"));
static_assert(modulus_10_valid("9912346") && !modulus_10_valid("9912345"));
static_assert(modulus_11_valid("8411009823") && modulus_11_digit("841100982") == '3');
static_assert(gs1_digit("73599912300004567") == '6' && gs1_valid("735999123000045676"));
static_assert(modulus_97("50000000054910000003281435") == 1u);

TEST(check_digit, refuses_what_is_not_digits) {
    for (const std::string_view text : {"", " ", "12a4", "1234 ", "-1"}) {
        EXPECT_FALSE(modulus_10_valid(text)) << text;
        EXPECT_FALSE(modulus_11_valid(text)) << text;
        EXPECT_FALSE(gs1_valid(text)) << text;
        EXPECT_EQ(modulus_10_digit(text), std::nullopt) << text;
        EXPECT_EQ(modulus_11_digit(text), std::nullopt) << text;
        EXPECT_EQ(gs1_digit(text), std::nullopt) << text;
    }
    EXPECT_EQ(modulus_97(""), std::nullopt);
    EXPECT_EQ(modulus_97("12a"), std::nullopt);
    EXPECT_TRUE(modulus_10_valid("0000000")) << "arithmetic only: all_zeros() refuses it";
    EXPECT_TRUE(all_zeros("0000000"));
    EXPECT_FALSE(all_zeros("0000100"));
}

// Weights return to 1 at the eleventh digit from the right.
TEST(check_digit, modulus_11_weights_repeat) {
    EXPECT_TRUE(modulus_11_valid("40001000019"));
    EXPECT_FALSE(modulus_11_valid("30001000019"));
    EXPECT_EQ(modulus_11_digit("6"), std::nullopt) << "would need check digit 10";
    EXPECT_EQ(modulus_11_digit("11"), '6');
}

RC_GTEST_PROP(check_digit, built_numbers_are_valid, ()) {
    const std::string body = *gen_digits(1, 30);
    RC_ASSERT(modulus_10_valid(body + *modulus_10_digit(body)));
    RC_ASSERT(gs1_valid(body + *gs1_digit(body)));
    if (const auto digit = modulus_11_digit(body)) RC_ASSERT(modulus_11_valid(body + *digit));
}

RC_GTEST_PROP(check_digit, every_wrong_digit_is_caught, ()) {
    const std::string body = *gen_digits(1, 24);
    const std::string ten = body + *modulus_10_digit(body);
    const std::string gs1 = body + *gs1_digit(body);
    for (std::size_t at = 0; at < ten.size(); ++at) {
        for (char wrong = '0'; wrong <= '9'; ++wrong) {
            std::string changed = ten;
            changed[at] = wrong;
            RC_ASSERT(modulus_10_valid(changed) == (changed == ten));
            changed = gs1;
            changed[at] = wrong;
            RC_ASSERT(gs1_valid(changed) == (changed == gs1));
        }
    }
}

TEST(digits, one_hyphen_at_its_place) {
    EXPECT_EQ(digits_with_hyphen("12 34 56-6", 1), "1234566");
    EXPECT_EQ(digits_with_hyphen("12\u00A034", 1), "1234");
    for (const std::string_view text : {"", "-", "-1", "1-", "1-2-3", "12-34", "1a", "1\xA0"})
        EXPECT_EQ(digits_with_hyphen(text, 1), std::nullopt) << text;
    EXPECT_EQ(zero_filled("123", 5), "00123");
    EXPECT_EQ(zero_filled("", 2), "00");
    EXPECT_EQ(without_leading_zeros("00120"), "120");
    EXPECT_EQ(without_leading_zeros("000"), "");
}

TEST(gs1, gln) {
    const std::string gln = "7350000123456";
    EXPECT_TRUE(gln_valid(gln));
    EXPECT_FALSE(gln_valid(gln.substr(1)));
    EXPECT_FALSE(gln_valid("0000000000000"));
    EXPECT_FALSE(gln_valid("7350000123459"));
    EXPECT_FALSE(gln_valid("735000012345X"));
}

TEST(gs1, gsrn) {
    EXPECT_EQ(parse_gsrn("735999123000045676").value(), "735999123000045676");
    EXPECT_EQ(parse_gsrn("735999 123 00004567 6").value(), "735999123000045676");
    EXPECT_EQ(parse_gsrn("(8018)735999123000045676").value(), "735999123000045676");
    EXPECT_EQ(parse_gsrn("8018735999123000045676").value(), "735999123000045676");
    EXPECT_EQ(parse_gsrn("735999123000045675").error(), gsrn_fault::check_digit);
    EXPECT_EQ(parse_gsrn("73599912300004567").error(), gsrn_fault::length);
    EXPECT_EQ(parse_gsrn("FJV-17").error(), gsrn_fault::characters);
    EXPECT_EQ(parse_gsrn("").error(), gsrn_fault::characters);
    const std::string foreign = std::string("57131300000000001") + *gs1_digit("57131300000000001");
    EXPECT_EQ(parse_gsrn(foreign).error(), gsrn_fault::prefix);
}

TEST(gs1, gsrn_short_form_needs_its_network_company) {
    EXPECT_EQ(gsrn_from_short_form("00004567", "123"), "735999123000045676");
    EXPECT_EQ(gsrn_from_short_form("0000 4567 6", "123"), "735999123000045676");
    EXPECT_EQ(gsrn_from_short_form("000045675", "123"), std::nullopt);
    EXPECT_EQ(gsrn_from_short_form("00004567", ""), std::nullopt);
    EXPECT_EQ(gsrn_from_short_form("00004567", "12a"), std::nullopt);
    EXPECT_EQ(gsrn_from_short_form("0004567", "123"), std::nullopt);
    EXPECT_EQ(gsrn_from_short_form("0000456760", "123"), std::nullopt);
}

TEST(bic, forms) {
    EXPECT_EQ(parse_bic("ESSESESS"), "ESSESESS");
    EXPECT_EQ(parse_bic("swedsessxxx"), "SWEDSESS");
    EXPECT_EQ(parse_bic("HAND SE SS 123"), "HANDSESS123");
    for (const std::string_view text : {"", "ESSESES", "ESSESESSX", "ESSESESSXXXX", "ESSE5ESS", "ESSES1SS", "ESSESES-"})
        EXPECT_EQ(parse_bic(text), std::nullopt) << text;
}

}  // namespace
}  // namespace brygga
