#include "formats/convert/detail/swedish_clock.hpp"

#include <chrono>

#include <fmt/format.h>

#include "formats/core/date.hpp"
#include "formats/core/swedish_time.hpp"

namespace brygga::convert::detail {

std::optional<std::string> bgmax_timestamp(std::string_view moment) {
    const auto written = parse_moment(moment);
    if (!written) return std::nullopt;
    std::chrono::sys_time<std::chrono::milliseconds> at = written->clock;
    if (written->ahead_of_utc == std::chrono::minutes(0)) at = in_sweden(at);
    const auto whole_day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss time(at - whole_day);
    return fmt::format("{}{:02}{:02}{:02}000000", format_ccyymmdd(std::chrono::year_month_day(whole_day)), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

}  // namespace brygga::convert::detail
