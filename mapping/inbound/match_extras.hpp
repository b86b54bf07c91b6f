// Matching by extra references (TK22/TK23; bgmax.md section 6).
#pragma once

#include "mapping/inbound/matching.hpp"

namespace brygga::inbound {

// With part amounts each part goes exactly where it says, and only a part whose reference is unknown waits in suspense; a
// negative part uses a credit. With zero amounts all is paid when the open balances of exactly the listed invoices add up to the
// payment, else all waits. The parts add up to the payment: who does not know that (BGMAX-R46) suspends it instead.
[[nodiscard]] result<void> match_extras(const ledger::payment& item, const match_rules& rules, ledger::transaction& from,
                                        settlement& into);

}  // namespace brygga::inbound
