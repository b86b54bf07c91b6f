// Sequence numbers of statements and notifications (CAMT-R21), which only the ledger can compare.
#pragma once

#include <string_view>

#include "formats/core/result.hpp"
#include "mapping/inbound/camt_plan.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

// Records the numbers of each container that is no copy in the batch. A number that another container of the account bears
// holds the sections of the container; one that leaves a gap is a warning. ElctrncSeqNb and LglSeqNb count each for itself; a
// number without a year, or of more than 18 digits, is not looked at. `format` is that of the delivery. Adds its findings to
// plan.ledger_findings.
[[nodiscard]] result<void> compare_numbers(camt_plan& plan, std::string_view bytes, std::string_view format,
                                           ledger::row_id batch_id, ledger::transaction& into);

}  // namespace brygga::inbound
