#include "formats/convert/detail/swedish_clock.hpp"

#include <chrono>

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"
#include "formats/core/date.hpp"
#include "formats/core/swedish_time.hpp"

namespace brygga::convert::detail {

std::optional<std::string> bgmax_timestamp(std::string_view moment) {
    constexpr std::size_t size = 19;
    const std::string_view clock = moment.substr(0, size);
    const auto day = parse_iso_date(moment.substr(0, 10));
    if (!day || clock.size() != size || clock[10] != 'T' || clock[13] != ':' || clock[16] != ':') return std::nullopt;
    const auto two = [&](std::size_t at) { return (clock[at] - '0') * 10 + (clock[at + 1] - '0'); };
    for (const std::size_t at : {11U, 14U, 17U})
        if (!all_digits(clock.substr(at, 2))) return std::nullopt;
    if (two(11) > 23 || two(14) > 59 || two(17) > 59) return std::nullopt;
    std::chrono::sys_time<std::chrono::milliseconds> at =
        std::chrono::sys_days(*day) + std::chrono::hours(two(11)) + std::chrono::minutes(two(14)) + std::chrono::seconds(two(17));
    if (moment.ends_with('Z')) at = in_sweden(at);
    const auto whole_day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss time(at - whole_day);
    return fmt::format("{}{:02}{:02}{:02}000000", format_ccyymmdd(std::chrono::year_month_day(whole_day)), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

}  // namespace brygga::convert::detail
