#include "formats/core/personal_number.hpp"

#include <cassert>

#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"

namespace brygga {

namespace {

constexpr int coordination_day_offset = 60;
constexpr int first_year = 1800;
constexpr int years_until_plus = 100;
constexpr std::size_t digits_after_separator = 4;

int number(std::string_view digits) noexcept {
    int value = 0;
    for (const char c : digits)
        value = value * 10 + (c - '0');
    return value;
}

struct split_number {
    std::string digits;
    bool plus = false;
};

tl::expected<split_number, identity_fault> split(std::string_view utf8) {
    split_number out{without_blanks(utf8), false};
    const std::size_t separator = out.digits.find_first_of("+-");
    if (separator != std::string::npos) {
        if (out.digits.size() - separator - 1 != digits_after_separator) return tl::unexpected(identity_fault::characters);
        out.plus = out.digits[separator] == '+';
        out.digits.erase(separator, 1);
    }
    if (!all_digits(out.digits)) return tl::unexpected(identity_fault::characters);
    if (out.digits.size() != 10 && out.digits.size() != 12) return tl::unexpected(identity_fault::length);
    return out;
}

struct birth {
    int year;
    int month;
    int day;  // 1-31 also for coordination numbers

    // Orders like the calendar, also where month or day are unknown.
    [[nodiscard]] int key() const noexcept { return (year * 100 + month) * 100 + day; }
};

birth key_of(date day) noexcept {
    return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
            static_cast<int>(static_cast<unsigned>(day.day()))};
}

// `born` holds the year within its century.
int full_year(birth born, bool plus, date today) noexcept {
    const int this_year = static_cast<int>(today.year());
    born.year += this_year - this_year % 100;
    if (plus) return born.year > this_year ? born.year - 2 * years_until_plus : born.year - years_until_plus;
    return born.key() <= key_of(today).key() ? born.year : born.year - 100;
}

bool outside_calendar(const birth& born) noexcept {
    return born.month < 1 || born.month > 12 || born.day < 1 || born.day > 31;
}

}  // namespace

tl::expected<personal_number, identity_fault> parse_personal_number(std::string_view utf8, date today) {
    const auto parts = split(utf8);
    if (!parts) return tl::unexpected(parts.error());
    const bool with_century = parts->digits.size() == 12;
    const std::string ten = with_century ? parts->digits.substr(2) : parts->digits;
    personal_number out;
    birth born{number(ten.substr(0, 2)), number(ten.substr(2, 2)), number(ten.substr(4, 2))};
    if (born.day >= coordination_day_offset) {
        out.kind = personal_kind::coordination;
        born.day -= coordination_day_offset;
    }
    born.year = with_century ? number(parts->digits.substr(0, 4)) : full_year(born, parts->plus, today);
    const int this_year = static_cast<int>(today.year());
    if (born.year < first_year || born.year / 100 > this_year / 100) return tl::unexpected(identity_fault::century);
    out.date_unknown = out.kind == personal_kind::coordination && outside_calendar(born);
    const bool in_future = out.date_unknown ? born.year > this_year : born.key() > key_of(today).key();
    if (in_future) return tl::unexpected(identity_fault::birth_date);
    const date day{std::chrono::year{born.year}, std::chrono::month{static_cast<unsigned>(born.month)},
                   std::chrono::day{static_cast<unsigned>(born.day)}};
    if (!out.date_unknown && !day.ok()) return tl::unexpected(identity_fault::birth_date);
    if (!out.date_unknown) out.birth_date = day;
    if (!modulus_10_valid(ten)) return tl::unexpected(identity_fault::check_digit);
    out.digits = zero_filled(std::to_string(born.year), 4) + ten.substr(2);
    return out;
}

bool may_hold_personal_number(std::string_view text) {
    constexpr std::size_t size = 10;
    constexpr date century_end{std::chrono::year{2099}, std::chrono::December, std::chrono::day{31}};  // no birth lies after it
    const std::string compact = without_blanks(text);
    const std::string_view rest = compact;
    for (std::size_t at = 0; at + size <= rest.size(); ++at)
        if (all_digits(rest.substr(at, size)) && parse_personal_number(rest.substr(at, size), century_end)) return true;
    return false;
}

legal_sex sex_of(std::string_view digits) noexcept {
    assert(digits.size() == 12);
    return (digits[10] - '0') % 2 == 1 ? legal_sex::male : legal_sex::female;
}

std::string display_personal_number(std::string_view digits, date today) {
    assert(digits.size() == 12);
    const bool plus = static_cast<int>(today.year()) - number(digits.substr(0, 4)) >= years_until_plus;
    std::string out(digits.substr(2, 6));
    out += plus ? '+' : '-';
    out += digits.substr(8);
    return out;
}

}  // namespace brygga
