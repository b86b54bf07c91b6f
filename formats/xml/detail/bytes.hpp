// Looking at the bytes of a document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "formats/xml/detail/characters.hpp"

namespace brygga::xml::detail {

// Bytes that one byte of a text is written with at most, as a reference (&#1114111; is four): what is longer cannot be within a
// limit of the text.
inline constexpr std::size_t most_written = 12;

[[nodiscard]] inline bool starts(const char* at, const char* end, std::string_view with) noexcept {
    return static_cast<std::size_t>(end - at) >= with.size() && std::memcmp(at, with.data(), with.size()) == 0;
}

[[nodiscard]] inline const char* after_blanks(const char* at, const char* end) noexcept {
    constexpr std::uint64_t eight_spaces = 0x2020202020202020;
    for (std::uint64_t word = 0; end - at >= 8; at += 8) {
        std::memcpy(&word, at, sizeof word);
        if (word != eight_spaces) break;
    }
    while (at != end && blank(*at))
        ++at;
    return at;
}

[[nodiscard]] inline bool is_blank(std::string_view text) noexcept {
    return after_blanks(text.data(), text.data() + text.size()) == text.data() + text.size();
}

}  // namespace brygga::xml::detail
