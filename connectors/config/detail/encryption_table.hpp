// The table [encryption] of the configuration (connectors/encryption/key.hpp).
#pragma once

#include "connectors/config/detail/table_reader.hpp"
#include "connectors/encryption/key.hpp"

namespace brygga::config::detail {

void read_encryption(table_reader& of, encryption::key_settings& into);

}  // namespace brygga::config::detail
