// The calendar day in Sweden at a moment, for "today" of rules. C++20's time zones are not in our compilers.
#pragma once

#include "formats/core/date.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::intake {

// Central European Time, one hour more from the last Sunday of March to the last Sunday of October, 01:00 UTC each
// (in force since 1996).
[[nodiscard]] date swedish_day(ledger::timestamp_ms at);

// 2026-03-02T15:30:05Z
[[nodiscard]] std::string utc_text(ledger::timestamp_ms at);

}  // namespace brygga::intake
