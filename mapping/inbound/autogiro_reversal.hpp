// Payments that the payer has taken back (TK77): the entry that had booked the payment is reversed, so that what it had paid is
// open again.
#pragma once

#include <string_view>

#include "mapping/inbound/autogiro_mandates.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

class payment_reversal {
 public:
    payment_reversal(ledger::transaction& into, const ledger::exchanged_file& file, ledger::row_id batch_id,
                     outcome_counts& counts)
        : into_(into), file_(file), batch_id_(batch_id), counts_(counts) {}

    // Adds `row` (a deduction, which gets its id) and the entry that reverses the payment of this collection, and lets a person
    // know. False when there is nothing to reverse, or it cannot be: an advance that has been used. Nothing is written then.
    [[nodiscard]] result<bool> reverse(ledger::payment& row, const ledger::collection_item& collection,
                                       std::string_view refund_code, logical_result& told);

 private:
    [[nodiscard]] result<std::optional<ledger::entry>> entry_of(ledger::row_id payment_id, const ledger::payment& row);

    ledger::transaction& into_;
    const ledger::exchanged_file& file_;
    ledger::row_id batch_id_;
    outcome_counts& counts_;
};

}  // namespace brygga::inbound
