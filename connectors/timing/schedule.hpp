// When something is due, written as people say it, in Swedish time:
//
//     bankday 17:00                     every bank day (bank_days.hpp)
//     first bankday 08:00, last bankday 09:00
//     daily 06:00 18:30                 every day, two times
//     mon-fri 07:15; sat 10:00          several rules
//     every 15 min                      0, 15, 30, 45 minutes past each hour
//     bankday every 30 min from 07:00 to 18:00
//     */5 7-18 1,15 * *                 cron: minute hour day month weekday (0 and 7 are Sunday)
//
// An hour that the clock skips in March is made up for an hour later; one that it repeats in October counts once.
#pragma once

#include <bitset>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/core/result.hpp"

namespace brygga::timing {

using moment = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC

inline constexpr std::size_t minutes_per_day = 1440;

class schedule {
 public:
    // invalid_argument with the place of what is not understood, or of a rule that may not come for ten years ("0 9 31 2 *").
    [[nodiscard]] static result<schedule> parse(std::string_view text);

    // The first time after `now`. limit_exceeded for a schedule without rules, which was not parsed.
    [[nodiscard]] result<moment> next_after(moment now) const;
    // The last time not after `now`. Errors as above.
    [[nodiscard]] result<moment> latest_until(moment now) const;

    enum class bank_days : std::uint8_t { no_matter, each, first_of_month, last_of_month };

    // One of the rules that ';' divides.
    struct rule {
        bank_days bank = bank_days::no_matter;
        std::bitset<7> weekdays;  // from Sunday
        std::bitset<32> days;     // of the month, from 1
        std::bitset<13> months;   // from 1
        bool either_day = false;  // cron: both weekday and day are given, and one of them is enough
        std::bitset<minutes_per_day> minutes;

        [[nodiscard]] bool falls_on(date day) const;
    };

 private:
    [[nodiscard]] std::vector<moment> moments_on(date day) const;

    std::vector<rule> rules_;
};

}  // namespace brygga::timing
