// Swedish bank days (bankdagar) as Bankgirot defines them (references.md section 5): not Saturdays, Sundays, 1 January,
// 6 January, Good Friday, Easter Monday, 1 May, Ascension Day, 6 June, Midsummer Eve, 24, 25, 26 and 31 December. Until 2004
// 6 June was a bank day and Whit Monday was not. Dates must exist (date.ok()); the rules hold for the Gregorian calendar and
// were compared with an independent library for 2006-2099.
#pragma once

#include "formats/core/date.hpp"

namespace brygga {

[[nodiscard]] date easter_sunday(std::chrono::year year) noexcept;

[[nodiscard]] bool is_bank_day(date day) noexcept;

// The first bank day after `day`, or `day` itself where it is one and `inclusive` is true.
[[nodiscard]] date next_bank_day(date day, bool inclusive) noexcept;
// The last bank day before `day`, or `day` itself where it is one and `inclusive` is true.
[[nodiscard]] date previous_bank_day(date day, bool inclusive) noexcept;

// The count-th bank day after `day`; before it where count is negative. Count 0 is next_bank_day(day, true).
[[nodiscard]] date add_bank_days(date day, int count) noexcept;

}  // namespace brygga
