// Whether the file of an invoice run is what its manifest says, before anything of it is booked (BILL-R01, BILL-R04).
#pragma once

#include <istream>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/billing/terms.hpp"
#include "mapping/ledger/json_lines.hpp"

namespace brygga::billing {

struct checked_run {
    ledger::invoice_run run;                  // with the hash of all bytes; no id
    std::vector<ledger::import_note> faults;  // any: the run is refused whole. At most max_import_notes are kept
    std::uint64_t faults_total{};
};

// Reads the stream to its end. `in` tells the utility of facilities that the file does not hold. Errors: io, those of the store.
[[nodiscard]] result<checked_run> check_run(std::istream& lines, const run_terms& terms, ledger::transaction& in);

}  // namespace brygga::billing
