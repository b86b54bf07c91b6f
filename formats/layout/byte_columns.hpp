// Where the columns of a line lie in its bytes, whatever makes columns differ from bytes: TABs, code points, separators and
// quotes.
#pragma once

#include <string_view>
#include <vector>

#include "formats/layout/lines.hpp"

namespace brygga::layout {

struct byte_range {
    std::size_t begin{}, end{};

    [[nodiscard]] bool empty() const noexcept { return begin >= end; }
};

// Of the bytes of a physical line or row, without its line end, which must outlive this.
class byte_columns {
 public:
    explicit byte_columns(const record_line& line);

    // Columns from 1; empty where the line has none of them. Of a quoted cell what lies between its quotes.
    [[nodiscard]] byte_range of(unsigned first, unsigned last) const noexcept;
    [[nodiscard]] byte_range from(unsigned first) const noexcept { return {begin_of(first), bytes_.size()}; }

    // Of a row: its cells in the order of the file, and the column that one is, from 0 and 1; 0 for none.
    [[nodiscard]] const std::vector<cell_place>& cells() const noexcept { return cells_; }
    [[nodiscard]] unsigned column_of(std::size_t cell) const noexcept;

 private:
    void expand(encoding in, unsigned width);
    [[nodiscard]] std::size_t begin_of(unsigned column) const noexcept;

    std::string_view bytes_;
    const row_cutter* rows_;
    std::vector<cell_place> cells_;
    std::vector<std::size_t> starts_;  // of fixed columns that are no bytes; those beyond the end begin there
    std::size_t end_ = 0;
};

}  // namespace brygga::layout
