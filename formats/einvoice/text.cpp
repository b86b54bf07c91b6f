#include "formats/einvoice/text.hpp"

namespace brygga::einvoice {

std::string_view without_blanks(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string in_capitals(std::string_view utf8) {
    std::string out(utf8);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

bool is_base64(std::string_view text) noexcept {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    constexpr std::size_t group = 4;
    std::size_t count = 0, fill = 0;
    std::size_t last = 0;  // value of the last letter
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        ++count;
        const std::size_t value = letters.find(c);
        if (c == '=')
            ++fill;
        else if (fill != 0 || value == std::string_view::npos)
            return false;
        else
            last = value;
    }
    if (count % group != 0 || fill > 2) return false;
    const std::size_t unused = fill == 0 ? 1 : fill == 1 ? 4 : 16;  // bits of the last letter that say nothing are zero
    return last % unused == 0;
}

}  // namespace brygga::einvoice
