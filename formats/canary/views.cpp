#include "formats/canary/views.hpp"

#include <array>
#include <cstdint>
#include <optional>

#include "formats/core/code_point.hpp"

namespace brygga::canary::detail {

namespace {

constexpr std::size_t latin_1 = 256;

// What a character of Latin-1 is without its mark, 0 for none: in C1 the letters of CP850, in ASCII those of ISO 646-SE.
constexpr std::array<char, latin_1> plain_letters = [] {
    std::array<char, latin_1> out{};
    for (unsigned c = 'a'; c <= 'z'; ++c)
        out[c] = out[c - 'a' + 'A'] = static_cast<char>(c);
    for (unsigned c = '0'; c <= '9'; ++c)
        out[c] = static_cast<char>(c);
    for (const char c : {'@', '.'})
        out[static_cast<unsigned char>(c)] = c;
    struct row {
        unsigned from, to;
        char letter;
    };
    constexpr row rows[] = {
        {0xC0, 0xC6, 'a'}, {0xE0, 0xE6, 'a'}, {0xC7, 0xC7, 'c'}, {0xE7, 0xE7, 'c'}, {0xC8, 0xCB, 'e'}, {0xE8, 0xEB, 'e'},
        {0xCC, 0xCF, 'i'}, {0xEC, 0xEF, 'i'}, {0xD1, 0xD1, 'n'}, {0xF1, 0xF1, 'n'}, {0xD2, 0xD6, 'o'}, {0xF2, 0xF6, 'o'},
        {0xD8, 0xD8, 'o'}, {0xF8, 0xF8, 'o'}, {0xD9, 0xDC, 'u'}, {0xF9, 0xFC, 'u'}, {0xDD, 0xDD, 'y'}, {0xFD, 0xFD, 'y'},
        {0xFF, 0xFF, 'y'}, {0x86, 0x86, 'a'}, {0x84, 0x84, 'a'}, {0x94, 0x94, 'o'}, {0x8F, 0x8F, 'a'}, {0x8E, 0x8E, 'a'},
        {0x99, 0x99, 'o'}, {0x82, 0x82, 'e'}, {0x90, 0x90, 'e'}, {0x81, 0x81, 'u'}, {'}', '}', 'a'},   {'{', '{', 'a'},
        {'|', '|', 'o'},   {']', ']', 'a'},   {'[', '[', 'a'},   {'\\', '\\', 'o'}, {'`', '`', 'e'},
    };
    for (const row& each : rows)
        for (unsigned c = each.from; c <= each.to; ++c)
            out[c] = each.letter;
    return out;
}();

bool is_blank(unsigned char c) noexcept {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xA0;
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

void add_letter(char32_t code, std::string& out) {
    if (code >= latin_1) return;
    if (is_blank(static_cast<unsigned char>(code))) {
        if (!out.empty() && out.back() != ' ') out += ' ';
        return;
    }
    if (const char letter = plain_letters[code]; letter != 0) out += letter;
}

std::optional<unsigned> hexadecimal(char c) noexcept {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return std::nullopt;
}

// Of so many digits there; nothing where one is none.
std::optional<unsigned> number_at(std::string_view bytes, std::size_t at, std::size_t digits) noexcept {
    if (at + digits > bytes.size()) return std::nullopt;
    unsigned out = 0;
    for (std::size_t i = 0; i != digits; ++i) {
        const auto digit = hexadecimal(bytes[at + i]);
        if (!digit) return std::nullopt;
        out = out * 16 + *digit;
    }
    return out;
}

void add_utf8(unsigned code, std::string& out) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += ' ';  // no letter that is looked for
    }
}

struct escape {
    unsigned code{};
    std::size_t size{};    // 0: none stands there
    bool is_byte = false;  // else a character
    bool is_nothing = false;
};

// "&#228;" and "&#xE4;"
escape reference_at(std::string_view bytes, std::size_t at) noexcept {
    constexpr std::size_t longest = 10;
    const bool is_hexadecimal = at + 2 < bytes.size() && (bytes[at + 2] == 'x' || bytes[at + 2] == 'X');
    const unsigned base = is_hexadecimal ? 16 : 10;
    unsigned code = 0;
    const std::size_t begin = at + (is_hexadecimal ? 3 : 2);
    for (std::size_t i = begin; i < bytes.size() && i < at + longest; ++i) {
        if (bytes[i] == ';' && i > begin) return {code, i + 1 - at, false};
        const auto digit = hexadecimal(bytes[i]);
        if (!digit || *digit >= base) return {};
        code = code * base + *digit;
    }
    return {};
}

escape escape_at(std::string_view bytes, std::size_t at) noexcept {
    const char c = bytes[at];
    const char next = at + 1 < bytes.size() ? bytes[at + 1] : '\0';
    if (c == '&' && next == '#') return reference_at(bytes, at);
    if (c == '\\' && next == 'u')
        if (const auto code = number_at(bytes, at + 2, 4)) return {*code, 6, false};
    if (c == '%' || c == '=')
        if (const auto code = number_at(bytes, at + 1, 2)) return {*code, 3, true};
    if (c == '=' && next == '\n') return {0, 2, false, true};
    if (c == '=' && next == '\r' && at + 2 < bytes.size() && bytes[at + 2] == '\n') return {0, 3, false, true};
    return {};
}

}  // namespace

std::string letters_of(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const auto byte = static_cast<unsigned char>(bytes[at]);
        if (byte < 0x80) {
            add_letter(byte, out);
            ++at;
            continue;
        }
        const code_point next = code_point_at(bytes, at);
        add_letter(next.size == 0 ? byte : next.value, out);
        at += next.size == 0 ? 1 : next.size;
    }
    return out;
}

std::string numbers_of(std::string_view bytes) {
    std::string out;
    std::size_t last_digit = 0;
    bool is_joined = false;  // only separators since the last digit
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const char c = bytes[at];
        if (is_digit(c)) {
            constexpr std::size_t widest_gap = 2;
            if (!out.empty() && out.back() != ' ' && !(is_joined && at - last_digit <= widest_gap + 1)) out += ' ';
            out += c;
            last_digit = at;
            is_joined = true;
        } else if (c != ' ' && c != '-' && c != '+' && c != '(' && c != ')' && c != '/' && c != '\0') {
            is_joined = false;
        }
    }
    return out;
}

std::string unescaped(std::string_view bytes) {
    std::string out;
    bool any = false;
    for (std::size_t at = 0; at < bytes.size();) {
        const escape next = escape_at(bytes, at);
        if (next.size == 0) {
            out += bytes[at++];
            continue;
        }
        any = true;
        if (next.is_byte)
            out += static_cast<char>(next.code);
        else if (!next.is_nothing)
            add_utf8(next.code, out);
        at += next.size;
    }
    return any ? out : std::string();
}

std::string loose_base64(std::string_view characters) {
    constexpr auto values = [] {
        constexpr std::string_view all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        std::array<std::uint8_t, latin_1> out{};
        for (std::size_t i = 0; i != all.size(); ++i)
            out[static_cast<unsigned char>(all[i])] = static_cast<std::uint8_t>(i);
        return out;
    }();
    std::string out;
    out.reserve(characters.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : characters) {
        bits = (bits << 6 | values[static_cast<unsigned char>(c)]) & 0xFF'FFFF;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out += static_cast<char>(bits >> count & 0xFF);
    }
    return out;
}

}  // namespace brygga::canary::detail
