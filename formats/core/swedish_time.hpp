// The clock in Sweden. C++20's time zones are not in our compilers.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace brygga {

// What the clock shows at this moment, as if it were UTC: Central European Time, one hour more from the last Sunday of March to
// the last Sunday of October, 01:00 UTC each (in force since 1996).
[[nodiscard]] std::chrono::sys_time<std::chrono::milliseconds> in_sweden(std::chrono::sys_time<std::chrono::milliseconds> utc);

// When this day begins in Sweden.
[[nodiscard]] std::chrono::sys_time<std::chrono::milliseconds> swedish_midnight(std::chrono::sys_days day);

// A moment as XML writes it (xs:dateTime), "2026-03-02T16:30:05.123+01:00". Parts of a second are left out.
struct written_moment {
    std::chrono::sys_seconds clock;                    // its digits, as if they were UTC
    std::optional<std::chrono::minutes> ahead_of_utc;  // 0 for Z; nothing where no offset is stated
};
// Nothing for text that does not begin with a day and a clock that are real, nor for the years 0000 and 9999, whose neighbours
// have no four digits.
[[nodiscard]] std::optional<written_moment> parse_moment(std::string_view text) noexcept;

}  // namespace brygga
