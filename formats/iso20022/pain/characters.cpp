#include "formats/iso20022/pain/characters.hpp"

#include <algorithm>
#include <array>

#include "formats/core/text.hpp"
#include "formats/core/transliteration.hpp"

namespace brygga::pain {

namespace {

constexpr std::array<std::string_view, 6> swedish = {"å", "ä", "ö", "Å", "Ä", "Ö"};

bool is_swedish(std::string_view character) noexcept {
    return std::find(swedish.begin(), swedish.end(), character) != swedish.end();
}

std::string_view trimmed(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

bool is_allowed_ascii(char c) noexcept {
    constexpr std::string_view signs = "/-?:().,'+ ";
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || signs.find(c) != std::string_view::npos;
}

allowed_text to_allowed(std::string_view utf8) {
    allowed_text made;
    if (!is_valid_utf8(utf8)) {
        made.impossible = true;
        return made;
    }
    std::string out;
    for (std::string_view rest = utf8; !rest.empty();) {
        const auto [spelling, character] = first_character(rest);
        rest.remove_prefix(spelling.size());
        if (is_allowed_ascii(character.front()) || is_swedish(character)) {
            out += character;
            continue;
        }
        made.replaced = true;
        const auto replacement = replacement_of(character);
        if (replacement)
            out += *replacement;
        else
            made.impossible = true;
    }
    made.text = trimmed(out);
    return made;
}

}  // namespace brygga::pain
