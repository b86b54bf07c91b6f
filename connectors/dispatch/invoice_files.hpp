// The documents of invoice runs on their way to the operators: each is a file, queued in the transaction that notes it,
// e-invoices at once and the others when step 4 of the run is over (billing-rules.md 2.2; mapping/outbound/invoice_delivery.hpp).
#pragma once

#include <cstdint>

#include "connectors/dispatch/made_file.hpp"

namespace brygga::dispatch {

struct made_invoices {
    std::uint64_t queued{};
    std::uint64_t held{};     // what our own rules refuse, for a person
    std::uint64_t went_on{};  // to the next channel
    std::uint64_t waiting{};  // for the answers to e-invoices, or for the rest of their run
};

// What is due now, at all operators, beside what the pipeline does by itself. The tenant has [tenant.invoices].
[[nodiscard]] made_invoices make_invoices_now(const config::settings& with, const config::tenant& who, ledger::store& books,
                                              const options& how, dispatch_report& into);

}  // namespace brygga::dispatch
