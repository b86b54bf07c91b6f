#include "connectors/intake/swedish_day.hpp"

#include <chrono>

#include <fmt/format.h>

namespace brygga::intake {

namespace {

using std::chrono::floor;
using std::chrono::hours;
using std::chrono::milliseconds;
using moment = std::chrono::sys_time<milliseconds>;

moment moment_of(ledger::timestamp_ms at) {
    return moment(milliseconds(at));
}

moment last_sunday_at_one(std::chrono::year year, std::chrono::month month) {
    return std::chrono::sys_days(year / month / std::chrono::Sunday[std::chrono::last]) + hours(1);
}

}  // namespace

date swedish_day(ledger::timestamp_ms at) {
    const moment when = moment_of(at);
    const auto year = date(floor<std::chrono::days>(when)).year();
    const bool summer =
        when >= last_sunday_at_one(year, std::chrono::March) && when < last_sunday_at_one(year, std::chrono::October);
    return date(floor<std::chrono::days>(when + hours(summer ? 2 : 1)));
}

std::string utc_text(ledger::timestamp_ms at) {
    const moment when = moment_of(at);
    const auto day = floor<std::chrono::days>(when);
    const std::chrono::hh_mm_ss<std::chrono::seconds> time(floor<std::chrono::seconds>(when - day));
    return fmt::format("{}T{:02}:{:02}:{:02}Z", format_iso_date(date(day)), time.hours().count(), time.minutes().count(),
                       time.seconds().count());
}

}  // namespace brygga::intake
