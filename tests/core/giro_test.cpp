#include <array>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/core/bankgiro.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/plusgiro.hpp"
#include "tests/core/generators.hpp"

namespace brygga {
namespace {

struct giro_case {
    std::string_view text;
    std::optional<std::string_view> digits;
    bool valid = false;
};

TEST(bankgiro, written_forms) {
    constexpr std::array<giro_case, 17> table = {{{"991-2346", "9912346", true},
                                                  {"5723-7273", "57237273", true},
                                                  {"160-9908", "1609908", true},
                                                  {"240-7617", "2407617", true},
                                                  {"0009912346", "9912346", true},
                                                  {" 5723 7273 ", "57237273", true},
                                                  {"5723\u00A07273", "57237273", true},
                                                  {"970-1233", "9701233", false},
                                                  {"991-2345", "9912345", false},
                                                  {"99-12346", std::nullopt},
                                                  {"991234-6", std::nullopt},
                                                  {"991-23-46", std::nullopt},
                                                  {"123456", std::nullopt},
                                                  {"123456789", std::nullopt},
                                                  {"0000000000", std::nullopt},
                                                  {"00009912346", std::nullopt},
                                                  {"991-234x", std::nullopt}}};
    for (const giro_case& row : table) {
        const auto digits = normalise_bankgiro(row.text);
        ASSERT_EQ(digits.has_value(), row.digits.has_value()) << row.text;
        if (!digits) continue;
        EXPECT_EQ(*digits, *row.digits);
        EXPECT_EQ(bankgiro_valid(*digits), row.valid) << row.text;
    }
}

TEST(bankgiro, shown_forms) {
    EXPECT_EQ(display_bankgiro("9912346"), "991-2346");
    EXPECT_EQ(display_bankgiro("57237273"), "5723-7273");
    EXPECT_EQ(bankgiro_field("9912346"), "0009912346");
    EXPECT_TRUE(is_fundraising_bankgiro("9001234"));
    EXPECT_FALSE(is_fundraising_bankgiro("9912346"));
    EXPECT_FALSE(bankgiro_valid("0000000"));
    EXPECT_FALSE(bankgiro_valid(""));
}

TEST(plusgiro, written_forms) {
    constexpr std::array<giro_case, 10> table = {{{"12 34 56-6", "1234566", true},
                                                  {"1234566", "1234566", true},
                                                  {"0001234566", "1234566", true},
                                                  {"1-8", "18", true},
                                                  {"12 34 56-7", "1234567", false},
                                                  {"1234-566", std::nullopt},
                                                  {"8", std::nullopt},
                                                  {"123456789", std::nullopt},
                                                  {"0000000000", std::nullopt},
                                                  {"", std::nullopt}}};
    for (const giro_case& row : table) {
        const auto digits = normalise_plusgiro(row.text);
        ASSERT_EQ(digits.has_value(), row.digits.has_value()) << row.text;
        if (!digits) continue;
        EXPECT_EQ(*digits, *row.digits);
        EXPECT_EQ(plusgiro_valid(*digits), row.valid) << row.text;
    }
}

TEST(plusgiro, shown_forms) {
    EXPECT_EQ(display_plusgiro("1234566"), "12 34 56-6");
    EXPECT_EQ(display_plusgiro("18"), "1-8");
    EXPECT_EQ(display_plusgiro("12345674"), "1 23 45 67-4");
    EXPECT_EQ(plusgiro_field("18"), "0000000018");
    EXPECT_TRUE(is_fundraising_plusgiro("9012345"));
    EXPECT_FALSE(is_fundraising_plusgiro("901234"));
    EXPECT_FALSE(is_fundraising_plusgiro("1234566"));
}

TEST(plusgiro, clearing_numbers) {
    for (const std::string_view clearing : {"9500", "9549", "9960", "9969"})
        EXPECT_TRUE(is_plusgiro_clearing(clearing)) << clearing;
    for (const std::string_view clearing : {"9499", "9550", "9959", "9970", "950", "95000", "95o0"})
        EXPECT_FALSE(is_plusgiro_clearing(clearing)) << clearing;
}

RC_GTEST_PROP(giro, numbers_come_back_from_field_and_display, ()) {
    std::string body = *gen_digits(6, 7);
    if (body.front() == '0') body.front() = '1';
    const std::string number = body + *modulus_10_digit(body);
    RC_ASSERT(bankgiro_valid(number) && plusgiro_valid(number));
    RC_ASSERT(normalise_bankgiro(bankgiro_field(number)) == number);
    RC_ASSERT(normalise_bankgiro(display_bankgiro(number)) == number);
    RC_ASSERT(normalise_plusgiro(plusgiro_field(number)) == number);
    RC_ASSERT(normalise_plusgiro(display_plusgiro(number)) == number);
}

}  // namespace
}  // namespace brygga
