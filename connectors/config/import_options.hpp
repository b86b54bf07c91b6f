// How lines of the customer system and of operators are imported for a company.
#pragma once

#include "connectors/config/settings.hpp"
#include "mapping/ledger/json_lines.hpp"

namespace brygga::config {

// As it has agreed with its banks; the source is the caller's.
[[nodiscard]] ledger::import_options import_options_of(const tenant& who, date today);

}  // namespace brygga::config
