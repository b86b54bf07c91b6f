// The days of the claims process (claims-process.md section 6): local dates in Sweden. A statutory period that ends on a day that
// is no bank day ends on the next one (act 1930:173).
#pragma once

#include "formats/core/bank_days.hpp"

namespace brygga::claims {

// The day, or the next bank day.
[[nodiscard]] date roll(date day);
[[nodiscard]] date after_days(date anchor, int days);  // offset(): rolled

enum class window_pick : std::uint8_t { first, last };

struct window_day {
    date day{};
    bool is_overflow = false;  // no bank day in the window: the first one behind it (CL-R17)
};

// The bank day between `min` and `max` days after the anchor, both counted.
[[nodiscard]] window_day in_window(date anchor, int min, int max, window_pick pick);

// Last day to pay or object of a collection claim (inkassokrav): so many days, and four bank days after it is taken to have come.
[[nodiscard]] date claim_deadline(date sent, int days, int receipt_bank_days);

// Last day to pay of a demand that was served, so many days after: three weeks by law (Ellag 11:3).
[[nodiscard]] date three_weeks(date served);

// The first day on which a cut may be made after the last day to pay: it and the day after are bank days.
[[nodiscard]] date cut_day(date last_pay, int booking_grace);

// A step of the policy, no earlier than the payments of the last day to pay are booked.
[[nodiscard]] date step_day(date by_policy, date last_pay, int booking_grace);

}  // namespace brygga::claims
