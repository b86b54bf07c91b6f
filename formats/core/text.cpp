#include "formats/core/text.hpp"

#include <array>
#include <cstddef>
#include <cstring>

#include <fmt/format.h>

#include "formats/core/code_point.hpp"

namespace brygga {

namespace {

constexpr std::uint64_t high_bits = 0x8080808080808080u;
constexpr std::uint64_t low_bits = 0x0101010101010101u;

std::uint64_t load_word(const char* at) noexcept {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

using detail::byte_at;

// Length of the run of seven-bit bytes that begins at `from`; 32 bytes a step, since whole files pass here.
std::size_t ascii_run(std::string_view bytes, std::size_t from) noexcept {
    const char* const begin = bytes.data() + from;
    const char* const end = bytes.data() + bytes.size();
    const char* at = begin;
    while (end - at >= 32) {
        const std::uint64_t any = load_word(at) | load_word(at + 8) | load_word(at + 16) | load_word(at + 24);
        if ((any & high_bits) != 0) break;
        at += 32;
    }
    while (end - at >= 8 && (load_word(at) & high_bits) == 0)
        at += 8;
    while (at != end && static_cast<std::uint8_t>(*at) < 0x80)
        ++at;
    return static_cast<std::size_t>(at - begin);
}

// No table below reaches past U+FFFF.
void append_utf8(std::string& out, char16_t value) {
    const auto byte = [&out](unsigned bits) { out += static_cast<char>(static_cast<std::uint8_t>(bits)); };
    if (value < 0x80) {
        byte(value);
    } else if (value < 0x800) {
        byte(0xC0u | (value >> 6));
        byte(0x80u | (value & 0x3Fu));
    } else {
        byte(0xE0u | (value >> 12));
        byte(0x80u | ((value >> 6) & 0x3Fu));
        byte(0x80u | (value & 0x3Fu));
    }
}

// The code points of the bytes 0x80 to 0xFF of code page 850.
constexpr std::array<char16_t, 128> cp850_upper = {
    0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x00E0, 0x00E5, 0x00E7, 0x00EA, 0x00EB, 0x00E8, 0x00EF, 0x00EE, 0x00EC, 0x00C4,
    0x00C5, 0x00C9, 0x00E6, 0x00C6, 0x00F4, 0x00F6, 0x00F2, 0x00FB, 0x00F9, 0x00FF, 0x00D6, 0x00DC, 0x00F8, 0x00A3, 0x00D8,
    0x00D7, 0x0192, 0x00E1, 0x00ED, 0x00F3, 0x00FA, 0x00F1, 0x00D1, 0x00AA, 0x00BA, 0x00BF, 0x00AE, 0x00AC, 0x00BD, 0x00BC,
    0x00A1, 0x00AB, 0x00BB, 0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x00C1, 0x00C2, 0x00C0, 0x00A9, 0x2563, 0x2551, 0x2557,
    0x255D, 0x00A2, 0x00A5, 0x2510, 0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x00E3, 0x00C3, 0x255A, 0x2554, 0x2569,
    0x2566, 0x2560, 0x2550, 0x256C, 0x00A4, 0x00F0, 0x00D0, 0x00CA, 0x00CB, 0x00C8, 0x0131, 0x00CD, 0x00CE, 0x00CF, 0x2518,
    0x250C, 0x2588, 0x2584, 0x00A6, 0x00CC, 0x2580, 0x00D3, 0x00DF, 0x00D4, 0x00D2, 0x00F5, 0x00D5, 0x00B5, 0x00FE, 0x00DE,
    0x00DA, 0x00DB, 0x00D9, 0x00FD, 0x00DD, 0x00AF, 0x00B4, 0x00AD, 0x00B1, 0x2017, 0x00BE, 0x00B6, 0x00A7, 0x00F7, 0x00B8,
    0x00B0, 0x00A8, 0x00B7, 0x00B9, 0x00B3, 0x00B2, 0x25A0, 0x00A0};

struct national_letter {
    std::uint8_t byte;
    char16_t value;
};

constexpr std::array<national_letter, 6> swedish_letters = {
    {{'[', 0x00C4}, {'\\', 0x00D6}, {']', 0x00C5}, {'{', 0x00E4}, {'|', 0x00F6}, {'}', 0x00E5}}};

using byte_table = std::array<char16_t, 256>;

constexpr byte_table identity_table() {
    byte_table table{};
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = static_cast<char16_t>(i);
    return table;
}

constexpr byte_table cp850_table() {
    byte_table table = identity_table();
    for (std::size_t i = 0; i < cp850_upper.size(); ++i)
        table[0x80 + i] = cp850_upper[i];
    return table;
}

constexpr byte_table iso_646_se_table() {
    byte_table table = identity_table();
    for (const national_letter& letter : swedish_letters)
        table[letter.byte] = letter.value;
    return table;
}

constexpr byte_table latin1_bytes = identity_table();
constexpr byte_table cp850_bytes = cp850_table();
constexpr byte_table iso_646_se_bytes = iso_646_se_table();

std::optional<std::uint8_t> cp850_byte(char32_t value) noexcept {
    if (value < 0x80) return static_cast<std::uint8_t>(value);
    for (std::size_t i = 0; i < cp850_upper.size(); ++i)
        if (cp850_upper[i] == value) return static_cast<std::uint8_t>(0x80 + i);
    return std::nullopt;
}

std::optional<std::uint8_t> iso_646_se_byte(char32_t value) noexcept {
    for (const national_letter& letter : swedish_letters) {
        if (letter.value == value) return letter.byte;
        if (letter.byte == value) return std::nullopt;
    }
    if (value > 0xFF) return std::nullopt;
    return static_cast<std::uint8_t>(value);
}

std::optional<std::uint8_t> byte_of(char32_t value, encoding to) noexcept {
    switch (to) {
        case encoding::cp850:
            return cp850_byte(value);
        case encoding::iso_646_se:
            return iso_646_se_byte(value);
        case encoding::iso_8859_1:
        case encoding::utf_8:
            break;
    }
    if (value > 0xFF) return std::nullopt;
    return static_cast<std::uint8_t>(value);
}

std::string decode_bytes(std::string_view bytes, const byte_table& table, bool ascii_is_itself) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 16);
    for (std::size_t at = 0; at < bytes.size();) {
        if (ascii_is_itself) {
            const std::size_t run = ascii_run(bytes, at);
            out.append(bytes, at, run);
            at += run;
            if (at == bytes.size()) break;
        }
        append_utf8(out, table[byte_at(bytes, at)]);
        ++at;
    }
    return out;
}

bool same_ignoring_case(std::string_view a, std::string_view b) noexcept {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

}  // namespace

std::string_view name(encoding code) noexcept {
    switch (code) {
        case encoding::iso_8859_1:
            return "ISO 8859-1";
        case encoding::cp850:
            return "CP850";
        case encoding::utf_8:
            return "UTF-8";
        case encoding::iso_646_se:
            return "ISO 646-SE";
    }
    return "unknown";
}

std::optional<encoding> parse_encoding(std::string_view text) noexcept {
    for (const encoding code : {encoding::iso_8859_1, encoding::cp850, encoding::utf_8, encoding::iso_646_se})
        if (same_ignoring_case(text, name(code))) return code;
    if (same_ignoring_case(text, "latin1") || same_ignoring_case(text, "iso-8859-1")) return encoding::iso_8859_1;
    if (same_ignoring_case(text, "utf8")) return encoding::utf_8;
    if (same_ignoring_case(text, "ibm850")) return encoding::cp850;
    return std::nullopt;
}

bool is_ascii(std::string_view bytes) noexcept {
    return ascii_run(bytes, 0) == bytes.size();
}

bool is_valid_utf8(std::string_view bytes) noexcept {
    std::size_t at = ascii_run(bytes, 0);
    while (at < bytes.size()) {
        const std::size_t size = code_point_at(bytes, at).size;
        if (size == 0) return false;
        at += size;
        if (at < bytes.size() && byte_at(bytes, at) < 0x80) at += ascii_run(bytes, at);
    }
    return true;
}

std::size_t count_code_points(std::string_view utf8) noexcept {
    std::size_t continuing = 0;
    std::size_t at = 0;
    for (; utf8.size() - at >= 8; at += 8) {
        const std::uint64_t word = load_word(utf8.data() + at);
        const std::uint64_t marks = (word >> 7) & (~word >> 6) & low_bits;
        continuing += static_cast<std::size_t>((marks * low_bits) >> 56);
    }
    for (; at < utf8.size(); ++at)
        continuing += (byte_at(utf8, at) & 0xC0u) == 0x80u ? 1u : 0u;
    return utf8.size() - continuing;
}

std::string to_utf8(std::string_view bytes, encoding from) {
    switch (from) {
        case encoding::iso_8859_1:
            return decode_bytes(bytes, latin1_bytes, true);
        case encoding::cp850:
            return decode_bytes(bytes, cp850_bytes, true);
        case encoding::iso_646_se:
            return decode_bytes(bytes, iso_646_se_bytes, false);
        case encoding::utf_8:
            break;
    }
    return std::string(bytes);
}

result<std::string> from_utf8(std::string_view utf8, encoding to) {
    if (to == encoding::utf_8) return std::string(utf8);
    std::string out;
    out.reserve(utf8.size());
    std::size_t index = 0;
    for (std::size_t at = 0; at < utf8.size(); ++index) {
        if (to != encoding::iso_646_se) {
            const std::size_t run = ascii_run(utf8, at);
            out.append(utf8, at, run);
            at += run;
            index += run;
            if (at == utf8.size()) break;
        }
        const code_point next = code_point_at(utf8, at);
        if (next.size == 0) return fail(error_code::invalid_content, fmt::format("text is not UTF-8 at index {}", index));
        const std::optional<std::uint8_t> byte = byte_of(next.value, to);
        if (!byte) {
            return fail(error_code::invalid_content, fmt::format("U+{:04X} at index {} cannot be written in {}",
                                                                 static_cast<std::uint32_t>(next.value), index, name(to)));
        }
        out += static_cast<char>(*byte);
        at += next.size;
    }
    return out;
}

}  // namespace brygga
