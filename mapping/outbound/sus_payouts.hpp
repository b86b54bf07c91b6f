// Approved payouts by civic number as a SUS file (supplier-payments.md 3.3): the account is the one that Swedbank's register has
// for the person, or a notice goes out.
#pragma once

#include "formats/bankgirot/sus/writer.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"
#include "mapping/outbound/payout_choice.hpp"

namespace brygga::outbound {

// `under` without payment_day. What the rules hold is sent back to its draft.
[[nodiscard]] result<payout_file> prepare_sus_payouts(sus::agreement under, date pays, const payout_limits& limits,
                                                      ledger::row_id outgoing_id, ledger::transaction& into);

}  // namespace brygga::outbound
