#include "formats/core/ocr.hpp"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/core/check_digit.hpp"
#include "tests/core/generators.hpp"

namespace brygga {
namespace {

constexpr std::array<ocr_level, 4> digit_levels = {ocr_level::soft, ocr_level::hard, ocr_level::variable_length,
                                                   ocr_level::fixed_length};

struct ocr_case {
    std::string_view text;
    ocr_level level;
    ocr_verdict verdict;
};

TEST(ocr, verdicts) {
    constexpr std::array<ocr_case, 24> table = {{{"1000234706", ocr_level::variable_length, ocr_verdict::valid},
                                                 {"1000234706", ocr_level::hard, ocr_verdict::valid},
                                                 {"74450", ocr_level::variable_length, ocr_verdict::valid},
                                                 {"8012577", ocr_level::variable_length, ocr_verdict::valid},
                                                 {"657775", ocr_level::variable_length, ocr_verdict::length_digit},
                                                 {"657775", ocr_level::hard, ocr_verdict::valid},
                                                 {"100023472", ocr_level::hard, ocr_verdict::valid},
                                                 {"100023472", ocr_level::variable_length, ocr_verdict::length_digit},
                                                 {"100023473", ocr_level::soft, ocr_verdict::check_digit},
                                                 {"1000234707", ocr_level::variable_length, ocr_verdict::check_digit},
                                                 {"", ocr_level::hard, ocr_verdict::not_digits},
                                                 {"12 34", ocr_level::hard, ocr_verdict::not_digits},
                                                 {"1000234706 ", ocr_level::hard, ocr_verdict::not_digits},
                                                 {"0", ocr_level::hard, ocr_verdict::too_short},
                                                 {"18", ocr_level::hard, ocr_verdict::valid},
                                                 {"18", ocr_level::variable_length, ocr_verdict::too_short},
                                                 {"133", ocr_level::variable_length, ocr_verdict::valid},
                                                 {"0000000000000000000000018", ocr_level::hard, ocr_verdict::valid},
                                                 {"00000000000000000000000018", ocr_level::hard, ocr_verdict::too_long},
                                                 {"000", ocr_level::hard, ocr_verdict::all_zeros},
                                                 {"0000000000", ocr_level::variable_length, ocr_verdict::all_zeros},
                                                 {"Hyra april", ocr_level::none, ocr_verdict::valid},
                                                 {"", ocr_level::none, ocr_verdict::valid},
                                                 {"74450", ocr_level::fixed_length, ocr_verdict::not_agreed}}};
    for (const ocr_case& row : table)
        EXPECT_EQ(ocr::validate(row.text, {row.level, {}}), row.verdict) << row.text << " at " << name(row.level);
}

TEST(ocr, agreed_lengths) {
    const ocr_agreement agreement{ocr_level::fixed_length, {5, 10}};
    EXPECT_EQ(ocr::validate("74450", agreement), ocr_verdict::valid);
    EXPECT_EQ(ocr::validate("1000234706", agreement), ocr_verdict::valid);
    EXPECT_EQ(ocr::validate("8012577", agreement), ocr_verdict::not_agreed);
    EXPECT_EQ(ocr::validate("74451", agreement), ocr_verdict::check_digit);
    EXPECT_EQ(ocr::validate("8012577", {ocr_level::hard, {5}}), ocr_verdict::valid) << "lengths bind at fixed_length only";
}

TEST(ocr, built_references) {
    EXPECT_EQ(ocr::build("10002347", ocr_level::variable_length).value(), "1000234706");
    EXPECT_EQ(ocr::build("10002347", ocr_level::hard).value(), "100023472");
    EXPECT_EQ(ocr::build("10002347", ocr_level::none).value(), "10002347");
    EXPECT_EQ(ocr::build("1", ocr_level::variable_length).value(), "133");
    EXPECT_EQ(ocr::number_of("1000234706", ocr_level::variable_length), "10002347");
    EXPECT_EQ(ocr::number_of("100023472", ocr_level::soft), "10002347");
    EXPECT_EQ(ocr::number_of("100023473", ocr_level::hard), std::nullopt);
    EXPECT_EQ(ocr::number_of("657775", ocr_level::variable_length), std::nullopt);
}

TEST(ocr, build_keeps_the_bounds) {
    for (const std::string_view number : {"", "0", "000", "12a", "-1"}) {
        for (const ocr_level level : digit_levels) {
            const auto reference = ocr::build(number, level);
            ASSERT_FALSE(reference) << number;
            EXPECT_EQ(reference.error().code, error_code::invalid_argument);
        }
    }
    EXPECT_EQ(ocr::build(std::string(24, '1'), ocr_level::hard).value().size(), max_ocr_digits);
    EXPECT_FALSE(ocr::build(std::string(25, '1'), ocr_level::hard));
    EXPECT_EQ(ocr::build(std::string(23, '1'), ocr_level::variable_length).value().size(), max_ocr_digits);
    EXPECT_FALSE(ocr::build(std::string(24, '1'), ocr_level::variable_length));
}

RC_GTEST_PROP(ocr, built_references_are_valid_and_give_the_number_back, ()) {
    const std::string number = *gen_digits(1, 23);
    RC_PRE(!all_zeros(number));
    for (const ocr_level level : digit_levels) {
        const std::string reference = ocr::build(number, level).value();
        RC_ASSERT(ocr::validate(reference, {level, {static_cast<unsigned>(reference.size())}}) == ocr_verdict::valid);
        RC_ASSERT(ocr::number_of(reference, level) == number);
    }
}

RC_GTEST_PROP(ocr, a_lost_digit_is_caught_at_level_3, ()) {
    const std::string number = *gen_digits(1, 23);
    RC_PRE(!all_zeros(number));
    std::string reference = ocr::build(number, ocr_level::variable_length).value();
    reference.erase(*rc::gen::inRange<std::size_t>(0, number.size()), 1);
    RC_ASSERT(ocr::validate(reference, {ocr_level::variable_length, {}}) != ocr_verdict::valid);
}

struct found_case {
    std::string_view text;
    std::vector<ocr::candidate> found;
};

TEST(ocr, references_in_free_text_at_level_3) {
    const std::vector<found_case> table = {
        {"", {}},
        {"Hyra för april", {}},
        {"1000234706", {{"1000234706", 0, 10, false}}},
        {"Faktura 1000234706 kund 987654", {{"1000234706", 8, 10, false}}},
        {"OCR:1000234706, 74450.", {{"1000234706", 4, 10, false}, {"74450", 16, 5, false}}},
        {"1000 2347 06", {{"1000234706", 0, 12, true}}},
        {"betalning 10002347-06 tack", {{"1000234706", 10, 11, true}}},
        {"1000\u00A0234706", {{"1000234706", 0, 12, true}}},
        {"å 74450", {{"74450", 3, 5, false}}},
        {"1000  234706", {}},   // two blanks part what one joins
        {"1000 - 234706", {}},  // so do several separators
        {"1000.234706", {}},    // and other signs
        {"91000234706", {}},    // never a part of a run
        {"10002347061", {}},
        {"000 0000", {}},
    };
    for (const found_case& row : table)
        EXPECT_EQ(ocr::find_all(row.text, {ocr_level::variable_length, {}}), row.found) << row.text;
}

TEST(ocr, single_runs_come_before_joined_ones) {
    const auto found = ocr::find_all("18 26 74450", {ocr_level::hard, {}});
    ASSERT_GT(found.size(), 3u);
    EXPECT_EQ(found[0], (ocr::candidate{"18", 0, 2, false}));
    EXPECT_EQ(found[1], (ocr::candidate{"26", 3, 2, false}));
    EXPECT_EQ(found[2], (ocr::candidate{"74450", 6, 5, false}));
    EXPECT_EQ(found[3], (ocr::candidate{"1826", 0, 5, true}));
    for (std::size_t i = 3; i < found.size(); ++i)
        EXPECT_TRUE(found[i].joined);
}

TEST(ocr, level_none_gives_every_run_within_bounds) {
    const std::string text = "1 22 " + std::string(25, '3') + " x " + std::string(26, '4') + " 00";
    const auto found = ocr::find_all(text, {ocr_level::none, {}});
    EXPECT_THAT(found, testing::ElementsAre(ocr::candidate{"22", 2, 2, false}, ocr::candidate{std::string(25, '3'), 5, 25, false},
                                            ocr::candidate{"122", 0, 4, true}));
}

RC_GTEST_PROP(ocr, candidates_stand_where_they_say, ()) {
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789  --x")));
    for (const ocr::candidate& candidate : ocr::find_all(text, {ocr_level::hard, {}})) {
        std::string digits;
        for (const char c : text.substr(candidate.offset, candidate.size))
            if (c >= '0' && c <= '9') digits += c;
        RC_ASSERT(digits == candidate.digits);
        RC_ASSERT(ocr::validate(digits, {ocr_level::hard, {}}) == ocr_verdict::valid);
        const std::size_t end = candidate.offset + candidate.size;
        const auto is_digit = [&text](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
        RC_ASSERT((candidate.offset == 0 || !is_digit(candidate.offset - 1)) && !is_digit(end));
    }
}

RC_GTEST_PROP(ocr, a_reference_split_by_blanks_is_found, ()) {
    const std::string number = *gen_digits(4, 20);
    RC_PRE(!all_zeros(number));
    const std::string reference = ocr::build(number, ocr_level::variable_length).value();
    std::string text = reference;
    text.insert(*rc::gen::inRange<std::size_t>(1, reference.size()), " ");
    bool found = false;
    for (const ocr::candidate& candidate : ocr::find_all("avser " + text + " mvh", {ocr_level::variable_length, {}}))
        found = found || candidate == ocr::candidate{reference, 6, text.size(), true};
    RC_ASSERT(found);
}

}  // namespace
}  // namespace brygga
