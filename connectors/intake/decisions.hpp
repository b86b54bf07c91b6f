// A person's word on a held section: release it to be booked, or refuse it.
#pragma once

#include <string>
#include <vector>

#include "connectors/intake/intake.hpp"

namespace brygga::intake {

struct section_decision {
    std::string tenant;  // id in the configuration
    std::string file;    // claim id, file id, or the file's name in held/
    inbound::section_key section{};
    std::string actor;   // who decides; stored in the ledger, never logged
    std::string reason;  // why, in the person's words; likewise
    // For a release: deposits that were booked while the section waited and are other money, though they look like the same.
    std::vector<ledger::row_id> other_than;
};

struct decision_outcome {
    std::string claim;
    std::string currency;                    // of the section, when it was released now
    totals booked;                           // what the release brought into the ledger; empty for a refusal
    ledger::file_outcome place{};            // where the file belongs now: still held while other sections wait
    bool repeated = false;                   // the same decision was already in the ledger
    std::vector<routed> routes;              // what of the section was handed on in other formats
    std::vector<std::string> not_handed_on;  // routes whose folder could not be written yet; the next pass tries again
    std::string move_failed;                 // why the file could not be moved yet, empty when it was; the next pass tries again
};

// Decision and booking are one transaction. When no section waits any more the file moves from held/ to archive/ or
// rejected/, with a receipt that tells the decisions; cut off before that, the next pass of an intake does it. Errors:
// not_found (tenant, file or held section), conflict (the other decision was made before, the section cannot be booked, or what
// it brings may have been booked since it was held), invalid_argument (no actor or reason), and what the ledger, the original or
// the mapping says.
[[nodiscard]] result<decision_outcome> release(const config::settings& with, ledger::store& books, const options& how,
                                               const section_decision& what);
[[nodiscard]] result<decision_outcome> refuse(const config::settings& with, ledger::store& books, const options& how,
                                              const section_decision& what);

}  // namespace brygga::intake
