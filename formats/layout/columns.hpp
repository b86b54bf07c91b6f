// The columns of one line. Of a fixed-width line in the 8-bit encodings a column is a byte; in UTF-8 it is a code point, so that
// a line with non-ASCII text has a table of where each column begins. Of a separated row (rows.hpp) a column is a cell.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/text.hpp"

namespace brygga::layout {

// Columns are 1-based and inclusive, as in the manuals. The line is padded: every column exists.
struct columns {
    const char* data{};
    const std::uint16_t* starts{};  // width + 1 byte offsets, the last one `gap` behind the end; nothing when a column is a byte
    encoding in = encoding::iso_8859_1;
    std::uint8_t gap = 0;  // bytes between two columns of a row that are part of neither

    [[nodiscard, gnu::always_inline]] std::string_view slice(unsigned first, unsigned last) const noexcept {
        if (starts == nullptr) [[likely]]
            return {data + first - 1, last - first + 1};
        return {data + starts[first - 1], static_cast<std::size_t>(starts[last] - starts[first - 1] - gap)};
    }
    [[nodiscard]] std::string utf8(unsigned first, unsigned last) const { return to_utf8(slice(first, last), in); }
};

// A copy of the columns of a line that its views may point into when the line is gone.
class kept_columns {
 public:
    [[nodiscard]] columns keep(const columns& line, unsigned width) {
        bytes_ = line.slice(1, width);
        if (line.starts == nullptr) return {bytes_.data(), nullptr, line.in};
        starts_.assign(line.starts, line.starts + width + 1);
        return {bytes_.data(), starts_.data(), line.in, line.gap};
    }
    // Whether these are the copy.
    [[nodiscard]] bool holds(const columns& line) const noexcept { return line.data == bytes_.data(); }

 private:
    std::string bytes_;
    std::vector<std::uint16_t> starts_;
};

}  // namespace brygga::layout
