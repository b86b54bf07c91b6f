#include "mapping/claims/calendar.hpp"

#include <algorithm>

namespace brygga::claims {

namespace {

constexpr int claim_bank_days = 4;
constexpr int days_of_three_weeks = 21;

date plus(date day, int days) {
    return date{std::chrono::sys_days{day} + std::chrono::days{days}};
}

}  // namespace

date roll(date day) {
    return next_bank_day(day, true);
}

date after_days(date anchor, int days) {
    return roll(plus(anchor, days));
}

window_day in_window(date anchor, int min, int max, window_pick pick) {
    const date first = plus(anchor, min), last = plus(anchor, max);
    const date found = pick == window_pick::first ? next_bank_day(first, true) : previous_bank_day(last, true);
    if (found >= first && found <= last) return {found, false};
    return {roll(plus(last, 1)), true};
}

date claim_deadline(date sent, int days, int receipt_bank_days) {
    return std::max(after_days(sent, days), add_bank_days(add_bank_days(sent, receipt_bank_days), claim_bank_days));
}

date three_weeks(date served) {
    return after_days(served, days_of_three_weeks);
}

date cut_day(date last_pay, int booking_grace) {
    date day = std::max(plus(last_pay, 1), add_bank_days(last_pay, booking_grace));
    while (!is_bank_day(day) || !is_bank_day(plus(day, 1)))
        day = plus(day, 1);
    return day;
}

date step_day(date by_policy, date last_pay, int booking_grace) {
    return roll(std::max(by_policy, add_bank_days(last_pay, booking_grace)));
}

}  // namespace brygga::claims
