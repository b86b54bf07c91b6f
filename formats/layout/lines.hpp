// Physical lines of a fixed-width file, and their columns: decode, expand TABs, measure, pad or cut, slice
// (bgmax.md section 2, "order of steps"; the other Bankgirot formats read the same way).
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/lines.hpp"
#include "formats/layout/columns.hpp"
#include "formats/layout/rows.hpp"

namespace brygga::layout {

inline constexpr unsigned tab_width = 8;          // stops at columns 1, 9, 17, ...
inline constexpr unsigned max_line_width = 9999;  // widest layout these lines are made for, in columns

// Blanks, TABs and 0x1A only.
[[nodiscard]] bool is_blank_line(std::string_view bytes) noexcept;

// A line without 0x1A, the end-of-file mark of MS-DOS, that stands after its last character, and the blanks after that mark. Only
// the last record of a file may carry one.
[[nodiscard]] std::string_view without_end_mark(std::string_view line) noexcept;

struct record_line {
    physical_line source;
    layout::columns columns;
    unsigned width{};
    bool padded{}, cut{};      // shorter than the width; blank surplus cut
    bool tabs{};               // TABs were expanded
    bool surplus{};            // something other than blanks beyond the width
    const row_cutter* rows{};  // of a separated row: its columns are cells
    // Columns after TAB expansion and without trailing blanks; more than the width when there is surplus.
    [[nodiscard]] unsigned measured() const noexcept;
    // Whether something stands in this column or after it: measured() >= column, decided by one look in nearly every line.
    [[nodiscard]] bool reaches(unsigned column) const noexcept {
        return (columns.starts == nullptr && columns.data[column - 1] != ' ') || measured() >= column;
    }
    [[nodiscard]] std::string_view code(unsigned size = 2) const noexcept { return columns.slice(1, size); }
    // Columns that outlive the padder's buffer, for a view that is handed out while the file's bytes are still there: those of
    // the line itself when it is sliced where it lies, a copy otherwise.
    [[nodiscard]] layout::columns lasting(kept_columns& copy) const {
        return columns.data == source.bytes.data() ? columns : copy.keep(columns, width);
    }
    // Byte offset of a column in the file, the line's own where TABs or code points make columns differ from bytes.
    [[nodiscard]] std::size_t offset_of(unsigned column) const noexcept {
        return tabs || columns.starts != nullptr || column - 1 > source.bytes.size() ? source.offset : source.offset + column - 1;
    }
};

// Gives lines their columns. A full-width line without TABs is sliced where it lies; any other gets a buffer, valid until
// recycled. Not thread-safe.
class line_padder {
 public:
    // `width` is at most max_line_width.
    line_padder(unsigned width, encoding in) noexcept : width_(width), in_(in) {}
    [[nodiscard]] record_line pad(const physical_line& line) {
        const bool bytes_are_columns = in_ != encoding::utf_8 || is_ascii(line.bytes);
        if (bytes_are_columns && line.bytes.size() == width_ && !line.has_control) [[likely]]
            return {.source = line, .columns = {line.bytes.data(), nullptr, in_}, .width = width_};
        return pad_copy(line, bytes_are_columns);
    }
    // Buffers in use. What was handed out since there were so many is done with; without a number, everything is.
    [[nodiscard]] std::size_t used() const noexcept { return used_; }
    void recycle(std::size_t used = 0) noexcept { used_ = used; }

 private:
    struct buffer {
        std::vector<char> bytes;            // four for each column, and one for a blank instead
        std::vector<std::uint16_t> starts;  // one more than columns
    };
    [[nodiscard]] buffer& next_buffer();
    [[nodiscard]] record_line pad_copy(const physical_line& line, bool bytes_are_columns);
    void pad_bytes(const physical_line& line, record_line& out);
    void pad_code_points(const physical_line& line, record_line& out);

    unsigned width_;
    encoding in_;
    std::deque<buffer> buffers_;
    std::size_t used_ = 0;
};

}  // namespace brygga::layout
