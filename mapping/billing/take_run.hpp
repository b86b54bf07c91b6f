// An invoice run into the books, and each of its documents onto its way (billing-rules.md 2.2, steps 1 and 2).
#pragma once

#include <istream>
#include <span>
#include <string>

#include "mapping/billing/run_check.hpp"
#include "mapping/ledger/json_lines.hpp"

namespace brygga::billing {

struct run_outcome {
    ledger::row_id run_id{};
    bool was_there = false;        // whole, before: nothing was done (BILL-R02)
    ledger::import_report report;  // of its lines, the manifest not counted; what stops a document is told as a warning there
};

// Who lets the run begin before its turn (BILL-R03); empty: it is its turn.
struct begun_by {
    std::string actor, reason;
};

// Books the lines of a run that check_run() found right, in several transactions; a run that stopped half-way goes on where it
// was. Nothing of it leaves before all of it is there. Errors: conflict where the key is another file's (BILL-R02), those of the
// store and the stream.
[[nodiscard]] result<run_outcome> take_run(std::istream& lines, const checked_run& checked,
                                           const ledger::transaction_source& begin, ledger::import_options options,
                                           const begun_by& person, const run_terms& terms);

// BILL-R03: of the companies that come before, the first whose run of this month is not closed or has not come.
[[nodiscard]] result<std::optional<std::string>> first_open_before(ledger::store& books, std::span<const std::string> companies,
                                                                   date month);

}  // namespace brygga::billing
