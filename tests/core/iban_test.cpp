#include "formats/core/iban.hpp"

#include <array>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/core/generators.hpp"

namespace brygga {
namespace {

struct iban_case {
    std::string_view text;
    std::string_view iban;
};

TEST(iban, valid) {
    constexpr std::array<iban_case, 5> table = {{{"SE35 5000 0000 0549 1000 0003", "SE3550000000054910000003"},
                                                 {"se3150000000058411009823", "SE3150000000058411009823"},
                                                 {"DE89\u00A03704 0044 0532 0130 00", "DE89370400440532013000"},
                                                 {"GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432"},
                                                 {"NO93 8601 1117 947", "NO9386011117947"}}};
    for (const iban_case& row : table)
        EXPECT_EQ(parse_iban(row.text).value(), row.iban);
    EXPECT_EQ(display_iban("NO9386011117947"), "NO93 8601 1117 947");
}

struct fault_case {
    std::string_view text;
    iban_fault fault;
};

TEST(iban, faults) {
    constexpr std::array<fault_case, 12> table = {{{"", iban_fault::characters},
                                                   {"SE35", iban_fault::characters},
                                                   {"5841-1009823", iban_fault::characters},
                                                   {"S33550000000054910000003", iban_fault::characters},
                                                   {"SEX550000000054910000003", iban_fault::characters},
                                                   {"SE355000000005491000000A", iban_fault::characters},
                                                   {"US3550000000054910000003", iban_fault::country},
                                                   {"ZZ3550000000054910000003", iban_fault::country},
                                                   {"SE355000000005491000000", iban_fault::length},
                                                   {"SE35500000000549100000030", iban_fault::length},
                                                   {"SE3450000000054910000003", iban_fault::check_digits},
                                                   {"SE3550000000054910000004", iban_fault::check_digits}}};
    for (const fault_case& row : table) {
        const auto iban = parse_iban(row.text);
        ASSERT_FALSE(iban) << row.text;
        EXPECT_EQ(iban.error(), row.fault) << row.text << ": " << expectation(iban.error());
    }
}

TEST(iban, check_digits) {
    EXPECT_EQ(iban_check_digits("SE", "50000000058411009823"), "31");
    EXPECT_EQ(iban_check_digits("SE", "50000000054910000003"), "35");
    EXPECT_EQ(iban_check_digits("SE", "5000000005491000000"), std::nullopt);
    EXPECT_EQ(iban_check_digits("US", "50000000054910000003"), std::nullopt);
    EXPECT_EQ(iban_check_digits("SE", "5000000005491000000-"), std::nullopt);
    EXPECT_EQ(iban_length("SE"), 24u);
    EXPECT_EQ(iban_length("YY"), std::nullopt);
}

// 00, 01 and 99 satisfy the modulus beside 97, 98 and 02: only the latter are issued.
RC_GTEST_PROP(iban, only_one_pair_of_check_digits_passes, ()) {
    const std::string own = *gen_digits(20, 20);
    const std::string right = *iban_check_digits("SE", own);
    for (int pair = 0; pair < 100; ++pair) {
        const std::string digits = {static_cast<char>('0' + pair / 10), static_cast<char>('0' + pair % 10)};
        RC_ASSERT(parse_iban("SE" + digits + own).has_value() == (digits == right));
    }
}

TEST(iban, compared_with_an_account) {
    EXPECT_TRUE(iban_may_hold("SE3550000000054910000003", {"5491", "0000003"}));
    EXPECT_FALSE(iban_may_hold("SE3550000000054910000003", {"5491", "0000011"}));
    EXPECT_FALSE(iban_may_hold("SE3450000000054910000003", {"5491", "0000003"})) << "not valid";
    const std::string swedbank = "80000810591234567897";
    EXPECT_TRUE(iban_may_hold("SE" + *iban_check_digits("SE", swedbank) + swedbank, {"8105", "1234567897"}));
    EXPECT_FALSE(iban_may_hold("SE" + *iban_check_digits("SE", swedbank) + swedbank, {"8327", "1234567897"}));
    const std::string alone = "60000000000123456789";
    EXPECT_TRUE(iban_may_hold("SE" + *iban_check_digits("SE", alone) + alone, {"6000", "123456789"}));
    EXPECT_FALSE(iban_may_hold("NO9386011117947", {"8601", "1117947"}));
}

}  // namespace
}  // namespace brygga
