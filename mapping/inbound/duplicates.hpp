// What the duplicate rules of all formats share (BGMAX-R60 to R63, CAMT-R20 and R22).
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "formats/core/date.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

inline constexpr std::string_view no_deposit_serial = "00000";  // what is written where the bank gives no number

// How far back the bank's number of a payment is compared. 29 February goes to the 28th.
[[nodiscard]] inline date two_years_before(date day) {
    const date before = day - std::chrono::years{2};
    return before.ok() ? before : before.year() / before.month() / std::chrono::day{28};
}

// What a finding says it expected.
[[nodiscard]] inline std::string seen_before(const ledger::known_payment& known) {
    return fmt::format("not imported before; payment {} of {} came by {}", ledger::format_id(known.id),
                       format_iso_date(known.value_date), known.source);
}

}  // namespace brygga::inbound
