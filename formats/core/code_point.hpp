// The character that bytes of UTF-8 have at a place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace brygga {

struct code_point {
    char32_t value = 0;
    std::size_t size = 0;  // bytes; 0 when what stands there is not UTF-8
};

namespace detail {

inline std::uint8_t byte_at(std::string_view bytes, std::size_t at) noexcept {
    return static_cast<std::uint8_t>(bytes[at]);
}

inline bool continues(std::string_view bytes, std::size_t at) noexcept {
    return at < bytes.size() && (byte_at(bytes, at) & 0xC0u) == 0x80u;
}

inline char32_t payload(std::string_view bytes, std::size_t at) noexcept {
    return byte_at(bytes, at) & 0x3Fu;
}

inline code_point decode_three(std::string_view bytes, std::size_t at, std::uint8_t lead) noexcept {
    if (!continues(bytes, at + 1) || !continues(bytes, at + 2)) return {};
    const char32_t value = (char32_t{lead & 0x0Fu} << 12) | (payload(bytes, at + 1) << 6) | payload(bytes, at + 2);
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    return value < 0x800 || surrogate ? code_point{} : code_point{value, 3};
}

inline code_point decode_four(std::string_view bytes, std::size_t at, std::uint8_t lead) noexcept {
    if (!continues(bytes, at + 1) || !continues(bytes, at + 2) || !continues(bytes, at + 3)) return {};
    const char32_t value =
        (char32_t{lead & 0x07u} << 18) | (payload(bytes, at + 1) << 12) | (payload(bytes, at + 2) << 6) | payload(bytes, at + 3);
    return value < 0x10000 || value > 0x10FFFF ? code_point{} : code_point{value, 4};
}

}  // namespace detail

// Strict: no overlong forms, no surrogates, nothing above U+10FFFF. `at` is within the bytes.
[[nodiscard]] inline code_point code_point_at(std::string_view bytes, std::size_t at) noexcept {
    const std::uint8_t lead = detail::byte_at(bytes, at);
    if (lead < 0x80) return {lead, 1};
    if (lead >= 0xC2 && lead <= 0xDF) {
        if (!detail::continues(bytes, at + 1)) return {};
        return {(char32_t{lead & 0x1Fu} << 6) | detail::payload(bytes, at + 1), 2};
    }
    if (lead >= 0xE0 && lead <= 0xEF) return detail::decode_three(bytes, at, lead);
    if (lead >= 0xF0 && lead <= 0xF4) return detail::decode_four(bytes, at, lead);
    return {};
}

}  // namespace brygga
