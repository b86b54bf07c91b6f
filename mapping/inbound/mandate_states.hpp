// What Bankgirot's word makes of a mandate (autogiro.md section 6 with the code tables 5.4 and 5.5).
#pragma once

#include <optional>
#include <string_view>

#include "mapping/ledger/direct_debit.hpp"

namespace brygga::inbound {

struct mandate_verdict {
    std::optional<ledger::mandate_state> next;  // nothing: it stays what it was
    std::string_view matter;                    // kind of what a person must see to; empty for nothing
};

// What we want of a mandate outweighs older answers: while its cancellation is asked for, only an answer to that, a rejection or
// an end that others made changes it; and what was cancelled at our wish is not active again by a late approval.

// A mandate advice (TK73). `now` is nothing for a mandate that nobody here knew of.
[[nodiscard]] mandate_verdict after_advice(const ledger::mandate_event* now, std::string_view information,
                                           std::string_view comment);

// An entry of the mandate register of this day: `approved` or under enquiry, `stopped` by the payer (old layout).
[[nodiscard]] mandate_verdict after_register(const ledger::mandate_event* now, bool approved, bool stopped, date day);

// A mandate of ours that stands in the ledger and not in the register of this day.
[[nodiscard]] mandate_verdict after_absence(const ledger::mandate_event& now, date day);

}  // namespace brygga::inbound
