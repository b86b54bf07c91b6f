// Which encoding a text is in that does not say so (bgmax.md section 2; the other Bankgirot formats come in the same).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "formats/core/text.hpp"

namespace brygga {

struct detected_encoding {
    encoding in = encoding::iso_8859_1;
    bool byte_order_mark = false;
    std::uint64_t replacement_characters{};  // U+FFFD: letters lost before the file came here
};

// Whether the letters of bytes that are neither ASCII nor UTF-8 are asked which of the 8-bit encodings they speak for; otherwise
// it is ISO 8859-1.
enum class eight_bit_guess : std::uint8_t { iso_8859_1, by_letters };

// A byte order mark may stand behind blanks; `marked` says that one stood before the bytes. There are several looks at them, and
// `passed` is told how far each has come.
[[nodiscard]] detected_encoding detect_encoding(std::string_view bytes, std::optional<encoding> forced, bool marked = false,
                                                const std::function<void(std::size_t)>& passed = {},
                                                eight_bit_guess guess = eight_bit_guess::by_letters);

}  // namespace brygga
