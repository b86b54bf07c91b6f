// Approved payouts to accounts as pain.001 (supplier-payments.md 3.4).
#pragma once

#include <string>

#include "formats/core/result.hpp"
#include "formats/iso20022/pain/writer.hpp"
#include "mapping/ledger/store.hpp"
#include "mapping/outbound/payout_choice.hpp"

namespace brygga::outbound {

struct credit_transfer_terms {
    pain::batch head;  // without message_id, created and payments
    pain::bank_profile profile;
    ledger::timestamp_ms now{};  // of the message, kept in it
    date pays{};                 // ReqdExctnDt, a bank day
};

// The message id is made of the outgoing file's own, so that no other batch has it (P1-R03). What the rules hold is sent back to
// its draft.
[[nodiscard]] result<payout_file> prepare_credit_transfers(const credit_transfer_terms& terms, const payout_limits& limits,
                                                           ledger::row_id outgoing_id, ledger::transaction& into);

}  // namespace brygga::outbound
