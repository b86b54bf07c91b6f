// Physical lines and their columns: cutting, TABs, padding, measuring (bgmax.md section 2).
#include "formats/layout/lines.hpp"

#include <gmock/gmock.h>

#include "formats/layout/digits.hpp"

namespace brygga::layout::testing {

namespace {

std::vector<std::string> cut(std::string_view bytes) {
    std::vector<std::string> out;
    line_cutter lines(bytes);
    physical_line line;
    std::size_t offset = 0;
    std::uint64_t number = 1;
    while (lines.next(line)) {
        EXPECT_EQ(line.offset, offset);
        EXPECT_EQ(line.number, number++);
        EXPECT_EQ(line.end.data(), line.bytes.data() + line.bytes.size());
        offset += line.bytes.size() + line.end.size();
        out.push_back(std::string(line.bytes) + "|" + std::to_string(line.end.size()));
    }
    EXPECT_EQ(offset, bytes.size());
    return out;
}

TEST(line_cutter, ends_lines_at_crlf_lf_and_cr_alone) {
    using ::testing::ElementsAre;
    EXPECT_THAT(cut(""), ElementsAre());
    EXPECT_THAT(cut("a"), ElementsAre("a|0"));
    EXPECT_THAT(cut("\n"), ElementsAre("|1"));
    EXPECT_THAT(cut("\r\n"), ElementsAre("|2"));
    EXPECT_THAT(cut("\r\r\n\n"), ElementsAre("|1", "|2", "|1"));
    EXPECT_THAT(cut("\n\r"), ElementsAre("|1", "|1"));
    EXPECT_THAT(cut("a\r\nb\nc\rd"), ElementsAre("a|2", "b|1", "c|1", "d|0"));
    EXPECT_THAT(cut("a\x0C"
                    "b\x85"
                    "c\xE2\x80\xA8"
                    "d\x0B"
                    "e\x1C"),
                ElementsAre("a\x0C"
                            "b\x85"
                            "c\xE2\x80\xA8"
                            "d\x0B"
                            "e\x1C|0"));
}

TEST(line_cutter, finds_the_end_at_any_length) {
    for (std::size_t size = 0; size < 200; ++size)
        for (const char control : {'\0', '\t'}) {
            std::string bytes(size, 'x');
            if (size != 0) bytes[size / 2] = control;
            EXPECT_THAT(cut(bytes + "\ny"), ::testing::ElementsAre(bytes + "|1", "y|0"));
        }
}

record_line pad(std::string_view bytes, line_padder& padder) {
    line_cutter lines(bytes);
    physical_line line;
    EXPECT_EQ(lines.next(line), !bytes.empty());
    return padder.pad(line);
}

struct padding {
    const char* what;
    std::string bytes;
    std::string columns;  // of 20, as UTF-8
    bool padded, cut, tabs, surplus;
};

class line_padder_of_20 : public ::testing::TestWithParam<padding> {};

TEST_P(line_padder_of_20, gives_the_columns_in_each_encoding) {
    for (const encoding in : {encoding::iso_8859_1, encoding::utf_8}) {
        SCOPED_TRACE(name(in));
        line_padder padder(20, in);
        const std::string bytes = *from_utf8(GetParam().bytes, in);
        const record_line line = pad(bytes, padder);
        std::string columns;
        for (unsigned column = 1; column <= 20; ++column)
            columns += line.columns.utf8(column, column);
        EXPECT_EQ(columns, GetParam().columns);
        EXPECT_EQ(line.columns.utf8(1, 20), GetParam().columns);
        EXPECT_EQ(line.padded, GetParam().padded);
        EXPECT_EQ(line.cut, GetParam().cut);
        EXPECT_EQ(line.tabs, GetParam().tabs);
        EXPECT_EQ(line.surplus, GetParam().surplus);
    }
}

INSTANTIATE_TEST_SUITE_P(
    lines, line_padder_of_20,
    ::testing::Values(
        padding{"empty", "", std::string(20, ' '), true, false, false, false},
        padding{"full", "12345678901234567890", "12345678901234567890", false, false, false, false},
        padding{"short_one", "26Åsa", "26Åsa               ", true, false, false, false},
        padding{"letters_to_the_last_column", "ÅÄÖåäöÅÄÖåäöÅÄÖåäöÅÄ", "ÅÄÖåäöÅÄÖåäöÅÄÖåäöÅÄ", false, false, false, false},
        padding{"one_blank_too_many", "12345678901234567890 ", "12345678901234567890", false, true, false, false},
        padding{"one_letter_too_many", "1234567890123456789Åx", "1234567890123456789Å", false, false, false, true},
        padding{"surplus_after_blanks", "12345678901234567890   Å", "12345678901234567890", false, false, false, true},
        padding{"a_tab_at_a_stop", "\tÅ", "        Å           ", true, false, true, false},
        padding{"a_tab_before_a_stop", "Å234567\tÅ", "Å234567 Å           ", true, false, true, false},
        padding{"a_tab_after_a_stop", "Å2345678\tÅ", "Å2345678        Å   ", true, false, true, false},
        padding{"a_tab_over_the_width", "Å2345678901234567\t", "Å2345678901234567   ", false, false, true, false},
        padding{"a_tab_in_blank_surplus", "Å2345678901234567890\t", "Å2345678901234567890", false, true, true, false},
        padding{"a_tab_in_other_surplus", "Å2345678901234567890\tx", "Å2345678901234567890", false, false, false, true},
        padding{"a_control_character", "26\x01Å", "26\x01Å                ", true, false, false, false}),
    [](const auto& each) { return each.param.what; });

TEST(line_padder, keeps_many_lines_until_it_is_told_that_they_are_done_with) {
    line_padder padder(20, encoding::iso_8859_1);
    std::vector<record_line> lines;
    for (int i = 0; i < 100; ++i)
        lines.push_back(pad(std::to_string(i), padder));
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(right_trimmed(lines[static_cast<std::size_t>(i)].columns.slice(1, 20)), std::to_string(i));
}

TEST(right_trimmed, removes_blanks_alone_at_every_width) {
    for (std::size_t width = 0; width <= 100; ++width)
        for (std::size_t filled = 0; filled <= width; ++filled) {
            std::string text(width, ' ');
            for (std::size_t i = 0; i < filled; i += 3)
                text[i] = 'x';
            if (filled != 0) text[filled - 1] = '\t';
            EXPECT_EQ(right_trimmed(text).size(), filled) << width;
        }
}

TEST(read_digits, refuses_every_byte_that_is_no_digit) {
    for (unsigned byte = 0; byte < 256; ++byte)
        for (std::size_t at = 0; at < 18; ++at) {
            std::string text(18, '7');
            text[at] = static_cast<char>(byte);
            std::uint64_t value = 0;
            const bool digit = byte >= '0' && byte <= '9';
            EXPECT_EQ(read_digits<18>(text.data(), value), digit) << byte << " at " << at;
            EXPECT_EQ(all_digits(text), digit) << byte << " at " << at;
            EXPECT_TRUE(!digit || std::to_string(value) == text.substr(text.find_first_not_of('0')));
        }
    std::uint64_t value = 0;
    EXPECT_TRUE(read_digits<18>("999999999999999999", value));
    EXPECT_EQ(value, 999'999'999'999'999'999u);
    EXPECT_TRUE(read_digits<8>("00000000", value));
    EXPECT_EQ(value, 0u);
}

}  // namespace

}  // namespace brygga::layout::testing
