// What single bytes and references mean in XML 1.0.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace brygga::xml::detail {

enum : std::uint8_t {
    stops_text = 1,  // not plain text: < & ] CR, control characters, everything above ASCII
    forbidden = 2,   // control characters that no document may hold
    starts_name = 4,
    in_name = 8,
    resolved = 16,  // & and CR: text with them is not what it stands for
    beyond_ascii = 32,
};

inline constexpr std::array<std::uint8_t, 256> classes = [] {
    std::array<std::uint8_t, 256> out{};
    for (unsigned c = 0; c < out.size(); ++c) {
        const bool control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
        const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == ':' || c >= 0x80;
        const bool other = (c >= '0' && c <= '9') || c == '-' || c == '.';
        if (control) out[c] |= forbidden;
        if (control || c == '<' || c == '&' || c == ']' || c == '\r' || c >= 0x80) out[c] |= stops_text;
        if (c == '&' || c == '\r') out[c] |= resolved;
        if (c >= 0x80) out[c] |= beyond_ascii;
        if (letter) out[c] |= starts_name;
        if (letter || other) out[c] |= in_name;
    }
    return out;
}();

[[nodiscard]] constexpr unsigned character_class(char c) noexcept {
    return classes[static_cast<unsigned char>(c)];
}
[[nodiscard]] constexpr bool blank(char c) noexcept {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// The character of "lt", "gt", "amp", "quot", "apos"; NUL for any other name.
[[nodiscard]] char named_character(std::string_view name) noexcept;
// "229" or "xE5"; nothing when it is no character that XML allows.
[[nodiscard]] std::optional<char32_t> character_reference(std::string_view digits) noexcept;
void append_utf8(std::string& to, char32_t code);
// Of text that is well-formed; what is no reference is left out.
[[nodiscard]] std::string with_references_resolved(std::string_view utf8);
// U+FFFE and U+FFFF, in valid UTF-8.
[[nodiscard]] bool has_noncharacters(std::string_view utf8) noexcept;

enum class utf16_form : std::uint8_t { none, little, big };
// By the byte order mark, or by what "<" and its neighbour look like.
[[nodiscard]] utf16_form utf16_form_of(std::string_view bytes) noexcept;
// Nothing for an odd number of bytes or a half pair.
[[nodiscard]] std::optional<std::string> utf16_to_utf8(std::string_view bytes, utf16_form form);
// Nothing for what is no UTF-8.
[[nodiscard]] std::optional<std::string> utf8_to_utf16(std::string_view utf8, utf16_form form);
// Letters that ISO 8859-1 lacks as references (&#8364;); nothing for what is no UTF-8.
[[nodiscard]] std::optional<std::string> utf8_to_latin_1(std::string_view utf8);

}  // namespace brygga::xml::detail
