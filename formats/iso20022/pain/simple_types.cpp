#include "formats/iso20022/pain/detail/simple_types.hpp"

#include <algorithm>

#include "formats/core/check_digit.hpp"
#include "formats/core/date.hpp"
#include "formats/core/text.hpp"
#include "formats/iso20022/parts.hpp"

namespace brygga::pain::detail {

namespace {

bool is_capital(char c) noexcept {
    return 'A' <= c && c <= 'Z';
}
bool is_digit(char c) noexcept {
    return '0' <= c && c <= '9';
}
bool is_capital_or_digit(char c) noexcept {
    return is_capital(c) || is_digit(c);
}
bool all_capitals(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), is_capital);
}

// "" or "Z" or "+01:00"
bool is_zone(std::string_view text) noexcept {
    if (text.empty() || text == "Z") return true;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
    const std::string_view hours = text.substr(1, 2), minutes = text.substr(4);
    return all_digits(hours) && all_digits(minutes) && (hours < "14" || text.substr(1) == "14:00") && minutes < "60";
}

constexpr std::size_t day_size = 10;  // 2026-11-26
constexpr std::size_t time_size = 8;  // 10:00:00

}  // namespace

bool holds(const simple_type& type, std::string_view text) {
    const std::size_t size = count_code_points(text);
    return type.shortest <= size && size <= type.longest && (type.form == nullptr || type.form(text)) &&
           (type.codes.empty() || std::find(type.codes.begin(), type.codes.end(), text) != type.codes.end());
}

namespace forms {

bool is_day(std::string_view text) noexcept {
    text = iso20022::inner(text);
    return parse_iso_date(text.substr(0, day_size)) && is_zone(text.substr(std::min(day_size, text.size())));
}

bool is_moment(std::string_view text) noexcept {
    text = iso20022::inner(text);
    if (text.size() < day_size + 1 + time_size || !parse_iso_date(text.substr(0, day_size)) || text[day_size] != 'T')
        return false;
    const std::string_view time = text.substr(day_size + 1, time_size);
    const std::string_view hours = time.substr(0, 2), minutes = time.substr(3, 2), seconds = time.substr(6, 2);
    if (!all_digits(hours) || !all_digits(minutes) || !all_digits(seconds) || time[2] != ':' || time[5] != ':') return false;
    if ((hours > "23" && time != "24:00:00") || minutes > "59" || seconds > "59") return false;
    std::string_view rest = text.substr(day_size + 1 + time_size);
    if (rest.empty() || rest[0] != '.') return is_zone(rest);
    const auto zone = std::find_if_not(rest.begin() + 1, rest.end(), is_digit);
    const auto size = static_cast<std::size_t>(zone - rest.begin());
    return size > 1 && is_zone(rest.substr(size));
}

bool is_indicator(std::string_view text) noexcept {
    text = iso20022::inner(text);
    return text == "true" || text == "false" || text == "1" || text == "0";
}

bool is_country(std::string_view text) noexcept {
    return text.size() == 2 && all_capitals(text);
}
bool is_currency(std::string_view text) noexcept {
    return text.size() == 3 && all_capitals(text);
}

// The first four characters may be digits since version 04, and the place is free.
bool is_bank(std::string_view text) noexcept {
    return (text.size() == 8 || text.size() == 11) && std::all_of(text.begin(), text.end(), is_capital_or_digit) &&
           all_capitals(text.substr(4, 2));
}
bool is_bank_of_version_03(std::string_view text) noexcept {
    return is_bank(text) && all_capitals(text.substr(0, 4)) && text[6] != '0' && text[6] != '1' && text[7] != 'O';
}

bool is_iban(std::string_view text) noexcept {
    constexpr std::size_t head = 4, longest = 34;
    if (text.size() <= head || text.size() > longest) return false;
    const auto letter_or_digit = [](char c) { return is_capital_or_digit(c) || ('a' <= c && c <= 'z'); };
    return all_capitals(text.substr(0, 2)) && all_digits(text.substr(2, 2)) &&
           std::all_of(text.begin() + head, text.end(), letter_or_digit);
}

// 18 capitals or digits and two digits
bool is_legal_entity(std::string_view text) noexcept {
    constexpr std::size_t size = 20, digits = 2;
    return text.size() == size && std::all_of(text.begin(), text.end() - digits, is_capital_or_digit) &&
           all_digits(text.substr(size - digits));
}

// Version 4 of RFC 4122, in small letters.
bool is_uetr(std::string_view text) noexcept {
    constexpr std::string_view like = "hhhhhhhh-hhhh-4hhh-vhhh-hhhhhhhhhhhh";
    if (text.size() != like.size()) return false;
    for (std::size_t i = 0; i < like.size(); ++i) {
        const char c = text[i];
        const bool hexadecimal = is_digit(c) || ('a' <= c && c <= 'f');
        const bool variant = c == '8' || c == '9' || c == 'a' || c == 'b';
        if (like[i] == 'h' ? !hexadecimal : like[i] == 'v' ? !variant : c != like[i]) return false;
    }
    return true;
}

}  // namespace forms

}  // namespace brygga::pain::detail
