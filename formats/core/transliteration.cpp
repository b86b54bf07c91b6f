#include "formats/core/transliteration.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace brygga {

namespace {

using replacement = std::pair<std::string_view, std::string_view>;

// In the order of the bytes of the first, for a binary search.
constexpr std::array<replacement, 257> replacements = {{
    // clang-format off
    {"\t", " "}, {"\n", " "}, {"\r", " "}, {"!", "."}, {"\"", "'"}, {"#", "nr"}, {"$", "USD"}, {"%", "proc"}, {"&", "+"},
    {"*", "."}, {";", ","}, {"<", "("}, {"=", "-"}, {">", ")"}, {"@", "(at)"}, {"[", "("}, {"\\", "/"}, {"]", ")"},
    {"_", "-"}, {"`", "'"}, {"{", "("}, {"|", "/"}, {"}", ")"}, {"~", "-"}, {"\xC2\xA0", " "}, {"£", "GBP"}, {"§", "par"},
    {"©", "(c)"}, {"ª", "a"}, {"«", "'"}, {"\xC2\xAD", ""}, {"®", "(r)"}, {"°", "o"}, {"²", "2"}, {"³", "3"}, {"´", "'"},
    {"·", "."}, {"¹", "1"}, {"º", "o"}, {"»", "'"}, {"¼", "1/4"}, {"½", "1/2"}, {"¾", "3/4"}, {"À", "A"}, {"Á", "A"},
    {"Â", "A"}, {"Ã", "A"}, {"Æ", "AE"}, {"Ç", "C"}, {"È", "E"}, {"É", "E"}, {"Ê", "E"}, {"Ë", "E"}, {"Ì", "I"}, {"Í", "I"},
    {"Î", "I"}, {"Ï", "I"}, {"Ð", "D"}, {"Ñ", "N"}, {"Ò", "O"}, {"Ó", "O"}, {"Ô", "O"}, {"Õ", "O"}, {"×", "x"}, {"Ø", "Ö"},
    {"Ù", "U"}, {"Ú", "U"}, {"Û", "U"}, {"Ü", "U"}, {"Ý", "Y"}, {"Þ", "TH"}, {"ß", "ss"}, {"à", "a"}, {"á", "a"}, {"â", "a"},
    {"ã", "a"}, {"æ", "ae"}, {"ç", "c"}, {"è", "e"}, {"é", "e"}, {"ê", "e"}, {"ë", "e"}, {"ì", "i"}, {"í", "i"}, {"î", "i"},
    {"ï", "i"}, {"ð", "d"}, {"ñ", "n"}, {"ò", "o"}, {"ó", "o"}, {"ô", "o"}, {"õ", "o"}, {"ø", "ö"}, {"ù", "u"}, {"ú", "u"},
    {"û", "u"}, {"ü", "u"}, {"ý", "y"}, {"þ", "th"}, {"ÿ", "y"}, {"Ā", "A"}, {"ā", "a"}, {"Ă", "A"}, {"ă", "a"}, {"Ą", "A"},
    {"ą", "a"}, {"Ć", "C"}, {"ć", "c"}, {"Ĉ", "C"}, {"ĉ", "c"}, {"Ċ", "C"}, {"ċ", "c"}, {"Č", "C"}, {"č", "c"}, {"Ď", "D"},
    {"ď", "d"}, {"Đ", "D"}, {"đ", "d"}, {"Ē", "E"}, {"ē", "e"}, {"Ĕ", "E"}, {"ĕ", "e"}, {"Ė", "E"}, {"ė", "e"}, {"Ę", "E"},
    {"ę", "e"}, {"Ě", "E"}, {"ě", "e"}, {"Ĝ", "G"}, {"ĝ", "g"}, {"Ğ", "G"}, {"ğ", "g"}, {"Ġ", "G"}, {"ġ", "g"}, {"Ģ", "G"},
    {"ģ", "g"}, {"Ĥ", "H"}, {"ĥ", "h"}, {"Ħ", "H"}, {"ħ", "h"}, {"Ĩ", "I"}, {"ĩ", "i"}, {"Ī", "I"}, {"ī", "i"}, {"Ĭ", "I"},
    {"ĭ", "i"}, {"Į", "I"}, {"į", "i"}, {"İ", "I"}, {"ı", "i"}, {"Ĳ", "IJ"}, {"ĳ", "ij"}, {"Ĵ", "J"}, {"ĵ", "j"}, {"Ķ", "K"},
    {"ķ", "k"}, {"ĸ", "k"}, {"Ĺ", "L"}, {"ĺ", "l"}, {"Ļ", "L"}, {"ļ", "l"}, {"Ľ", "L"}, {"ľ", "l"}, {"Ŀ", "L"}, {"ŀ", "l"},
    {"Ł", "L"}, {"ł", "l"}, {"Ń", "N"}, {"ń", "n"}, {"Ņ", "N"}, {"ņ", "n"}, {"Ň", "N"}, {"ň", "n"}, {"ŉ", "'n"}, {"Ŋ", "N"},
    {"ŋ", "n"}, {"Ō", "O"}, {"ō", "o"}, {"Ŏ", "O"}, {"ŏ", "o"}, {"Ő", "O"}, {"ő", "o"}, {"Œ", "OE"}, {"œ", "oe"}, {"Ŕ", "R"},
    {"ŕ", "r"}, {"Ŗ", "R"}, {"ŗ", "r"}, {"Ř", "R"}, {"ř", "r"}, {"Ś", "S"}, {"ś", "s"}, {"Ŝ", "S"}, {"ŝ", "s"}, {"Ş", "S"},
    {"ş", "s"}, {"Š", "S"}, {"š", "s"}, {"Ţ", "T"}, {"ţ", "t"}, {"Ť", "T"}, {"ť", "t"}, {"Ŧ", "T"}, {"ŧ", "t"}, {"Ũ", "U"},
    {"ũ", "u"}, {"Ū", "U"}, {"ū", "u"}, {"Ŭ", "U"}, {"ŭ", "u"}, {"Ů", "U"}, {"ů", "u"}, {"Ű", "U"}, {"ű", "u"}, {"Ų", "U"},
    {"ų", "u"}, {"Ŵ", "W"}, {"ŵ", "w"}, {"Ŷ", "Y"}, {"ŷ", "y"}, {"Ÿ", "Y"}, {"Ź", "Z"}, {"ź", "z"}, {"Ż", "Z"}, {"ż", "z"},
    {"Ž", "Z"}, {"ž", "z"}, {"ſ", "s"}, {"Ș", "S"}, {"ș", "s"}, {"Ț", "T"}, {"ț", "t"}, {"Ẁ", "W"}, {"ẁ", "w"}, {"Ẃ", "W"},
    {"ẃ", "w"}, {"Ẅ", "W"}, {"ẅ", "w"}, {"ẞ", "SS"}, {"Ỳ", "Y"}, {"ỳ", "y"}, {"\xE2\x80\x8B", ""}, {"‐", "-"},
    {"\xE2\x80\x91", "-"}, {"–", "-"}, {"—", "-"}, {"‘", "'"}, {"’", "'"}, {"‚", "'"}, {"“", "'"}, {"”", "'"}, {"„", "'"},
    {"•", "."}, {"…", "..."}, {"€", "EUR"}, {"−", "-"}, {"\xEF\xBB\xBF", ""},
    // clang-format on
}};

static_assert(std::is_sorted(replacements.begin(), replacements.end()));

// A letter and the combining mark behind it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> composed = {{
    {"a\xCC\x8A", "å"},
    {"a\xCC\x88", "ä"},
    {"o\xCC\x88", "ö"},
    {"A\xCC\x8A", "Å"},
    {"A\xCC\x88", "Ä"},
    {"O\xCC\x88", "Ö"},
}};

std::size_t size_of_character(char first) noexcept {
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0x80) return 1;
    if (byte < 0xE0) return 2;
    return byte < 0xF0 ? 3 : 4;
}

// U+0300 to U+036F
bool is_combining(std::string_view character) noexcept {
    if (character.size() != 2) return false;
    const auto second = static_cast<unsigned char>(character[1]);
    return character[0] == '\xCC' || (character[0] == '\xCD' && second < 0xB0);
}

}  // namespace

spelled_character first_character(std::string_view utf8) noexcept {
    for (const auto& [spelling, letter] : composed)
        if (utf8.starts_with(spelling)) return {utf8.substr(0, spelling.size()), letter};
    const std::string_view whole = utf8.substr(0, size_of_character(utf8.front()));
    return {whole, whole};
}

std::optional<std::string_view> replacement_of(std::string_view character) noexcept {
    const auto* const found =
        std::lower_bound(replacements.begin(), replacements.end(), character,
                         [](const replacement& each, std::string_view wanted) { return each.first < wanted; });
    if (found != replacements.end() && found->first == character) return found->second;
    return is_combining(character) ? std::optional(std::string_view()) : std::nullopt;
}

}  // namespace brygga
