// The letters of invoice runs at the desk of the print service. Internal.
#pragma once

#include "connectors/dispatch/detail/desk.hpp"
#include "connectors/dispatch/print_batches.hpp"

namespace brygga::dispatch::detail {

// Those that are planned and may leave now.
made_batches make_due_batches(const desk& on, config::run_mode mode);

}  // namespace brygga::dispatch::detail
