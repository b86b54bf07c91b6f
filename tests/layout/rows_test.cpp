// Rows and their cells, against a reading of one byte after the other.
#include "formats/layout/rows.hpp"

#include <gtest/gtest.h>

#include "formats/invented/payers.hpp"

namespace brygga::layout {
namespace {

constexpr separation semicolons{';', '"', false};
constexpr int rows_tried = 40'000;

// Mostly what such files hold; quotes and line ends in every place too.
std::string invented_bytes(invented::random_numbers& random) {
    static constexpr std::string_view cells[] = {"a",          "abc",        "\"a\"", "\"\"",      "\"a;b\"",
                                                 "\"a\"\"b\"", "\"a\r\nb\"", "",      "\xC3\xA5 b"};
    static constexpr std::string_view noise = "\"\";a\n\r";
    std::string out;
    const std::uint64_t parts = random.below(60);
    for (std::uint64_t i = 0; i != parts; ++i) {
        out += cells[random.below(std::size(cells))];
        out += random.chance(3) ? noise[random.below(noise.size())] : random.chance(5) ? '\n' : ';';
    }
    return out;
}

// Bytes of the first row of `bytes` without its line end: RFC 4180, and a quote that nothing closes is a character.
std::size_t first_row(std::string_view bytes) {
    bool begins = true, quoted = false;
    for (std::size_t at = 0; at != bytes.size(); ++at) {
        const char c = bytes[at];
        if (quoted && c == '"' && at + 1 != bytes.size() && bytes[at + 1] == '"') {
            ++at;
        } else if (quoted) {
            quoted = c != '"';
        } else if (c == '\r' || c == '\n') {
            return at;
        } else {
            quoted = begins && c == '"';
            begins = c == ';';
        }
    }
    return quoted ? std::min(bytes.find_first_of("\r\n"), bytes.size()) : bytes.size();
}

TEST(rows_test, a_row_ends_where_one_byte_after_the_other_says) {
    invented::random_numbers random(1);
    for (int i = 0; i != rows_tried; ++i) {
        const std::string bytes = invented_bytes(random);
        row_lines rows(line_cutter(bytes), semicolons);
        for (physical_line row; rows.next(row);)
            ASSERT_EQ(row.bytes.size(), first_row(std::string_view(bytes).substr(row.offset))) << bytes << "\nat " << row.offset;
    }
}

// Columns of the row, cut beside one another or one by one.
std::vector<std::string> columns_of(row_cutter& cutter, std::string_view row) {
    const columns cut = cutter.cut(row);
    std::vector<std::string> out;
    for (unsigned column = 1; column <= cutter.width(); ++column)
        out.emplace_back(cut.slice(column, column));
    return out;
}

TEST(rows_test, many_cells_at_a_step_are_cut_as_one_after_the_other) {
    constexpr std::size_t width = 5;
    const std::vector<std::string> headings = {"a", "b", "c", "d", "e"};
    invented::random_numbers random(2);
    int quoted = 0;
    for (int i = 0; i != rows_tried; ++i) {
        std::string row = invented_bytes(random);
        row.resize(std::min(row.find_first_of("\r\n"), row.size()));
        row_cutter in_place(semicolons, width, encoding::utf_8), by_heading(semicolons, width, encoding::utf_8);
        ASSERT_TRUE(by_heading.take_heading("c;e;x;a;d;y", headings));
        std::vector<std::string> cells;
        for (const cell_place& each : cells_of(row, semicolons)) {
            const std::string bytes = row.substr(each.begin, each.end - each.begin);
            cells.push_back(each.quoted ? without_doubled(bytes, '"') : bytes);
            quoted += each.quoted ? 1 : 0;
        }
        const std::size_t found = cells.size();
        cells.resize(std::max(found, std::size_t{6}));
        ASSERT_EQ(columns_of(in_place, row), std::vector<std::string>(cells.begin(), cells.begin() + width)) << row;
        ASSERT_EQ(in_place.cells(), found) << row;
        ASSERT_EQ(columns_of(by_heading, row), (std::vector<std::string>{cells[3], "", cells[0], cells[4], cells[1]})) << row;
    }
    EXPECT_GT(quoted, rows_tried);
}

}  // namespace
}  // namespace brygga::layout
