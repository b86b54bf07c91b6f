#include "formats/core/date.hpp"

#include <cassert>

#include <fmt/format.h>

namespace brygga {

namespace {

constexpr int first_short_year_of_1900s = 70;

std::optional<unsigned> number(std::string_view digits) noexcept {
    unsigned value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

std::optional<date> calendar_date(std::optional<unsigned> year, std::optional<unsigned> month,
                                  std::optional<unsigned> day) noexcept {
    if (!year || !month || !day) return std::nullopt;
    const date made{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month}, std::chrono::day{*day}};
    if (!made.ok()) return std::nullopt;
    return made;
}

unsigned month_of(date day) noexcept {
    return static_cast<unsigned>(day.month());
}

unsigned day_of(date day) noexcept {
    return static_cast<unsigned>(day.day());
}

}  // namespace

std::optional<date> parse_ccyymmdd(std::string_view text) noexcept {
    if (text.size() != 8) return std::nullopt;
    return calendar_date(number(text.substr(0, 4)), number(text.substr(4, 2)), number(text.substr(6, 2)));
}

std::optional<date> parse_yymmdd(std::string_view text) noexcept {
    if (text.size() != 6) return std::nullopt;
    std::optional<unsigned> year = number(text.substr(0, 2));
    if (year) *year += *year < first_short_year_of_1900s ? 2000u : 1900u;
    return calendar_date(year, number(text.substr(2, 2)), number(text.substr(4, 2)));
}

std::optional<date> parse_iso_date(std::string_view text) noexcept {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    return calendar_date(number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8, 2)));
}

std::string format_ccyymmdd(date day) {
    assert(day.ok() && day.year() >= std::chrono::year{0} && day.year() <= std::chrono::year{9999});
    return fmt::format("{:04}{:02}{:02}", static_cast<int>(day.year()), month_of(day), day_of(day));
}

std::string format_yymmdd(date day) {
    assert(day.ok() && day.year() >= std::chrono::year{0} && day.year() <= std::chrono::year{9999});
    return fmt::format("{:02}{:02}{:02}", static_cast<int>(day.year()) % 100, month_of(day), day_of(day));
}

std::string format_iso_date(date day) {
    assert(day.ok() && day.year() >= std::chrono::year{0} && day.year() <= std::chrono::year{9999});
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), month_of(day), day_of(day));
}

date add_days(date day, int days) noexcept {
    return date{std::chrono::sys_days{day} + std::chrono::days{days}};
}

int days_between(date from, date to) noexcept {
    return static_cast<int>((std::chrono::sys_days{to} - std::chrono::sys_days{from}).count());
}

}  // namespace brygga
