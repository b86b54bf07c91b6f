// What a company has settled about its invoice runs (billing-rules.md sections 2.2 to 2.5).
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "formats/core/date.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::billing {

enum class due_rule : std::uint8_t {
    last_bank_day,  // of the invoice month
    days_after,     // the day of issue, and then the first bank day
};

struct run_terms {
    std::string tenant;  // id of the company
    due_rule due = due_rule::last_bank_day;
    int due_days = 20;                                                // of days_after
    int min_terms_days = 20;                                          // from dispatch to the due date
    std::vector<ledger::channel> offered = {ledger::channel::print};  // in the order of the type
    bool bank_takes_credits = false;  // zero and negative amounts and credit notes by e-invoice (EINV-B05, UNVERIFIED)
    std::chrono::hours einvoice_wait{24};
    int proof_days = 3;  // bank days
    date today{};        // in Sweden
};

// The last bank day of the month of this day (BILL, section 2.4).
[[nodiscard]] date month_due(date in_month);
// BILL-R12.
[[nodiscard]] date due_date(const run_terms& terms, date month, date issued);

}  // namespace brygga::billing
