// The table [tenant.einvoice] of the configuration.
#pragma once

#include "connectors/config/detail/table_reader.hpp"
#include "connectors/config/settings.hpp"

namespace brygga::config::detail {

[[nodiscard]] einvoice_agreement read_einvoice(table_reader& of);

}  // namespace brygga::config::detail
