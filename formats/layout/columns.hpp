// The columns of one fixed-width line. In the 8-bit encodings a column is a byte; in UTF-8 it is a code point, so that a
// line with non-ASCII text has a table of where each column begins.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "formats/core/text.hpp"

namespace brygga::layout {

// Columns are 1-based and inclusive, as in the manuals. The line is padded: every column exists.
struct columns {
    const char* data{};
    const std::uint16_t* starts{};  // width + 1 byte offsets, or nothing when a column is a byte
    encoding in = encoding::iso_8859_1;

    [[nodiscard]] std::string_view slice(unsigned first, unsigned last) const noexcept {
        if (starts == nullptr) [[likely]]
            return {data + first - 1, last - first + 1};
        return {data + starts[first - 1], static_cast<std::size_t>(starts[last] - starts[first - 1])};
    }
    [[nodiscard]] std::string utf8(unsigned first, unsigned last) const { return to_utf8(slice(first, last), in); }
};

}  // namespace brygga::layout
