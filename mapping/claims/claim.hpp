// Claims: each part of an invoice is one, with its own remaining capital and its own interest (billing-rules.md section 5).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/claims/interest.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::claims {

// What each part of the invoice has borne interest on, day by day, as interest_on() takes it and in the order of the parts. A
// payment lowers it from the day after it was booked at the bank, a credit note of the part from the first day, whatever days
// they were matched on (section 3.3); what was taken back was never there. A part in credit lowers the others, pro rata.
[[nodiscard]] result<std::vector<std::vector<capital_from>>> capital_of(const ledger::open_invoice& invoice,
                                                                        ledger::transaction& in);

struct part_interest {
    ledger::open_part of;
    interest accrued;
};

struct invoice_interest {
    std::vector<part_interest> parts;  // all parts, also those that are paid: their interest stays (CL-R05)
    std::int64_t ore{};                // the sum of what each part has, rounded (BILL-R32)
};

[[nodiscard]] result<invoice_interest> interest_of(const ledger::open_invoice& invoice, date to, const interest_terms& terms,
                                                   const rate_table& rates, ledger::transaction& in);

// What is handed over to the collection agency as one case (section 9).
struct agency_case {
    std::string utility;               // "OV" for a combined invoice
    std::vector<std::uint16_t> debts;  // part numbers: a debt row each
};

// Of the undisputed parts with something left to pay (BILL-R34, BILL-R35): one case for an invoice over several utilities, one
// for each supply point otherwise. None where nothing is owed on the whole.
[[nodiscard]] std::vector<agency_case> agency_cases(const ledger::open_invoice& invoice);

// The parts for which supply may be cut, each in a case of its own with its capital only: no waste, nothing that is disputed.
[[nodiscard]] std::vector<std::uint16_t> parts_to_cut(const ledger::open_invoice& invoice);

}  // namespace brygga::claims
