// Character encodings of the files: ISO 8859-1, CP850, UTF-8 and ISO 646-SE (seven-bit Swedish), both ways without
// loss. Everything inside Brygga is UTF-8; files keep the encoding they came in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/core/result.hpp"

namespace brygga {

enum class encoding : std::uint8_t { iso_8859_1, cp850, utf_8, iso_646_se };

[[nodiscard]] std::string_view name(encoding code) noexcept;  // "ISO 8859-1", "CP850", "UTF-8", "ISO 646-SE"
// Accepts the names above in any case, and "latin1", "iso-8859-1", "utf8", "ibm850".
[[nodiscard]] std::optional<encoding> parse_encoding(std::string_view text) noexcept;

inline constexpr std::string_view utf8_byte_order_mark = "\xEF\xBB\xBF";

[[nodiscard]] bool is_ascii(std::string_view bytes) noexcept;
// Strict: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_valid_utf8(std::string_view bytes) noexcept;
// Number of code points of valid UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view utf8) noexcept;

// Total for the 8-bit encodings: each byte is one code point, so that from_utf8 gives the bytes back. A byte above 0x7F
// has no meaning in ISO 646-SE and becomes the code point of its value (U+0080 to U+00FF); so the bytes C4 C5 D6 E4 E5 F6
// read as the same letters as [ ] \ { } | and alone do not come back: ask is_ascii first where that matters. ISO 646-SE
// differs from ASCII in these six letters only (autogiro.md section 2). UTF-8 input is returned as it is.
[[nodiscard]] std::string to_utf8(std::string_view bytes, encoding from);
// Fails with invalid_content naming the first code point (U+20AC) that the target cannot hold, and its index
// in code points from 0, or the index where the text is not UTF-8. To UTF-8 the text is returned as it is.
[[nodiscard]] result<std::string> from_utf8(std::string_view utf8, encoding to);

}  // namespace brygga
