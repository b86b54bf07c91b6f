// Rows whose columns stand between separators, cut so that they are sliced as lines of fixed columns are: column N is the Nth
// cell. Quotes are those of RFC 4180: they stand where a cell begins and ends, are doubled inside, and then a cell may hold
// separators and line ends.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/lines.hpp"
#include "formats/core/result.hpp"
#include "formats/layout/columns.hpp"

namespace brygga::layout {

inline constexpr std::size_t max_row_bytes = 60'000;  // what is longer is cut off
inline constexpr std::size_t max_row_columns = 2'000;
inline constexpr std::size_t max_lines_of_row = 100;  // a quoted cell that goes on longer was never closed

struct separation {
    char separator = ';';
    char quote = '\0';  // none
    bool header = false;

    [[nodiscard]] bool operator==(const separation&) const = default;
};

// Rows of a file: physical lines, and more of them where a quoted cell holds line ends. A quote that nothing closes is a
// character like others.
class row_lines {
 public:
    row_lines(line_cutter lines, const separation& by) noexcept : lines_(lines), by_(by) {}
    [[nodiscard]] bool next(physical_line& row) noexcept {
        if (!lines_.next(row)) return false;
        if (by_.quote != '\0' && row.bytes.data() + row.bytes.size() > without_quotes_) take_rest(row);
        return true;
    }

 private:
    void take_rest(physical_line& row) noexcept;

    line_cutter lines_;
    separation by_;
    const char* without_quotes_ = nullptr;  // there is none from the last row to here
};

// Where a cell lies in its row. What is quoted lies between its quotes.
struct cell_place {
    std::size_t begin{}, end{};
    bool quoted{};
};
[[nodiscard]] std::vector<cell_place> cells_of(std::string_view row, const separation& by);
void cut_cells(std::string_view row, const separation& by, std::vector<cell_place>& into);

// A heading that stands for the second time, or that the layout does not know.
struct heading_fault {
    std::string text;
    bool is_known{};
};

// Gives the rows of one file their columns: those of the layout, wherever they stand in the file.
class row_cutter {
 public:
    // So many columns, at most max_row_columns.
    row_cutter(const separation& by, std::size_t columns, encoding in);

    // The row that says where each of these columns stands, by its heading without blanks around it. False, and nothing changes,
    // when it names none of them.
    [[nodiscard]] bool take_heading(std::string_view row, std::span<const std::string> wanted);
    [[nodiscard]] std::vector<heading_fault> heading_faults(std::string_view row, std::span<const std::string> wanted) const;
    // Cells of the heading row; zero when none was taken.
    [[nodiscard]] std::size_t named() const noexcept { return named_; }
    // The cell of the file that a column is, both from 1; zero when no heading named it.
    [[nodiscard]] std::size_t cell_of(std::size_t column) const noexcept { return cells_.empty() ? column : cells_[column - 1]; }

    // The columns of a row, valid until the next one is cut and while its bytes are there. Those that it lacks are empty.
    [[nodiscard]] columns cut(std::string_view row);
    // Cells of the row that was cut last.
    [[nodiscard]] std::size_t cells() const noexcept { return found_; }

    // A row of these columns (UTF-8, as many as the layout has), with quotes where they are needed, without a line end. It has
    // `cells` cells, or as many as the heading row named. Fails with invalid_argument for what the file cannot hold.
    [[nodiscard]] result<std::string> row_of(std::span<const std::string> values, std::size_t cells) const;

    [[nodiscard]] std::size_t width() const noexcept { return columns_; }
    [[nodiscard]] const separation& by() const noexcept { return by_; }
    [[nodiscard]] encoding in() const noexcept { return in_; }

 private:
    // As much of it as is read, whole characters.
    [[nodiscard]] std::string_view start_of(std::string_view row) const noexcept;
    [[nodiscard]] std::vector<std::string> headings_in(std::string_view row) const;
    // doubtful: a quote stands elsewhere than where a cell begins or ends, and is not doubled.
    enum class found_cells : std::uint8_t { plain, quoted, doubtful };
    [[nodiscard]] found_cells find_cells(std::string_view row);
    // What is quoted without its outer quotes.
    struct cut_cell {
        std::string_view bytes;
        bool is_quoted{};
    };
    // Columns of a copy, whose cells `cell_at` has by their number from 1.
    template <class Cells>
    [[nodiscard]] columns copied(const Cells& cell_at);
    [[nodiscard]] result<std::string> cell_text(std::string_view utf8) const;

    separation by_;
    std::size_t columns_;
    encoding in_;
    std::vector<std::uint16_t> cells_;  // by column, from 1; empty where each column is the cell of its number
    std::size_t named_ = 0;
    std::size_t found_ = 0;
    std::vector<std::uint16_t> cuts_;    // where its cells begin, and one behind the row
    std::vector<std::uint16_t> starts_;  // of columns in the copy
    std::string copy_;
    std::vector<cell_place> places_;  // of a doubtful row
};

// What a quoted cell holds: each doubled quote once.
[[nodiscard]] std::string without_doubled(std::string_view cell, char quote);

}  // namespace brygga::layout
