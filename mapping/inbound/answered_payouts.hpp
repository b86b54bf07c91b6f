// What a pain.002 says of the payouts of the order that it answers (iso20022-incoming.md section 7). Codes only: the bank's words
// may name persons and accounts.
#pragma once

#include "formats/core/result.hpp"
#include "formats/iso20022/pain/status_report.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

// Accepted, executed (on the day for which it was ordered) or rejected, each by its own status, else by that of its group or of
// the order. What the answer says of payments that are none of the order's is the matter "unknown-payout-answered". An order
// without payouts is another system's, and nothing is done.
[[nodiscard]] result<void> answer_payouts(const pain::status_report& report, const ledger::outgoing_item& order,
                                          ledger::row_id file_id, ledger::transaction& into, outcome_counts& counts);

}  // namespace brygga::inbound
