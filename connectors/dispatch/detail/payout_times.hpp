// The files of payouts at the desk of the partner that takes them. Internal.
#pragma once

#include "connectors/dispatch/detail/desk.hpp"

namespace brygga::dispatch::detail {

// Those whose time has come and that are not made yet.
void make_due_payouts(const desk& on);

}  // namespace brygga::dispatch::detail
