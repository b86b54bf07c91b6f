// What an invoice of a run must be by itself and beside the others before it is sent (billing-rules.md 2.5). It is in the books
// already: what stops it keeps it from the customer until a person has decided.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mapping/billing/terms.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::billing {

struct document_finding {
    std::string_view rule;
    bool stops = false;   // C in the specification; else it is told
    std::string pointer;  // as the import has it, "/lines/2/fee"
    std::string text;     // without personal data
};

// BILL-R10 to R14, R16, R28.
[[nodiscard]] result<std::vector<document_finding>> judge(const ledger::invoice& item, const ledger::invoice_run& run,
                                                          const run_terms& terms, ledger::transaction& in);

}  // namespace brygga::billing
