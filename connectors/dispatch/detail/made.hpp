// A file that is made from the ledger, at the desk of its partner. Internal.
#pragma once

#include "connectors/dispatch/detail/desk.hpp"
#include "connectors/dispatch/made_file.hpp"

namespace brygga::dispatch::detail {

[[nodiscard]] made make_at(const desk& on, const made_file& what, const maker& make);

}  // namespace brygga::dispatch::detail
