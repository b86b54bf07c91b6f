#include "formats/xml/detail/characters.hpp"

#include <algorithm>
#include <charconv>

#include "formats/core/code_point.hpp"
#include "formats/core/text.hpp"

namespace brygga::xml::detail {

namespace {

constexpr char32_t last_code_point = 0x10FFFF;

constexpr bool is_surrogate(char32_t code) noexcept {
    return code >= 0xD800 && code <= 0xDFFF;
}

}  // namespace

char named_character(std::string_view name) noexcept {
    if (name == "lt") return '<';
    if (name == "gt") return '>';
    if (name == "amp") return '&';
    if (name == "quot") return '"';
    if (name == "apos") return '\'';
    return '\0';
}

std::optional<char32_t> character_reference(std::string_view digits) noexcept {
    const bool hexadecimal = digits.starts_with('x');
    if (hexadecimal) digits.remove_prefix(1);
    std::uint32_t code = 0;
    const auto [stop, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
    if (failed != std::errc() || stop != digits.data() + digits.size()) return std::nullopt;
    if (code < 0x20 && code != '\t' && code != '\n' && code != '\r') return std::nullopt;
    if (is_surrogate(code) || code == 0xFFFE || code == 0xFFFF || code > last_code_point) return std::nullopt;
    return code;
}

void append_utf8(std::string& to, char32_t code) {
    const auto byte = [&to](char32_t value) { to += static_cast<char>(static_cast<unsigned char>(value)); };
    if (code < 0x80) return byte(code);
    if (code < 0x800) {
        byte(0xC0 | code >> 6);
    } else {
        if (code < 0x10000) {
            byte(0xE0 | code >> 12);
        } else {
            byte(0xF0 | code >> 18);
            byte(0x80 | (code >> 12 & 0x3F));
        }
        byte(0x80 | (code >> 6 & 0x3F));
    }
    byte(0x80 | (code & 0x3F));
}

std::string with_references_resolved(std::string_view utf8) {
    std::string plain;
    while (!utf8.empty()) {
        const std::size_t begin = std::min(utf8.find('&'), utf8.size());
        plain += utf8.substr(0, begin);
        utf8.remove_prefix(begin);
        const std::size_t end = utf8.find(';');
        if (utf8.empty() || end == std::string_view::npos) break;
        const std::string_view inner = utf8.substr(1, end - 1);
        if (const char named = named_character(inner); named != '\0')
            plain += named;
        else if (const auto code = inner.starts_with('#') ? character_reference(inner.substr(1)) : std::nullopt; code)
            append_utf8(plain, *code);
        utf8.remove_prefix(end + 1);
    }
    return plain;
}

bool has_noncharacters(std::string_view utf8) noexcept {
    for (std::size_t at = utf8.find('\xEF'); at != std::string_view::npos; at = utf8.find('\xEF', at + 1))
        if (utf8.substr(at + 1, 2) == "\xBF\xBE" || utf8.substr(at + 1, 2) == "\xBF\xBF") return true;
    return false;
}

utf16_form utf16_form_of(std::string_view bytes) noexcept {
    if (bytes.size() < 2) return utf16_form::none;
    const std::string_view head = bytes.substr(0, 2);
    if (head == "\xFF\xFE" || head == std::string_view("<\0", 2)) return utf16_form::little;
    if (head == "\xFE\xFF" || head == std::string_view("\0<", 2)) return utf16_form::big;
    return utf16_form::none;
}

std::optional<std::string> utf16_to_utf8(std::string_view bytes, utf16_form form) {
    if (bytes.size() % 2 != 0) return std::nullopt;
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return form == utf16_form::big ? char32_t{first} << 8 | second : char32_t{second} << 8 | first;
    };
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size(); at += 2) {
        char32_t code = unit(at);
        if (is_surrogate(code)) {
            at += 2;
            if (code > 0xDBFF || at == bytes.size()) return std::nullopt;
            const char32_t low = unit(at);
            if (low < 0xDC00 || low > 0xDFFF) return std::nullopt;
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        }
        append_utf8(out, code);
    }
    return out;
}

std::optional<std::string> utf8_to_utf16(std::string_view utf8, utf16_form form) {
    if (!is_valid_utf8(utf8)) return std::nullopt;
    std::string out;
    out.reserve(2 * utf8.size());
    const auto put = [&](char32_t unit) {
        const char high = static_cast<char>(unit >> 8u);
        const char low = static_cast<char>(unit & 0xFFu);
        out += form == utf16_form::big ? high : low;
        out += form == utf16_form::big ? low : high;
    };
    for (std::size_t at = 0; at < utf8.size();) {
        const auto [code, size] = code_point_at(utf8, at);
        at += size;
        if (code < 0x10000) {
            put(code);
            continue;
        }
        put(0xD800 + ((code - 0x10000) >> 10u));
        put(0xDC00 + ((code - 0x10000) & 0x3FFu));
    }
    return out;
}

std::optional<std::string> utf8_to_latin_1(std::string_view utf8) {
    if (!is_valid_utf8(utf8)) return std::nullopt;
    if (is_ascii(utf8)) return std::string(utf8);
    std::string out;
    out.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const auto [code, size] = code_point_at(utf8, at);
        at += size;
        if (code < 0x100)
            out += static_cast<char>(static_cast<unsigned char>(code));
        else
            out += "&#" + std::to_string(static_cast<std::uint32_t>(code)) + ';';
    }
    return out;
}

}  // namespace brygga::xml::detail
