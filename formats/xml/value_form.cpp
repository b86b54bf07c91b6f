#include "formats/xml/value_form.hpp"

#include <algorithm>

namespace brygga::xml {

namespace {

constexpr std::size_t longest_mark = 8;
constexpr std::size_t longest_token = 40;
constexpr std::size_t day_size = 10;  // 2026-03-02
constexpr std::ptrdiff_t fewest_identity_digits = 10;
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view capitals_and_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::string_view token_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool only_of(std::string_view text, std::string_view allowed) noexcept {
    return text.find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace

bool fits(const details& about, std::string_view value) noexcept {
    value = value.substr(std::min(value.find_first_not_of(blanks), value.size()));
    value = value.substr(0, value.find_last_not_of(blanks) + 1);
    switch (about.what) {
        case holds::text:
        case holds::presence:
            return true;
        case holds::mark:
            if (value.size() > 1 && value.front() == '/' && value.back() == '/') value = value.substr(1, value.size() - 2);
            return value.size() <= longest_mark && only_of(value, capitals_and_digits);
        case holds::token:
            return value.size() <= longest_token && only_of(value, token_letters) &&
                   std::count_if(value.begin(), value.end(), is_digit) < fewest_identity_digits;
        case holds::binary:
            return false;
        case holds::code:
            return about.longest == 0 || value.size() <= about.longest;
        case holds::amount:
        case holds::number:
            return only_of(value, "0123456789.+-");
        case holds::day:
        case holds::moment:
            return value.size() >= day_size && value[4] == '-' && value[7] == '-' && only_of(value, "0123456789-+:.TZ");
        case holds::flag:
            return value == "true" || value == "false" || only_of(value, "0123456789");
    }
    return true;
}

}  // namespace brygga::xml
