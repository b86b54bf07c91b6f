// All tables of the configuration.
#pragma once

#include "connectors/config/detail/table_reader.hpp"
#include "connectors/config/settings.hpp"

namespace brygga::config::detail {

// Faults go to `of`.
[[nodiscard]] settings read_settings(const toml::table& root, reading& of);

}  // namespace brygga::config::detail
