// The documents of invoice runs at the desk of the operator that takes them. Internal.
#pragma once

#include "connectors/dispatch/detail/desk.hpp"
#include "connectors/dispatch/invoice_files.hpp"

namespace brygga::dispatch::detail {

// Those that are planned and may leave now.
made_invoices make_due_invoices(const desk& on);

}  // namespace brygga::dispatch::detail
