// Numbers under the mask: what stays of each kind, and that no two become one.
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "formats/core/bank_account.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/clearing_table.hpp"
#include "formats/core/gs1.hpp"
#include "formats/core/identity.hpp"
#include "formats/core/ocr.hpp"
#include "formats/core/plusgiro.hpp"
#include "formats/inspection/masked_digits.hpp"
#include "tests/core/generators.hpp"

namespace brygga::inspection {

namespace {

constexpr date today{std::chrono::year{2026}, std::chrono::March, std::chrono::day{2}};

struct masker {
    keyed_hash hash{"a key for tests"};
    digit_masker digits{hash};
};

std::string masked_as(std::string_view number, number_kind kind) {
    masker with;
    return with.digits.number(number, kind);
}

std::string with_check_digit(const std::string& body) {
    return body + *modulus_10_digit(body);
}

// Every number of so many digits has its own replacement.
TEST(masked_digits, no_two_numbers_become_one) {
    masker with;
    for (const number_kind kind : {number_kind::reference, number_kind::identity, number_kind::giro}) {
        for (const std::size_t size : {1u, 2u, 3u, 4u}) {
            std::set<std::string> seen;
            std::size_t most = 1;
            for (std::size_t i = 0; i < size; ++i)
                most *= 10;
            for (std::size_t i = 0; i < most; ++i)
                seen.insert(with.digits.number(fmt::format("{:0{}}", i, size), kind));
            EXPECT_EQ(seen.size(), most) << size;
            EXPECT_EQ(seen.begin()->size(), size);
        }
    }
}

RC_GTEST_PROP(masked_digits, references_keep_their_form_and_their_verdict_at_every_ocr_level, ()) {
    std::string body = *gen_digits(1, 24);
    if (*rc::gen::arbitrary<bool>()) body.back() = static_cast<char>('0' + (body.size() + 1) % 10);
    const std::string number = *rc::gen::arbitrary<bool>() ? with_check_digit(body) : body;
    const std::string out = masked_as(number, number_kind::reference);
    RC_ASSERT(out.size() == number.size());
    for (const ocr_level level : {ocr_level::none, ocr_level::soft, ocr_level::hard, ocr_level::variable_length})
        RC_ASSERT(ocr::validate(out, {level, {}}) == ocr::validate(number, {level, {}}));
    // Zeros that fill the field stay; those of somebody who may be born in 2000 to 2009 are part of the number.
    if (number.size() < 10 || number.size() > 12) RC_ASSERT(number.find_first_not_of('0') == out.find_first_not_of('0'));
}

// Twelve digits that could be a person's and are a valid reference of OCR level 3.
TEST(masked_digits, a_reference_that_looks_like_a_personal_number_keeps_its_length_digit) {
    for (int i = 0; i < 50; ++i) {
        const std::string number = with_check_digit(fmt::format("19811228{:02}2", i));
        ASSERT_EQ(ocr::validate(number, {ocr_level::variable_length, {}}), ocr_verdict::valid);
        EXPECT_EQ(ocr::validate(masked_as(number, number_kind::reference), {ocr_level::variable_length, {}}), ocr_verdict::valid)
            << number;
    }
}

RC_GTEST_PROP(masked_digits, giro_numbers_stay_valid_or_invalid, ()) {
    const std::string number = *gen_digits(7, 8);
    const std::string tested = *rc::gen::arbitrary<bool>() ? with_check_digit(number.substr(1)) : number;
    const std::string field = std::string(10 - tested.size(), '0') + tested;
    const std::string out = masked_as(field, number_kind::giro);
    const std::string own = out.substr(10 - tested.size());
    RC_ASSERT(out.substr(0, 10 - tested.size()) == field.substr(0, 10 - tested.size()));
    RC_ASSERT(bankgiro_valid(own) == bankgiro_valid(tested));
    RC_ASSERT(plusgiro_valid(own) == plusgiro_valid(tested));
}

RC_GTEST_PROP(masked_digits, numbers_in_text_follow_their_fields, ()) {
    std::string number = *gen_digits(2, 9);
    if (number[0] == '0') number[0] = '7';
    masker with;
    const std::string in_text = with.digits.number(number, number_kind::reference);
    RC_ASSERT(with.digits.number("000" + number, number_kind::giro) == "000" + in_text);
}

struct identity_case {
    std::string_view number;
    identity_kind kind;
};

TEST(masked_digits, identity_numbers_stay_numbers_of_their_kind) {
    for (const identity_case& each : std::initializer_list<identity_case>{{"189003149805", identity_kind::person},
                                                                          {"9003149805", identity_kind::person},
                                                                          {"200503149809", identity_kind::person},
                                                                          {"000503149809", identity_kind::person},
                                                                          {"197010632391", identity_kind::coordination},
                                                                          {"5599001236", identity_kind::organisation},
                                                                          {"165599001236", identity_kind::organisation},
                                                                          {"005599001236", identity_kind::organisation}}) {
        const auto before = classify_identity(each.number, today);
        ASSERT_TRUE(before) << each.number << " " << expectation(before.error());
        ASSERT_EQ(before->kind, each.kind) << each.number;
        const std::string out = masked_as(each.number, number_kind::identity);
        EXPECT_NE(out, each.number);
        const auto after = classify_identity(out, today);
        ASSERT_TRUE(after) << each.number << " became no identity number: " << expectation(after.error());
        EXPECT_EQ(after->kind, each.kind) << each.number;
    }
}

TEST(masked_digits, identity_numbers_with_a_wrong_check_digit_keep_a_wrong_one) {
    for (const std::string_view number : {"9003149806", "5599001237", "190003149806"}) {
        const std::string out = masked_as(number, number_kind::identity);
        EXPECT_FALSE(modulus_10_valid(std::string_view(out).substr(out.size() - 10))) << number;
    }
}

TEST(masked_digits, supply_points_stay_supply_points_right_or_wrong) {
    for (const std::string_view number : {"735999123456789018", "735999617839011211", "735999123456789015"}) {
        const std::string out = masked_as(number, number_kind::reference);
        EXPECT_THAT(out, testing::StartsWith("735999"));
        EXPECT_NE(out, number);
        EXPECT_EQ(gs1_valid(out), gs1_valid(number)) << number;
        EXPECT_EQ(out, masked_as(number, number_kind::identity));
    }
}

TEST(masked_digits, one_person_is_one_person_with_and_without_century_and_filling) {
    masker with;
    const std::string ten = with.digits.number("9003149805", number_kind::identity);
    EXPECT_EQ(with.digits.number("199003149805", number_kind::identity), "19" + ten);
    EXPECT_EQ(with.digits.number("009003149805", number_kind::identity), "00" + ten);
    EXPECT_EQ(with.digits.number("9003149805", number_kind::reference), ten);
}

account_verdict verdict_of(std::string_view field) {
    const auto account = parse_account_field(field);
    return account ? test_account(*account) : account_verdict::length;
}

RC_GTEST_PROP(masked_digits, accounts_keep_their_bank_and_verdict, ()) {
    const auto ranges = clearing_table();
    const clearing_range& range = ranges[*rc::gen::inRange<std::size_t>(0, ranges.size())];
    const std::string clearing = fmt::format("{:04}", range.first);
    const std::string own = *gen_digits(1, 12);
    const std::string field = clearing + std::string(12 - own.size(), '0') + own;
    const std::string prefix = *rc::gen::element<std::string>("", "0000000000000000000");
    masker with;
    const std::string out = with.digits.account(prefix + field);
    RC_ASSERT(out.size() == prefix.size() + field.size());
    RC_ASSERT(out.starts_with(prefix + clearing));
    RC_ASSERT(verdict_of(out.substr(prefix.size())) == verdict_of(field));
}

TEST(masked_digits, a_valid_account_becomes_another_valid_account) {
    masker with;
    const std::string out = with.digits.account("5841000001009823");
    EXPECT_NE(out, "5841000001009823");
    EXPECT_EQ(verdict_of(out), account_verdict::valid);
}

TEST(masked_digits, another_key_gives_other_numbers) {
    keyed_hash hash("another key for tests");
    digit_masker other(hash);
    EXPECT_NE(other.number("1000234706", number_kind::reference), masked_as("1000234706", number_kind::reference));
}

TEST(masked_digits, runs_of_any_length) {
    for (const std::size_t size : {0u, 35u, 36u, 37u, 54u, 55u, 200u}) {
        const std::string number(size, '7');
        const std::string out = masked_as(number, number_kind::reference);
        EXPECT_EQ(out.size(), size);
        EXPECT_EQ(out == number, size == 0);
    }
    EXPECT_EQ(masked_as("0000000000", number_kind::giro), "0000000000");
    EXPECT_EQ(masked_as("0000000007", number_kind::giro), "0000000007");
}

}  // namespace

}  // namespace brygga::inspection
