// What is found in the files of a format that is known: the parking layout of the described formats.
#include <algorithm>
#include <cctype>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/described/layouts.hpp"
#include "tests/layout_infer/inferred.hpp"

namespace brygga::layout::infer::test {
namespace {

using language::described_field;
using language::field_type;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class parking_samples : public ::testing::Test {
 protected:
    static std::vector<std::string> files_of(std::size_t count) {
        const auto parking = described::test::format_of(described::test::parking);
        std::vector<std::string> out;
        for (std::size_t i = 0; i != count; ++i)
            out.push_back(generated(*parking, 40 + i, i + 1));
        return out;
    }
    static const described_field& field_at(const language::description& of, std::string_view code, unsigned first) {
        for (const auto& record : of.records)
            for (const described_field& each : record.fields)
                if (record.code == code && each.first == first) return each;
        throw std::runtime_error("no such field");
    }
    static void expect_what_one_file_shows(const language::description& of) {
        EXPECT_EQ(of.width, 60);
        EXPECT_TRUE(of.crlf);
        EXPECT_EQ(of.code_first, 1);
        EXPECT_EQ(of.code_last, 2);
        std::vector<std::string> codes;
        for (const auto& each : of.records)
            codes.push_back(each.code);
        EXPECT_THAT(codes, ElementsAre("00", "05", "10", "99"));
        EXPECT_EQ(of.order_text, "opening (record_05 record_10+)+ closing");
        const described_field& day = field_at(of, "00", 3);
        EXPECT_EQ(day.type, field_type::date);
        EXPECT_EQ(day.last, 10);
        const described_field& amount = field_at(of, "10", 3);
        EXPECT_EQ(amount.type, field_type::ore);
        EXPECT_EQ(amount.last, 14);
        const described_field& driver = field_at(of, "10", 15);
        EXPECT_EQ(driver.type, field_type::personal_number);
        EXPECT_EQ(driver.last, 26);
        EXPECT_TRUE(driver.optional);
        EXPECT_EQ(driver.guard, privacy::identity);
        const described_field& kind = field_at(of, "10", 27);
        EXPECT_EQ(kind.type, field_type::code);
        ASSERT_LT(kind.table, of.tables.size());
        EXPECT_EQ(of.tables[kind.table].entries.size(), 2U);
        EXPECT_EQ(field_at(of, "10", 29).last, 53);
        EXPECT_EQ(field_at(of, "99", 3).last, 10);
        EXPECT_EQ(field_at(of, "99", 11).last, 25);
    }
};

auto are_the_totals() {
    return ::testing::UnorderedElementsAre("total record_05.number_9 = count of record_10 within record_05",
                                           "total closing.number_3 = count of record_10",
                                           "total closing.amount_11 = sum of record_10.amount_3");
}

std::vector<std::string> totals_in(const std::string& layout) {
    std::vector<std::string> out;
    std::istringstream lines(layout);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("total ")) out.push_back(line.substr(0, line.find_last_not_of(' ', line.find('#') - 1) + 1));
    return out;
}

TEST_F(parking_samples, show_in_one_file_what_stands_where) {
    const auto files = files_of(1);
    expect_what_one_file_shows(described_by(files));
    EXPECT_THAT(totals_in(*inferred(files)), are_the_totals());
    EXPECT_THAT(severe_findings(files), IsEmpty());
}

TEST_F(parking_samples, show_in_several_files_what_the_first_record_has) {
    const auto files = files_of(5);
    const language::description of = described_by(files);
    expect_what_one_file_shows(of);
    const described_field& payee = field_at(of, "00", 11);
    EXPECT_EQ(payee.type, field_type::bankgiro);
    EXPECT_EQ(payee.last, 20);
    EXPECT_EQ(payee.guard, privacy::account);
    EXPECT_THAT(totals_in(*inferred(files)), are_the_totals());
    EXPECT_THAT(severe_findings(files), IsEmpty());
}

TEST_F(parking_samples, may_be_several_files_in_one) {
    const auto files = files_of(4);
    const std::vector<std::string> joined{files[0] + files[1] + files[2], files[3]};
    EXPECT_EQ(described_by(joined).order_text, "(record_00 (record_05 record_10+)+ record_99)+");
    EXPECT_THAT(totals_in(*inferred(joined)),
                ::testing::UnorderedElementsAre("total record_05.number_9 = count of record_10 within record_05",
                                                "total record_99.number_3 = count of record_10 within record_00",
                                                "total record_99.amount_11 = sum of record_10.amount_3 within record_00"));
    EXPECT_THAT(severe_findings(joined), IsEmpty());
}

TEST_F(parking_samples, may_be_few_lines) {
    EXPECT_THAT(severe_findings({described::test::parking_file()}), IsEmpty());
    EXPECT_EQ(described_by({described::test::parking_file()}).records.size(), 4U);
}

// One number with a right check digit proves nothing, and is told as a guess.
TEST_F(parking_samples, do_not_make_a_bankgiro_of_one_number) {
    const auto layout = inferred(files_of(1));
    EXPECT_THAT(*layout, HasSubstr("too few to tell whether bankgiro"));
    EXPECT_THAT(*layout, Not(HasSubstr("bankgiro_11")));
}

// Numbers and names in the files are nowhere in the layout.
TEST_F(parking_samples, are_not_told_to_anybody) {
    const auto files = files_of(3);
    const std::string layout = *inferred(files);
    std::set<std::string> words;
    for (const std::string& file : files) {
        std::string word;
        for (const char c : file) {
            const bool goes_on = std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
            if (goes_on) {
                word += c;
            } else if (word.size() > 3) {
                words.insert(std::exchange(word, {}));
            } else {
                word.clear();
            }
        }
    }
    EXPECT_GT(words.size(), 100U);
    for (const std::string& each : words)
        EXPECT_EQ(layout.find(each), std::string::npos) << each;
}

}  // namespace
}  // namespace brygga::layout::infer::test
