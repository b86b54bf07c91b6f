// Where the logical files of a physical file begin, and what encoding each is in (bgmax.md section 2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "formats/core/text.hpp"

namespace brygga::bgmax {

inline constexpr std::string_view opening_mark = "01BGMAX";  // a line that begins so always opens a logical file

// Offset of the next line at or after `from` that opens a logical file (its byte order mark included), or the size.
// `passed` is told how far the search has come.
[[nodiscard]] std::size_t find_opening(std::string_view bytes, std::size_t from, const std::function<void(std::size_t)>& passed);

struct detected_encoding {
    encoding in = encoding::iso_8859_1;
    bool byte_order_mark = false;
    std::uint64_t replacement_characters{};  // U+FFFD: letters lost before the file came here
};

[[nodiscard]] detected_encoding detect_encoding(std::string_view logical_file, std::optional<encoding> forced);

}  // namespace brygga::bgmax
