// The letters of invoice runs on their way to the print service (billing-rules.md 2.2, step 4; print-batch.md): drawn when
// e-invoices are over, and sent in batches; those of protected persons in batches of their own, where the print service encloses
// them.
#pragma once

#include <cstdint>

#include "connectors/dispatch/dispatch.hpp"

namespace brygga::dispatch {

struct made_batches {
    std::uint64_t batches{}, documents{};  // queued
    std::uint64_t held{};                  // letters that cannot be drawn or batched, for a person
    std::uint64_t waiting{};               // for the answers to e-invoices, or for the rest of their run
    std::uint64_t stopped{};               // documents of batches with too many faults: a person must look
};

// What is due now, beside what the pipeline does by itself. The tenant has [tenant.print].
[[nodiscard]] made_batches make_batches_now(const config::settings& with, const config::tenant& who, ledger::store& books,
                                            const options& how, dispatch_report& into);

}  // namespace brygga::dispatch
