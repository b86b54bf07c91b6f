// Matching the use of our own credit notes (TK21, and TK23 within a payment; bgmax.md sections 5.4 and 6).
#pragma once

#include <string_view>

#include "mapping/inbound/matching.hpp"

namespace brygga::inbound {

// A deduction uses the credit note with its reference. After code 0 or 2 nothing of the credit may be left, after code 1
// something must be: else the use stands and `credit-residual-mismatch` is reported. What the credit cannot give, and a
// deduction of an unknown credit note, waits in suspense as a negative amount.
[[nodiscard]] result<void> match_deduction(const ledger::payment& item, const match_rules& rules, ledger::transaction& from,
                                           settlement& into);

// One negative part of a payment: `part.amount_ore` is below zero.
[[nodiscard]] result<void> use_stated_credit(const ledger::payment_reference& part, std::string_view currency,
                                             ledger::transaction& from, settlement& into);

}  // namespace brygga::inbound
