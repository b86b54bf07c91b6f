#include "formats/core/swedish_time.hpp"

namespace brygga {

namespace {

using std::chrono::hours;
using moment = std::chrono::sys_time<std::chrono::milliseconds>;

moment last_sunday_at_one(std::chrono::year year, std::chrono::month month) {
    return std::chrono::sys_days(year / month / std::chrono::Sunday[std::chrono::last]) + hours(1);
}

}  // namespace

moment in_sweden(moment utc) {
    const auto year = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(utc)).year();
    const bool summer =
        utc >= last_sunday_at_one(year, std::chrono::March) && utc < last_sunday_at_one(year, std::chrono::October);
    return utc + hours(summer ? 2 : 1);
}

}  // namespace brygga
