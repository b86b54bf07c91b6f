// What a company has decided about paying customers back (supplier-payments.md sections 1 and 4, billing-rules.md section 4).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "formats/core/date.hpp"
#include "mapping/ledger/payouts.hpp"

namespace brygga::payouts {

struct payout_terms {
    date today{};
    // How money goes to an account: credit_transfer, supplier_payment, or none.
    ledger::payout_route to_accounts = ledger::payout_route::none;
    bool by_civic_number = false;             // SUS, with Swedbank's register of accounts (BILL-R26)
    std::int64_t direct_debit_up_to_ore = 0;  // Autogiro TK32 up to this, for payers with a mandate; 0: never
    std::int64_t two_persons_above_ore = 0;   // RF-R02: up to this, who asks may approve
    int changed_account_days = 30;            // RF-R02
    int advance_max_days = 120;               // BILL-R27
    std::vector<std::string> collecting;      // our bankgiro numbers that collect by Autogiro: TK32 goes to payers of these
};

}  // namespace brygga::payouts
