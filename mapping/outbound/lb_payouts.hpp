// Approved payouts to accounts, bankgiro and plusgiro as Leverantörsbetalningar (supplier-payments.md 3.1), for banks that still
// take it. Never money orders.
#pragma once

#include <string>

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"
#include "mapping/outbound/payout_choice.hpp"

namespace brygga::outbound {

struct lb_terms {
    std::string bankgiro;  // that pays, 7 or 8 digits
    date today{};
    date pays{};  // a bank day; account deposits must be at Bankgirot two bank days before
};

// Unsealed. What the rules hold is sent back to its draft.
[[nodiscard]] result<payout_file> prepare_lb_payouts(const lb_terms& terms, const payout_limits& limits,
                                                     ledger::row_id outgoing_id, ledger::transaction& into);

}  // namespace brygga::outbound
