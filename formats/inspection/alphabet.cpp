#include <map>
#include <tuple>

#include "formats/core/encoding_detection.hpp"
#include "formats/inspection/masked_text.hpp"

namespace brygga::inspection {

namespace {

constexpr std::u32string_view rings_and_dots = U"åäö";
constexpr std::u32string_view capital_rings_and_dots = U"ÅÄÖ";
constexpr std::u32string_view three_byte_letters = U"\u4E00\u4E8C\u4E09";

constexpr bool is_latin_1_letter(char32_t code) noexcept {
    return code >= 0xC0 && code <= 0xFF && code != 0xD7 && code != 0xF7;
}

constexpr bool is_capital(char32_t code) noexcept {
    return code < 0xDF;
}

// What one byte of a letter adds to the detection of encodings, as the detector itself says: nothing, CP850 or ISO 8859-1.
int weight_of(std::string_view bytes) {
    if (bytes.size() != 1 || is_ascii(bytes)) return 0;
    const auto with_one_cp850_letter = detect_encoding(std::string(bytes) + " \x84", std::nullopt).in;
    if (with_one_cp850_letter != encoding::cp850) return 1;
    return detect_encoding(bytes, std::nullopt).in == encoding::cp850 ? 2 : 0;
}

std::string utf8_of(char32_t latin_1) {
    return {static_cast<char>(0xC0u | (latin_1 >> 6u)), static_cast<char>(0x80u | (latin_1 & 0x3Fu))};
}

// Symbols and marks, not letters, and U+FFFD, which stands for a letter lost before.
constexpr bool is_sign(char32_t code) noexcept {
    return (code >= 0x0300 && code <= 0x036F) || (code >= 0x2000 && code <= 0x2BFF) || (code >= 0x3000 && code <= 0x303F) ||
           (code >= 0xE000 && code <= 0xF8FF) || (code >= 0xFE00 && code <= 0xFE0F) || code >= 0xFFF0;
}

}  // namespace

alphabet::alphabet(encoding in) : in_(in) {
    groups_ = {U"aeiouy", U"bcdfghjklmnpqrstvwxz", U"AEIOUY", U"BCDFGHJKLMNPQRSTVWXZ"};
    std::map<std::tuple<bool, bool, int>, std::u32string> others;
    for (char32_t code = 0xC0; code <= 0xFF; ++code) {
        const auto bytes = from_utf8(utf8_of(code), in);
        if (!is_latin_1_letter(code) || !bytes) continue;
        const bool swedish = rings_and_dots.find(code) != std::u32string_view::npos ||
                             capital_rings_and_dots.find(code) != std::u32string_view::npos;
        others[{is_capital(code), swedish, weight_of(*bytes)}] += code;
    }
    for (const auto& [likeness, letters] : others)
        groups_.push_back(letters);
    for (std::size_t i = 0; i < groups_.size(); ++i)
        for (const char32_t letter : groups_[i])
            group_of_[letter] = static_cast<std::uint8_t>(i + 1);
}

std::u32string_view alphabet::alike(char32_t letter) const noexcept {
    if (letter < 0x100) return group_of_[letter] == 0 ? std::u32string_view() : groups_[group_of_[letter] - 1u];
    if (letter == no_code || in_ != encoding::utf_8 || is_sign(letter)) return {};
    return letter < 0x800 ? rings_and_dots : three_byte_letters;
}

}  // namespace brygga::inspection
