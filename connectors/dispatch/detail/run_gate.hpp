// Whether documents of an invoice run may leave now. Internal.
#pragma once

#include <map>
#include <string>

#include "mapping/billing/terms.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::dispatch::detail {

// Asks the ledger once for each run, for as long as one pass takes.
class run_gate {
 public:
    struct known_run {
        std::string key;
        bool is_received = false;         // all its documents are in the books
        bool einvoices_are_over = false;  // step 4 (billing-rules.md 2.2): what waits for it may leave
    };

    run_gate(ledger::store& books, billing::run_terms terms, ledger::timestamp_ms now)
        : books_(books), terms_(std::move(terms)), now_(now) {}

    [[nodiscard]] result<known_run> run_of(ledger::row_id run_id);

 private:
    ledger::store& books_;
    billing::run_terms terms_;
    ledger::timestamp_ms now_;
    std::map<ledger::row_id, known_run> runs_;
};

}  // namespace brygga::dispatch::detail
