// All pipelines of all companies in one process: the intake whenever a file arrives, each partner by its schedules and whenever
// something is laid into an outbox.
#pragma once

#include <stop_token>

#include "connectors/config/settings.hpp"
#include "connectors/dispatch/dispatch.hpp"
#include "connectors/service/memory.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::service {

// Until a stop is requested: then what is being booked is booked, a transfer is cut, and what is left waits in folders and ledger
// for the next start. One worker takes what arrives, one visits each partner, so that a slow server keeps nobody else. Fails when
// a worker cannot go on; the others are stopped then. What a worker could not do this time is in the log and tried again. `knows`
// has been changed to this configuration. Configuration, store, and what `how` points to must outlive it; the store is used from
// several threads.
[[nodiscard]] result<void> run(const config::settings& with, ledger::store& books, const dispatch::options& how, memory& knows,
                               std::stop_token stop);

}  // namespace brygga::service
