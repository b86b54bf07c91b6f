// How far an invoice run has come: when print may begin, what waits for an answer too long, and when it is closed
// (billing-rules.md 2.2, steps 4 to 6).
#pragma once

#include <string>
#include <vector>

#include "mapping/billing/terms.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::billing {

// Step 4 is over: all e-invoices are answered, or the wait since the last of them was sent is over; of those that cannot leave,
// the wait since the run was there (BILL-R05).
[[nodiscard]] result<bool> einvoices_are_over(const ledger::run_item& run, const run_terms& terms, ledger::timestamp_ms now,
                                              ledger::transaction& in);

// BILL-R09: sent more than `proof_days` ago, and nobody has told what became of them.
[[nodiscard]] result<std::vector<ledger::run_document_item>> without_proof(ledger::row_id run_id, const run_terms& terms,
                                                                           std::size_t limit, ledger::transaction& in);

// BILL-R06: documents of the run by how they ended.
struct run_ends {
    std::uint64_t documents{};  // as the manifest says
    std::uint64_t accepted{}, delivered_to_mailbox{}, emailed{}, printed{}, forwarded{}, withdrawn{};
    std::uint64_t by_a_person{};  // a person says that the customer has it, by no channel
    std::uint64_t open{};         // planned, held, queued, rejected

    [[nodiscard]] std::uint64_t ended() const noexcept {
        return accepted + delivered_to_mailbox + emailed + printed + forwarded + withdrawn + by_a_person;
    }
};
[[nodiscard]] result<run_ends> ends_of(const ledger::invoice_run& run, ledger::transaction& in);

// Of a run whose documents are not those of its manifest (BILL-R06): kind of the matter that tells a person.
inline constexpr std::string_view run_not_as_manifest = "run-not-as-manifest";

// Every document has one final channel: the run is closed, and what its invoices had reserved of advances and not used is free
// again (BILL-R24). Says whether it is; where documents are open nothing is done, and where they are not those of the manifest a
// person must look: the run stays open.
[[nodiscard]] result<bool> close_if_done(const ledger::run_item& run, ledger::transaction& into);

// All that are done; the keys of those that are closed now.
[[nodiscard]] result<std::vector<std::string>> close_finished_runs(ledger::transaction& into);

}  // namespace brygga::billing
