#include "formats/core/small_letters.hpp"

namespace brygga {

std::string in_small_letters(std::string_view utf8) {
    constexpr char first_byte = '\xC3', first_capital = '\x80', last_capital = '\x9E', times = '\x97';  // À to Þ
    constexpr char to_small = 0x20;
    std::string out;
    out.reserve(utf8.size());
    for (const char each : utf8) {
        const bool is_second = !out.empty() && out.back() == first_byte;
        const bool is_capital =
            is_second ? each >= first_capital && each <= last_capital && each != times : each >= 'A' && each <= 'Z';
        out += is_capital ? static_cast<char>(each + to_small) : each;
    }
    return out;
}

}  // namespace brygga
