// What became of a payout, by the bank's word or a person's (supplier-payments.md section 6). All of these may be told again.
#pragma once

#include <cstdint>
#include <string>

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::payouts {

// Who says it: codes of the bank, the file, batch or payment that holds them, and the bank's own reference of the entry; or a
// person.
struct told_by {
    std::string code;
    ledger::row_id source_id{};
    std::string actor = {}, reason = {};
    std::string bank_reference = {};
};

// The bank will pay it. Nothing is posted; later words stand.
[[nodiscard]] result<void> accepted(const ledger::payout_item& item, const told_by& who, ledger::transaction& into);

// It has moved it to this day, and will pay it then.
[[nodiscard]] result<void> moved(const ledger::payout_item& item, date day, const told_by& who, ledger::transaction& into);

// Paid on this day: off account::payout and off the bank. Of one that is not pending any more nothing is posted: the matter
// "payout-paid-after-all" tells that money left which the customer has again.
[[nodiscard]] result<void> executed(const ledger::payout_item& item, date day, const told_by& who, ledger::transaction& into);

// Not paid: the customer has the credit again, and the matter "payout-rejected" tells why. Of one that was paid only the matter:
// the money has to come back first.
[[nodiscard]] result<void> rejected(const ledger::payout_item& item, const told_by& who, ledger::transaction& into);

// Paid and come back: the bank has the money and the customer the credit again; the matter "payout-returned".
[[nodiscard]] result<void> returned(const ledger::payout_item& item, date day, const told_by& who, ledger::transaction& into);

// Puts what a payout was made of where it came from, and notes the event.
[[nodiscard]] result<void> give_back(const ledger::payout_item& item, ledger::payout_event event, ledger::transaction& into);

}  // namespace brygga::payouts
