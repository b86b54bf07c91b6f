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

// A mandate advice (TK73). `now` is nothing for a mandate that nobody here knew of.
[[nodiscard]] mandate_verdict after_advice(std::optional<ledger::mandate_state> now, std::string_view information,
                                           std::string_view comment);

// An entry of the mandate register: `approved` or under enquiry, `stopped` by the payer (old layout).
[[nodiscard]] mandate_verdict after_register(std::optional<ledger::mandate_state> now, bool approved, bool stopped);

}  // namespace brygga::inbound
