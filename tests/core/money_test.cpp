#include "formats/core/money.hpp"

#include <array>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace brygga {
namespace {

struct amount_case {
    std::string_view text;
    std::int64_t amount_ore;
};

TEST(money, decimal_amounts) {
    constexpr std::array<amount_case, 16> table = {{{"8625", 862500},
                                                    {"8625.5", 862550},
                                                    {"8625.000", 862500},
                                                    {"8625.00000", 862500},
                                                    {"0.05", 5},
                                                    {"0", 0},
                                                    {"-0.00", 0},
                                                    {"-1234.50", -123450},
                                                    {"+1.00", 100},
                                                    {".5", 50},
                                                    {"5.", 500},
                                                    {"0000000000000000000000000007.10", 710},
                                                    {"92233720368547758.07", INT64_MAX},
                                                    {"-92233720368547758.07", -INT64_MAX},
                                                    {"-92233720368547758.08", INT64_MIN},
                                                    {"1.99000", 199}}};
    for (const amount_case& row : table)
        EXPECT_EQ(parse_decimal_amount(row.text).value(), row.amount_ore) << row.text;
}

TEST(money, refused_amounts) {
    for (const std::string_view text : {"", "-", "+", ".", "-.", "1,50", "1 234", "1.2.3", "--1", "1e3", "0.005", "8625.001",
                                        "1.000000", "92233720368547758.08", "-92233720368547758.09",
                                        "99999999999999999999999999999999999999999999999999", "0x10", " 1", "1 "}) {
        const result<std::int64_t> amount = parse_decimal_amount(text);
        ASSERT_FALSE(amount) << text;
        EXPECT_EQ(amount.error().code, error_code::invalid_content) << text;
    }
}

TEST(money, ref_r10_is_named_apart) {
    EXPECT_EQ(parse_decimal_amount("0.005").error().text, "amount has digits beyond öre that are not zero");
}

struct format_case {
    std::int64_t amount_ore;
    std::string_view decimal;
    std::string_view swedish;
};

TEST(money, written_amounts) {
    constexpr std::array<format_case, 9> table = {
        {{0, "0.00", "0,00"},
         {5, "0.05", "0,05"},
         {-5, "-0.05", "-0,05"},
         {99999, "999.99", "999,99"},
         {123450, "1234.50", "1\u00A0234,50"},
         {-123456700, "-1234567.00", "-1\u00A0234\u00A0567,00"},
         {10000000, "100000.00", "100\u00A0000,00"},
         {INT64_MAX, "92233720368547758.07", "92\u00A0233\u00A0720\u00A0368\u00A0547\u00A0758,07"},
         {INT64_MIN, "-92233720368547758.08", "-92\u00A0233\u00A0720\u00A0368\u00A0547\u00A0758,08"}}};
    for (const format_case& row : table) {
        EXPECT_EQ(format_decimal_amount(row.amount_ore), row.decimal);
        EXPECT_EQ(format_swedish_amount(row.amount_ore), row.swedish);
    }
}

TEST(money, sums_pass_64_bits) {
    ore_sum sum;
    EXPECT_EQ(sum.text(), "0");
    sum += INT64_MAX;
    EXPECT_EQ(sum.value(), INT64_MAX);
    sum += 1;
    EXPECT_EQ(sum.value(), std::nullopt);
    EXPECT_EQ(sum.text(), "9223372036854775808");
    sum -= INT64_MAX;
    EXPECT_EQ(sum.value(), 1);
    ore_sum low;
    low += INT64_MIN;
    EXPECT_EQ(low.value(), INT64_MIN);
    EXPECT_EQ(low.text(), "-9223372036854775808");
    low -= 1;
    EXPECT_EQ(low.value(), std::nullopt);
    EXPECT_TRUE(low.negative());
    low += sum;
    EXPECT_TRUE(low == INT64_MIN);
}

RC_GTEST_PROP(money, decimal_amounts_come_back, (std::int64_t amount_ore)) {
    RC_ASSERT(parse_decimal_amount(format_decimal_amount(amount_ore)).value() == amount_ore);
}

}  // namespace
}  // namespace brygga
