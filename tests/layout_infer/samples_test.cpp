// Samples of all sorts: encodings, line ends, shapes, and what is none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/core/text.hpp"
#include "tests/layout_infer/inferred.hpp"

namespace brygga::layout::infer::test {
namespace {

using language::field_type;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string error_of(const std::vector<std::string>& files) {
    const auto layout = inferred(files);
    return layout ? "" : layout.error().text;
}

TEST(samples, that_are_no_text_in_lines_are_refused) {
    EXPECT_EQ(error_of({""}), "sample: there are no lines in it");
    EXPECT_EQ(error_of({" \r\n\r\n"}), "sample: there are no lines in it");
    EXPECT_EQ(error_of({"a", "\x1A", "a"}),
              "sample: there are no lines in it");  // a property found it: the order had no room for it
    EXPECT_THAT(error_of({"one line\r\n"}), HasSubstr("at least two lines"));
    EXPECT_THAT(error_of({std::string("ab\0c\nabcd\n", 10)}), HasSubstr("control characters (line 1"));
    EXPECT_THAT(error_of({"<a>\n<b/>\n</a>\n"}), HasSubstr("XML or JSON"));
    EXPECT_THAT(error_of({std::string(10'000, 'a') + "\n" + std::string(10'000, 'b')}), HasSubstr("at most 9999"));
    EXPECT_THAT(error_of({}), HasSubstr("at least two lines"));
}

constexpr std::string_view people =
    "10Åsa Öberg   0000100\n"
    "10Bo Ek       0002500\n"
    "10Örjan Åkesson030000\n";

std::string in(encoding code) {
    return from_utf8(people, code).value();
}

TEST(samples, may_be_in_any_encoding) {
    for (const encoding each : {encoding::iso_8859_1, encoding::utf_8, encoding::cp850}) {
        const language::description of = described_by({in(each)});
        EXPECT_EQ(of.encodings, std::vector{each});
        EXPECT_EQ(of.width, 21) << name(each);
        EXPECT_FALSE(of.crlf);
        EXPECT_THAT(severe_findings({in(each)}), IsEmpty()) << name(each);
    }
    EXPECT_THAT(described_by({in(encoding::utf_8), in(encoding::iso_8859_1)}).encodings,
                ElementsAre(encoding::utf_8, encoding::iso_8859_1));
}

TEST(samples, may_have_been_trimmed) {
    const language::description of = described_by({"A100 one\nA200 other words\nA300\nA400 a\n"});
    EXPECT_EQ(of.width, 16);
    EXPECT_THAT(severe_findings({"A100 one\nA200 other words\nA300\nA400 a\n"}), IsEmpty());
}

TEST(samples, may_have_tabs_and_an_end_mark) {
    EXPECT_THAT(severe_findings({"A\tone\nB       other\nC       third\n\x1A"}), IsEmpty());
}

TEST(separated_samples, have_headings_quotes_and_types) {
    const language::description of = described_by(
        {"Kundnr;\"Namn \"\"x\"\"\";Belopp;Datum\n10001;Anna;1200,50;2026-03-01\n10002;\"Berg; Bo\";99,00;2026-03-02\n"});
    ASSERT_TRUE(of.separated);
    EXPECT_EQ(of.separated->separator, ';');
    EXPECT_EQ(of.separated->quote, '"');
    EXPECT_TRUE(of.separated->header);
    ASSERT_EQ(of.records.size(), 1U);
    const auto& fields = of.records[0].fields;
    ASSERT_EQ(fields.size(), 4U);
    EXPECT_EQ(fields[1].heading, "Namn \"x\"");
    EXPECT_EQ(fields[1].type, field_type::text);
    EXPECT_EQ(fields[2].type, field_type::kronor);
    EXPECT_EQ(fields[2].decimal_mark, ',');
    EXPECT_EQ(fields[3].type, field_type::date);
    EXPECT_EQ(fields[3].day_form, language::date_form::iso);
}

TEST(separated_samples, have_kinds_and_totals) {
    for (const std::string separator : {";", ",", "|", "\t"}) {
        std::string file;
        for (const char* line : {"H;20260301;9", "P;1000;1", "P;2000;2", "P;3070;2", "P;10900;3", "T;4;16970"})
            file += std::string(line) + "\r\n";
        for (std::size_t at = 0; (at = file.find(';', at)) != std::string::npos; ++at)
            file.replace(at, 1, separator);
        const language::description of = described_by({file});
        ASSERT_TRUE(of.separated) << separator;
        EXPECT_EQ(std::string(1, of.separated->separator), separator);
        EXPECT_FALSE(of.separated->header);
        EXPECT_EQ(of.code_first, 1);
        EXPECT_EQ(of.order_text, "opening record_p+ closing");
        ASSERT_EQ(of.totals.size(), 2U);
        EXPECT_TRUE(of.totals[0].terms[0].counts);
        EXPECT_FALSE(of.totals[1].terms[0].counts);
    }
}

TEST(separated_samples, have_rows_without_some_columns) {
    const language::description of = described_by({"A;1;x;y\nB\nA;2;x\nB\nA;30;x;y;z\nB\n"});
    EXPECT_GE(of.records.size(), 1U);
}

// Numbers and dates in front are no codes, however few and however many lines there are.
TEST(samples, of_one_kind_have_no_codes) {
    for (const std::size_t lines : {20U, 2000U, 50'000U}) {
        std::string amounts, dates;
        std::uint32_t random = 1;
        for (std::size_t i = 0; i != lines; ++i) {
            random = random * 1664525 + 1013904223;
            const std::string number = std::to_string(random >> (8 + random % 16));
            const std::string filled = std::string(8 - number.size(), '0') + number;
            const std::string name = random % 3 == 0 ? "Bo Ek        " : random % 3 == 1 ? "Eva Lindgren " : "Carl Berg    ";
            amounts += filled + name + std::to_string(1'000'000 + i * 13 % 900'000) + "\n";
            dates += std::to_string(2024 + (random >> 20) % 3) + "0301" + name + filled + "\n";
        }
        EXPECT_EQ(described_by({amounts}).records.size(), 1U) << lines;
        EXPECT_EQ(described_by({dates}).records.size(), 1U) << lines;
    }
}

TEST(samples, may_have_a_first_and_a_last_record_of_their_own) {
    std::string file = "00000000000000\n";
    for (int i = 0; i != 500; ++i)
        file += "10" + std::to_string(100'000'000'000 + i * 7'919) + "\n";
    file += "99000000000500\n";
    const language::description of = described_by({file});
    EXPECT_EQ(of.order_text, "opening record_1+ closing");
    ASSERT_EQ(of.totals.size(), 1U);
    EXPECT_TRUE(of.totals[0].terms[0].counts);
}

// A total of 1 in one file is said, but not stated.
TEST(totals, of_one_are_comments) {
    const auto layout = inferred({"00A20260301\n10B00001200\n99C00000001\n"});
    ASSERT_TRUE(layout);
    EXPECT_TRUE(parsed(*layout).totals.empty());
}

TEST(large_samples, are_looked_at_in_part_and_say_so) {
    std::string file = "00opening   \n";
    for (std::size_t i = 0; i != max_first_lines + 2 * max_last_lines; ++i)
        file += "10" + std::to_string(1'000'000'000 + i * 7) + "\n";
    file += "99closing   \n";
    const auto layout = inferred({file});
    ASSERT_TRUE(layout);
    EXPECT_THAT(*layout, HasSubstr("with 100000 lines; of 1 only the first 90000 and the last 10000 lines were looked at."));
    const language::description of = parsed(*layout);
    EXPECT_EQ(of.order_text, "opening record_1+ closing");
    EXPECT_THAT(severe_findings({file}), IsEmpty());
}

}  // namespace
}  // namespace brygga::layout::infer::test
