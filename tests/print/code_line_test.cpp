// The code line of a payment slip: print-batch.md section 3.4, and the three lines of section 7.
#include "formats/print/code_line/code_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/core/check_digit.hpp"
#include "formats/core/ocr.hpp"
#include "formats/print/code_line/check.hpp"
#include "formats/print/code_line/grammar.hpp"
#include "tests/core/generators.hpp"

namespace brygga::print {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

const code_line first_letter{"7001234504", 123'450, "59892810", giro::bankgiro};
constexpr std::string_view first_line = "#                7001234504 #    1234 50   9 >                 59892810#41#    ";

code_line_demands demands(code_line payment, ocr_level level = ocr_level::variable_length) {
    return {std::move(payment), {level, {}}, alignment_mark::none};
}

std::vector<std::string> ids(const std::vector<code_line_finding>& found) {
    std::vector<std::string> all;
    for (const code_line_finding& each : found)
        all.emplace_back(code_line_rules()[static_cast<std::size_t>(each.rule)].id);
    return all;
}

std::vector<std::string> ids_of(std::string_view line, const code_line& payment = first_letter) {
    return ids(check_code_line(line, demands(payment)));
}

// `line` with other text from `position` on.
std::string with(std::string_view line, std::size_t position, std::string_view text) {
    std::string changed(line);
    changed.replace(position - 1, text.size(), text);
    return changed;
}

TEST(code_line, worked_examples) {
    EXPECT_EQ(write_code_line(first_letter), first_line);
    EXPECT_EQ(write_code_line({"7000987607", 106'000, "59892810", giro::bankgiro}),
              "#                7000987607 #    1060 00   3 >                 59892810#41#    ");
    EXPECT_EQ(write_code_line({"7001239909", 45'000, "59892810", giro::bankgiro}),
              "#                7001239909 #     450 00   7 >                 59892810#41#    ");
}

TEST(code_line, a_plusgiro_number_ends_one_position_before) {
    const auto line = write_code_line({"7001234504", 123'450, "1234566", giro::plusgiro});
    EXPECT_EQ(line, "#                7001234504 #    1234 50   9 >                 1234566 #14#    ");
    const auto read = read_code_line(*line);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->line.type, giro::plusgiro);
    EXPECT_EQ(read->line.account, "1234566");
}

TEST(code_line, smallest_and_largest_amount) {
    EXPECT_EQ(write_code_line({"18", 1, "59892810", giro::bankgiro}),
              "#                        18 #       0 01   8 >                 59892810#41#    ");
    EXPECT_EQ(write_code_line({"18", 9'999'999'999, "59892810", giro::bankgiro}),
              "#                        18 #99999999 99   0 >                 59892810#41#    ");
    EXPECT_EQ(amount_check_digit(0), '0');
}

TEST(code_line, no_slip) {
    const auto refused = [](code_line line) {
        const auto written = write_code_line(line);
        return !written && written.error().code == error_code::invalid_argument;
    };
    EXPECT_TRUE(refused({"7001234504", 0, "59892810", giro::bankgiro}));
    EXPECT_TRUE(refused({"7001234504", -1, "59892810", giro::bankgiro}));
    EXPECT_TRUE(refused({"7001234504", 10'000'000'000, "59892810", giro::bankgiro}));
    EXPECT_TRUE(refused({"7001234505", 1, "59892810", giro::bankgiro})) << "check digit of the reference";
    EXPECT_TRUE(refused({"4", 1, "59892810", giro::bankgiro}));
    EXPECT_TRUE(refused({"Hyra april", 1, "59892810", giro::bankgiro}));
    EXPECT_TRUE(refused({"7001234504", 1, "59892811", giro::bankgiro})) << "check digit of the number";
    EXPECT_TRUE(refused({"7001234504", 1, "5989-2810", giro::bankgiro}));
    EXPECT_TRUE(refused({"7001234504", 1, "", giro::bankgiro}));
    EXPECT_TRUE(refused({"7001234504", 1, "00000000", giro::bankgiro}));
    EXPECT_TRUE(refused({"7001234504", 1, "1234567", giro::plusgiro}));
    EXPECT_THAT(write_code_line({"7001234505", 1, "59892810", giro::bankgiro}).error().text,
                testing::Not(testing::HasSubstr("7001")));
}

TEST(code_line, alignment_mark) {
    const auto marked = write_code_line(first_letter, alignment_mark::leading_h);
    EXPECT_EQ(marked, "H  " + std::string(first_line));
    const auto read = read_code_line(*marked, alignment_mark::leading_h);
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->marked);
    EXPECT_EQ(read->line, first_letter);
    const auto unmarked = read_code_line(first_line, alignment_mark::leading_h);
    ASSERT_TRUE(unmarked);
    EXPECT_FALSE(unmarked->marked);
    const auto not_asked = read_code_line(*marked);
    ASSERT_FALSE(not_asked);
    EXPECT_EQ(not_asked.error().position, 1u);
    EXPECT_EQ(not_asked.error().expected, "#");
}

struct layout_case {
    std::string line;
    std::size_t position{};
    std::string expected;
};

TEST(code_line, what_is_wrong_and_where) {
    const layout_case table[] = {
        {"", 1, "#"},
        {with(first_line, 1, " "), 1, "#"},
        {with(first_line, 2, "0"), 2, "a blank"},
        {with(first_line, 20, "x"), 20, "a digit"},
        {with(first_line, 3, "                         "), 27, "a digit"},
        {with(first_line, 28, "1"), 28, "a blank"},
        {with(first_line, 29, " "), 29, "#"},
        {with(first_line, 30, "00001234"), 30, "a blank instead of a leading zero"},
        {with(first_line, 38, ","), 38, "a blank"},
        {with(first_line, 39, " 5"), 39, "a digit"},
        {with(first_line, 44, " "), 44, "a digit"},
        {with(first_line, 46, "<"), 46, ">"},
        {with(first_line, 47, "                         "), 71, "a digit"},
        {with(first_line, 72, "#42#"), 74, "#41#"},
        {with(first_line, 72, "#14#"), 73, "#41#"},
        {with(first_line, 76, "#"), 76, "a blank"},
        {std::string(first_line.substr(0, 75)), 76, "a blank"},
        {std::string(first_line.substr(0, 40)), 41, "a blank"},
        {std::string(first_line.substr(0, 10)), 11, "a digit"},
        {std::string(first_line) + " ", 80, "the end of the line"},
        {"# 7001234504 # 1234 50 9 > 59892810#41#", 13, "a digit"},
    };
    for (const layout_case& row : table) {
        const auto read = read_code_line(row.line);
        ASSERT_FALSE(read) << row.line;
        EXPECT_EQ(read.error().position, row.position) << row.line;
        EXPECT_EQ(read.error().expected, row.expected) << row.line;
    }
}

TEST(code_line_rules, a_right_line_has_no_findings) {
    EXPECT_THAT(ids_of(first_line), IsEmpty()) << "OCRL-R01 to OCRL-R05";
}

TEST(code_line_rules, ocrl_r01_layout) {
    EXPECT_THAT(ids_of(first_line.substr(0, 78)), ElementsAre("OCRL-R01"));
    const auto found = check_code_line(with(first_line, 46, "<"), demands(first_letter));
    EXPECT_THAT(found, ElementsAre(testing::AllOf(Field(&code_line_finding::position, 46u), Field(&code_line_finding::found, "<"),
                                                  Field(&code_line_finding::expected, ">"))));
    const code_line on_plusgiro{"7001234504", 123'450, "1234566", giro::plusgiro};
    EXPECT_THAT(ids_of(first_line, on_plusgiro), ElementsAre("OCRL-R01", "OCRL-R04")) << "the type of another slip";
}

TEST(code_line_rules, ocrl_r01_is_found_behind_the_alignment_mark) {
    code_line_demands marked = demands(first_letter);
    marked.mark = alignment_mark::leading_h;
    EXPECT_THAT(check_code_line("H  " + std::string(first_line), marked), IsEmpty());
    const auto found = check_code_line("H  " + with(first_line, 46, "<"), marked);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].position, 46u);
    EXPECT_EQ(found[0].found, "<");
}

TEST(code_line_rules, ocrl_r02_reference) {
    EXPECT_THAT(ids_of(with(first_line, 27, "5")), ElementsAre("OCRL-R02")) << "check digit";
    // Passes modulus 10, but says that it has one digit.
    code_line other = first_letter;
    other.reference = "7001234512";
    const std::string line = with(first_line, 18, other.reference);
    EXPECT_THAT(ids_of(line, other), ElementsAre("OCRL-R02")) << "length digit";
    EXPECT_THAT(check_code_line(line, demands(other, ocr_level::hard)), IsEmpty());
    EXPECT_THAT(check_code_line(line, demands(other, ocr_level::none)), IsEmpty());
    const auto fixed = [&](unsigned length) {
        return ids(check_code_line(line, {other, {ocr_level::fixed_length, {length}}, alignment_mark::none}));
    };
    EXPECT_THAT(fixed(10), IsEmpty());
    EXPECT_THAT(fixed(9), ElementsAre("OCRL-R02")) << "length that was not agreed";
    EXPECT_THAT(ids_of(first_line, {"7000987607", 123'450, "59892810", giro::bankgiro}), ElementsAre("OCRL-R02")) << "another's";
}

TEST(code_line_rules, ocrl_r02_without_a_level_tests_the_check_digit) {
    code_line other = first_letter;
    other.reference = "7001234505";
    EXPECT_THAT(ids(check_code_line(with(first_line, 18, other.reference), demands(other, ocr_level::none))),
                ElementsAre("OCRL-R02"));
}

TEST(code_line_rules, references_and_accounts_are_masked) {
    const auto found = check_code_line(with(with(first_line, 27, "5"), 71, "1"), demands(first_letter));
    ASSERT_EQ(ids(found), (std::vector<std::string>{"OCRL-R02", "OCRL-R04"}));
    EXPECT_EQ(found[0].position, 18u);
    EXPECT_EQ(found[0].found, "7********5");
    EXPECT_EQ(found[1].position, 64u);
    EXPECT_EQ(found[1].found, "5******1");
    for (const code_line_finding& each : found)
        EXPECT_THAT(each.expected, testing::Not(testing::ContainsRegex("[0-9]{3}")));
}

TEST(code_line_rules, ocrl_r03_check_digit_with_weight_1_at_the_right) {
    // 1234,50 with weights 1, 2 ... from the right: 0 + 5·2 -> 1 + 4 + 3·2 + 2 + 1·2 = 15, check digit 5.
    const auto found = check_code_line(with(first_line, 44, "5"), demands(first_letter));
    ASSERT_EQ(ids(found), std::vector<std::string>{"OCRL-R03"});
    EXPECT_EQ(found[0].found, "5");
    EXPECT_EQ(found[0].expected, "9");
}

TEST(code_line_rules, ocrl_r04_zeros_where_the_giro_number_is_missing) {
    EXPECT_THAT(ids_of(with(first_line, 64, "00000000")), ElementsAre("OCRL-R04"));
    EXPECT_THAT(ids_of(with(first_line, 64, "59892811")), ElementsAre("OCRL-R04"));
    EXPECT_THAT(ids_of(first_line, {"7001234504", 123'450, "9912346", giro::bankgiro}), ElementsAre("OCRL-R04")) << "another's";
    EXPECT_THAT(ids_of(with(first_line, 62, "0059892810")), ElementsAre("OCRL-R04")) << "filled with zeros";
}

TEST(code_line_rules, ocrl_r05_five_ore_printed_as_fifty) {
    const code_line five_ore{"7001234504", 123'405, "59892810", giro::bankgiro};
    EXPECT_THAT(ids_of(first_line, five_ore), ElementsAre("OCRL-R05"));
    EXPECT_THAT(ids_of(with(first_line, 44, std::string(1, amount_check_digit(123'405))), five_ore),
                ElementsAre("OCRL-R03", "OCRL-R05"));
    EXPECT_THAT(check_code_line(*write_code_line(five_ore), demands(five_ore)), IsEmpty());
}

TEST(code_line_rules, ocrl_r01_ore_rounded_to_100_instead_of_carried) {
    // 12,995 printed as 12 kronor and 100 öre.
    const auto found = check_code_line(with(first_line, 30, "      12 100  9"), demands(first_letter));
    ASSERT_EQ(ids(found), std::vector<std::string>{"OCRL-R01"});
    EXPECT_EQ(found[0].position, 41u);
}

TEST(code_line_rules, ocrl_r01_single_blanks_instead_of_right_alignment) {
    EXPECT_THAT(ids_of("# 7001234504 # 1234 50 9 > 59892810#41#"), ElementsAre("OCRL-R01"));
}

// OCRL-R06
TEST(code_line_rules, ocrl_r06_in_the_text_of_a_page) {
    EXPECT_TRUE(is_in_text(first_line, "Att betala 1 234,50\n#7001234504 # 1234\t50 9 >\xC2\xA0 59892810#41#\r\nSida 1"));
    EXPECT_FALSE(is_in_text(first_line, "Att betala 1 234,50\n#7001234504 # 1234 50 8 > 59892810#41#"));
    EXPECT_FALSE(is_in_text(first_line, "#7001234504 # 1234 50 9 >"));
    EXPECT_FALSE(is_in_text("  ", "anything")) << "an empty line is nowhere";
}

TEST(code_line_rules, ocrl_r07_face_and_pitch) {
    EXPECT_THAT(check_code_line_print("ABCDEF+OCRB", 7201), IsEmpty());
    EXPECT_THAT(check_code_line_print("OCR-B", 7128), IsEmpty());
    EXPECT_THAT(check_code_line_print("OcrB10PitchBT", 7272), IsEmpty());
    EXPECT_THAT(ids(check_code_line_print("OCR-B", 7127)), ElementsAre("OCRL-R07"));
    EXPECT_THAT(ids(check_code_line_print("OCR-B", 7273)), ElementsAre("OCRL-R07"));
    EXPECT_THAT(ids(check_code_line_print("ABCDEF+DejaVuSans", 7200)), ElementsAre("OCRL-R07"));
    EXPECT_THAT(ids(check_code_line_print("OCRA", 6000)), ElementsAre("OCRL-R07", "OCRL-R07"));
}

code_line any_payment() {
    const bool bankgiro = *rc::gen::arbitrary<bool>();
    code_line made;
    made.amount_ore = *rc::gen::inRange<std::int64_t>(1, max_code_line_ore + 1);
    made.type = bankgiro ? giro::bankgiro : giro::plusgiro;
    made.reference = *rc::gen::suchThat(gen_digits(1, 23), [](const std::string& text) { return !all_zeros(text); });
    made.reference = *ocr::build(made.reference, ocr_level::variable_length);
    const std::string body = *rc::gen::suchThat(bankgiro ? gen_digits(6, 7) : gen_digits(1, 7),
                                                [](const std::string& text) { return text.front() != '0'; });
    made.account = body + *modulus_10_digit(body);
    return made;
}

RC_GTEST_PROP(code_line_property, what_is_written_is_read, ()) {
    const code_line payment = any_payment();
    const auto mark = *rc::gen::element(alignment_mark::none, alignment_mark::leading_h);
    const auto line = write_code_line(payment, mark);
    RC_ASSERT(line.has_value());
    RC_ASSERT(line->size() == code_line_size + (mark == alignment_mark::none ? 0 : code_line_alignment_mark.size()));
    const auto read = read_code_line(*line, mark);
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->line == payment);
    RC_ASSERT(check_code_line(*line, {payment, {ocr_level::variable_length, {}}, mark}).empty());
}

RC_GTEST_PROP(code_line_property, any_changed_character_is_found, ()) {
    const code_line payment = any_payment();
    std::string line = *write_code_line(payment);
    char& changed = line[*rc::gen::inRange<std::size_t>(0, line.size())];
    const char other = *rc::gen::element('0', '1', '2', '5', '9', ' ', '#', '>', 'H', '-');
    RC_PRE(other != changed);
    changed = other;
    RC_ASSERT(!check_code_line(line, {payment, {ocr_level::variable_length, {}}, alignment_mark::none}).empty());
}

RC_GTEST_PROP(code_line_property, any_text_is_read_or_refused, ()) {
    const std::string text = *rc::gen::container<std::string>(rc::gen::element('#', ' ', '4', '1', '>', '0', 'H', '\xC3'));
    const auto read = read_code_line(text, alignment_mark::leading_h);
    if (!read)
        RC_ASSERT(read.error().position >= 1 && read.error().position <= text.size() + 1 && !read.error().expected.empty());
}

}  // namespace
}  // namespace brygga::print
