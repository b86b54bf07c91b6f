// The calendar day in Sweden at a moment, for "today" of rules.
#pragma once

#include "formats/core/date.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::intake {

[[nodiscard]] date swedish_day(ledger::timestamp_ms at);

// 2026-03-02T15:30:05Z
[[nodiscard]] std::string utc_text(ledger::timestamp_ms at);

}  // namespace brygga::intake
