// The table [tenant.autogiro] of the configuration.
#pragma once

#include "connectors/config/detail/table_reader.hpp"
#include "connectors/config/settings.hpp"

namespace brygga::config::detail {

// After the bankgiro numbers and partners of the tenant.
[[nodiscard]] autogiro_agreement read_autogiro(table_reader& of, const tenant& who);

}  // namespace brygga::config::detail
