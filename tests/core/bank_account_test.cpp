#include "formats/core/bank_account.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"
#include "tests/core/generators.hpp"

namespace brygga {
namespace {

struct written_case {
    std::string_view text;
    std::string_view clearing;
    std::string_view account;
};

TEST(bank_account, written_forms) {
    constexpr std::array<written_case, 13> table = {{{"5841-1009823", "5841", "1009823"},
                                                     {"5841 100 98 23", "5841", "1009823"},
                                                     {"5841\u00A01009823", "5841", "1009823"},
                                                     {"58411009823", "5841", "1009823"},
                                                     {"5841000001009823", "5841", "1009823"},
                                                     {"8105-9000000001", "8105", "9000000001"},
                                                     {"8105-9, 900 000 000-1", "8105", "9000000001"},
                                                     {"81059-9000000001", "8105", "9000000001"},
                                                     {"8327-9,9000000001", "8327", "9000000001"},
                                                     {"3300-811228-9874", "3300", "8112289874"},
                                                     {"6000 123.456.789", "6000", "123456789"},
                                                     {" 6000-12345678 ", "6000", "12345678"},
                                                     {"8105 5", "8105", "5"}}};
    for (const written_case& row : table) {
        const auto account = parse_bank_account(row.text);
        ASSERT_TRUE(account) << row.text;
        EXPECT_EQ(account->clearing, row.clearing) << row.text;
        EXPECT_EQ(account->account, row.account) << row.text;
    }
    for (const std::string_view text : {"", "-", "584", "584-1-1009823", "5841", "5841-", "8105-8, 9000000001",
                                        "81058-9000000001", "5841/1009823", "SE3550000000054910000003", "5841-1234567890123"})
        EXPECT_EQ(parse_bank_account(text), std::nullopt) << text;
}

TEST(bank_account, clearing_numbers) {
    EXPECT_EQ(normalise_clearing("5841"), "5841");
    EXPECT_EQ(normalise_clearing("8327-9"), "8327");
    EXPECT_EQ(normalise_clearing("81059"), "8105");
    for (const std::string_view text : {"", "584", "584-1", "58411", "8327-8", "83278", "832-79", "8327-99"})
        EXPECT_EQ(normalise_clearing(text), std::nullopt) << text;
}

struct test_case {
    std::string_view clearing;
    std::string_view account;
    account_verdict verdict;
};

TEST(bank_account, bank_tests) {
    constexpr std::array<test_case, 26> table = {{{"5841", "1009823", account_verdict::valid},
                                                  {"5491", "0000003", account_verdict::valid},
                                                  {"4000", "1000019", account_verdict::valid},
                                                  {"3300", "8112289874", account_verdict::valid},
                                                  {"6000", "123456789", account_verdict::valid},
                                                  {"8105", "9000000001", account_verdict::valid},
                                                  {"9180", "1234567897", account_verdict::valid},
                                                  {"5841", "1009824", account_verdict::check_digit},
                                                  {"4000", "1000018", account_verdict::check_digit},
                                                  {"4001", "1000019", account_verdict::check_digit},
                                                  {"3300", "8112289875", account_verdict::check_digit},
                                                  {"6000", "123456788", account_verdict::check_digit},
                                                  {"9180", "1234567896", account_verdict::check_digit},
                                                  {"8105", "9000000002", account_verdict::doubtful},
                                                  {"9500", "1234566", account_verdict::valid},
                                                  {"9960", "1234567", account_verdict::doubtful},
                                                  {"5841", "109823", account_verdict::length},
                                                  {"5841", "01009823", account_verdict::length},
                                                  {"3300", "811228987", account_verdict::length},
                                                  {"6000", "1234567", account_verdict::length},
                                                  {"6000", "1234567890", account_verdict::length},
                                                  {"8105", "12345678901", account_verdict::length},
                                                  {"6000", "000000000", account_verdict::all_zeros},
                                                  {"9955", "1234567", account_verdict::untested},
                                                  {"9800", "1234567", account_verdict::unknown_clearing},
                                                  {"5841", "100982x", account_verdict::length}}};
    for (const test_case& row : table) {
        const bank_account account{std::string(row.clearing), std::string(row.account)};
        EXPECT_EQ(test_account(account), row.verdict)
            << display_bank_account(account) << ": " << expectation(test_account(account));
    }
}

// Handelsbanken accounts of eight digits are tested as nine with a zero in front.
TEST(bank_account, eight_digits_are_padded) {
    const std::string body = "1234567";
    const bank_account account{"6000", body + *modulus_11_digit(body)};
    EXPECT_EQ(test_account(account), account_verdict::valid);
    EXPECT_EQ(test_account({"6000", "0" + account.account}), account_verdict::valid);
}

struct clearing_case {
    std::string_view clearing;
    std::string_view bank;
    account_rule rule;
};

TEST(clearing_table, ranges) {
    constexpr std::array<clearing_case, 20> table = {{{"1100", "Nordea", account_rule::type_1_comment_1},
                                                      {"1199", "Nordea", account_rule::type_1_comment_1},
                                                      {"1200", "Danske Bank", account_rule::type_1_comment_1},
                                                      {"2099", "Nordea", account_rule::type_1_comment_1},
                                                      {"2399", "Ålandsbanken", account_rule::type_1_comment_2},
                                                      {"3300", "Nordea", account_rule::type_2_comment_1},
                                                      {"3301", "Nordea", account_rule::type_1_comment_1},
                                                      {"3409", "Länsförsäkringar Bank", account_rule::type_1_comment_1},
                                                      {"3410", "Nordea", account_rule::type_1_comment_1},
                                                      {"3782", "Nordea", account_rule::type_2_comment_1},
                                                      {"4999", "Nordea", account_rule::type_1_comment_2},
                                                      {"5999", "SEB", account_rule::type_1_comment_1},
                                                      {"6999", "Handelsbanken", account_rule::type_2_comment_2},
                                                      {"7999", "Swedbank", account_rule::type_1_comment_1},
                                                      {"9189", "Danske Bank", account_rule::type_2_comment_1},
                                                      {"9275", "ICA Banken", account_rule::type_1_comment_1},
                                                      {"9580", "Aion", account_rule::type_1_comment_1},
                                                      {"9890", "Riksgälden", account_rule::type_2_comment_1},
                                                      {"9955", "Kommuninvest", account_rule::format_only},
                                                      {"9969", "Nordea", account_rule::type_2_comment_3}}};
    for (const clearing_case& row : table) {
        const clearing_range* const range = find_clearing(row.clearing);
        ASSERT_NE(range, nullptr) << row.clearing;
        EXPECT_EQ(range->bank, row.bank) << row.clearing;
        EXPECT_EQ(range->rule, row.rule) << row.clearing;
    }
    for (const std::string_view clearing :
         {"0000", "1099", "2100", "9059", "9125", "9129", "9954", "9956", "9999", "584", "58411", "584x"})
        EXPECT_EQ(find_clearing(clearing), nullptr) << clearing;
}

TEST(clearing_table, every_range_is_found_at_both_ends) {
    EXPECT_EQ(clearing_table().size(), 61u);
    EXPECT_TRUE(clearing_table_date.ok());
    for (const clearing_range& range : clearing_table()) {
        EXPECT_EQ(find_clearing(zero_filled(std::to_string(range.first), 4)), &range);
        EXPECT_EQ(find_clearing(zero_filled(std::to_string(range.last), 4)), &range);
    }
}

struct field_case {
    std::string_view field;
    std::string_view display;
};

TEST(bank_account, sixteen_digits) {
    constexpr std::array<field_case, 6> table = {{{"5841000001009823", "5841-1009823"},
                                                  {"5491000000000003", "5491-0000003"},
                                                  {"6000000123456789", "6000-123456789"},
                                                  {"3300000101011234", "3300-0101011234"},
                                                  {"8105009000000001", "8105-9000000001"},
                                                  {"9500000001234566", "9500-1234566"}}};
    for (const field_case& row : table) {
        const auto account = parse_account_field(row.field);
        ASSERT_TRUE(account) << row.field;
        EXPECT_EQ(display_bank_account(*account), row.display);
        EXPECT_EQ(account_field(*account), row.field);
    }
    EXPECT_EQ(parse_account_field("584100000100982"), std::nullopt);
    EXPECT_EQ(parse_account_field("58410000010098230"), std::nullopt);
    EXPECT_EQ(parse_account_field("584100000100982 "), std::nullopt);
}

RC_GTEST_PROP(bank_account, fields_come_back, ()) {
    const std::string field = *gen_digits(16, 16);
    const auto account = parse_account_field(field);
    RC_ASSERT(account && account_field(*account) == field);
    RC_ASSERT(parse_account_field(account_field(*account)) == account);
    RC_ASSERT(parse_bank_account(field) == account);
}

}  // namespace
}  // namespace brygga
