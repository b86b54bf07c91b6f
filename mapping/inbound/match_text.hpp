// Matching by what the payer wrote in free text.
#pragma once

#include <cstdint>

#include "mapping/inbound/matching.hpp"

namespace brygga::inbound {

// The open invoices that the text names: one is paid, several are paid when they are open for exactly the payment. Else the
// payment is suspended. Returns what is left of the amount, of which invoices[0]'s customer has the surplus.
[[nodiscard]] result<std::int64_t> match_by_text(const ledger::payment& item, const match_rules& rules, ledger::transaction& from,
                                                 settlement& into);

}  // namespace brygga::inbound
