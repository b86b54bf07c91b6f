// Advances that nothing has been invoiced against for long (BILL-R27).
#pragma once

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::payouts {

// Each is the matter "advance-idle", once for what is free of it: a person asks the customer, and for the payout.
[[nodiscard]] result<void> offer_idle_advances(date today, int max_days, ledger::transaction& into);

}  // namespace brygga::payouts
