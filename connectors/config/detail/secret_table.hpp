// {file = "..."}, {environment = "..."} or {credential = "..."}: where a secret comes from.
#pragma once

#include <string_view>

#include "connectors/config/detail/table_reader.hpp"
#include "connectors/secrets/secret.hpp"

namespace brygga::config::detail {

// `name` stands for the secret in examples: "bank-password".
void read_secret(table_reader& reader, std::string_view key, secrets::secret_source& into, std::string_view name,
                 const about& what);

}  // namespace brygga::config::detail
