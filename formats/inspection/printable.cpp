#include "formats/inspection/printable.hpp"

#include <fmt/format.h>

#include "formats/core/text.hpp"

namespace brygga::inspection {

namespace {

// Bytes of the UTF-8 character that `text` begins with; 0 when it begins with none.
std::size_t character_size(std::string_view text) noexcept {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return size <= text.size() && is_valid_utf8(text.substr(0, size)) ? size : 0;
}

bool is_control(std::string_view character) noexcept {
    const auto first = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return first < 0x20 || first == 0x7F;
    return first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;  // U+0080-009F
}

}  // namespace

std::string printable(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    while (!utf8.empty()) {
        const std::size_t size = character_size(utf8);
        if (size == 0 || is_control(utf8.substr(0, size)))
            out += fmt::format("\\x{:02X}", static_cast<unsigned char>(utf8[size == 2 ? 1 : 0]));
        else
            out += utf8.substr(0, size);
        utf8.remove_prefix(size == 0 ? 1 : size);
    }
    return out;
}

std::string html_escaped(std::string_view utf8) {
    std::string out;
    for (const char c : printable(utf8)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string left_in(std::string_view utf8, std::size_t columns) {
    const std::size_t size = count_code_points(utf8);
    return std::string(utf8) + std::string(size < columns ? columns - size : 0, ' ');
}

}  // namespace brygga::inspection
