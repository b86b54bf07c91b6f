#include "connectors/intake/swedish_day.hpp"

#include <chrono>

#include <fmt/format.h>

#include "formats/core/swedish_time.hpp"

namespace brygga::intake {

namespace {

using std::chrono::floor;
using std::chrono::milliseconds;
using moment = std::chrono::sys_time<milliseconds>;

moment moment_of(ledger::timestamp_ms at) {
    return moment(milliseconds(at));
}

}  // namespace

date swedish_day(ledger::timestamp_ms at) {
    return date(floor<std::chrono::days>(in_sweden(moment_of(at))));
}

std::string utc_text(ledger::timestamp_ms at) {
    const moment when = moment_of(at);
    const auto day = floor<std::chrono::days>(when);
    const std::chrono::hh_mm_ss<std::chrono::seconds> time(floor<std::chrono::seconds>(when - day));
    return fmt::format("{}T{:02}:{:02}:{:02}Z", format_iso_date(date(day)), time.hours().count(), time.minutes().count(),
                       time.seconds().count());
}

}  // namespace brygga::intake
