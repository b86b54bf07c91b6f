#pragma once

#include <string_view>

namespace brygga::camt::detail {

// Without white space on both sides: numbers, codes and dates may be wrapped in it.
[[nodiscard]] inline std::string_view inner(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace brygga::camt::detail
