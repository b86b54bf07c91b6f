// The table [retention] of the configuration.
#pragma once

#include "connectors/config/detail/table_reader.hpp"
#include "connectors/config/settings.hpp"

namespace brygga::config::detail {

void read_retention(table_reader& of, run_mode mode, retention_settings& into);

}  // namespace brygga::config::detail
