#include "formats/core/bank_days.hpp"

namespace brygga {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::weekday;

constexpr std::chrono::year first_year_of_the_present_rule{2005};

bool fixed_closing(unsigned month, unsigned day) noexcept {
    switch (month) {
        case 1:
            return day == 1 || day == 6;
        case 5:
            return day == 1;
        case 12:
            return day == 24 || day == 25 || day == 26 || day == 31;
        default:
            return false;
    }
}

bool movable_closing(date day) noexcept {
    const auto after_easter = (sys_days{day} - sys_days{easter_sunday(day.year())}).count();
    const bool whit_monday_closed = day.year() < first_year_of_the_present_rule;
    return after_easter == -2 || after_easter == 1 || after_easter == 39 || (whit_monday_closed && after_easter == 50);
}

bool is_midsummer_eve(unsigned month, unsigned day, weekday day_of_week) noexcept {
    return month == 6 && day >= 19 && day <= 25 && day_of_week == std::chrono::Friday;
}

date step_to_bank_day(date day, days step, bool inclusive) noexcept {
    sys_days at{day};
    if (!inclusive) at += step;
    while (!is_bank_day(date{at}))
        at += step;
    return date{at};
}

}  // namespace

// The anonymous Gregorian algorithm, with the letters of the specification page.
date easter_sunday(std::chrono::year year) noexcept {
    const int y = static_cast<int>(year);
    const int a = y % 19;
    const int b = y / 100;
    const int c = y % 100;
    const int d = b / 4;
    const int e = b % 4;
    const int f = (b + 8) / 25;
    const int g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4;
    const int k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return {year, std::chrono::month{static_cast<unsigned>(n / 31)}, std::chrono::day{static_cast<unsigned>(n % 31 + 1)}};
}

bool is_bank_day(date day) noexcept {
    const weekday day_of_week{sys_days{day}};
    if (day_of_week == std::chrono::Saturday || day_of_week == std::chrono::Sunday) return false;
    const auto month = static_cast<unsigned>(day.month());
    const auto day_of_month = static_cast<unsigned>(day.day());
    if (fixed_closing(month, day_of_month)) return false;
    if (month == 6 && day_of_month == 6) return day.year() < first_year_of_the_present_rule;
    return !is_midsummer_eve(month, day_of_month, day_of_week) && !movable_closing(day);
}

date next_bank_day(date day, bool inclusive) noexcept {
    return step_to_bank_day(day, days{1}, inclusive);
}

date previous_bank_day(date day, bool inclusive) noexcept {
    return step_to_bank_day(day, days{-1}, inclusive);
}

date add_bank_days(date day, int count) noexcept {
    if (count == 0) return next_bank_day(day, true);
    for (; count > 0; --count)
        day = next_bank_day(day, false);
    for (; count < 0; ++count)
        day = previous_bank_day(day, false);
    return day;
}

}  // namespace brygga
