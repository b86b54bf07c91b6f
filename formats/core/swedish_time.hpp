// The clock in Sweden. C++20's time zones are not in our compilers.
#pragma once

#include <chrono>

namespace brygga {

// What the clock shows at this moment, as if it were UTC: Central European Time, one hour more from the last Sunday of March to
// the last Sunday of October, 01:00 UTC each (in force since 1996).
[[nodiscard]] std::chrono::sys_time<std::chrono::milliseconds> in_sweden(std::chrono::sys_time<std::chrono::milliseconds> utc);

}  // namespace brygga
