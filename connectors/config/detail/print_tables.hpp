// [tenant.letters], [tenant.print] and [tenant.protected].
#pragma once

#include "connectors/config/detail/table_reader.hpp"
#include "connectors/config/settings.hpp"

namespace brygga::config::detail {

[[nodiscard]] letter_settings read_letters(table_reader& of);

// `who` has its partners and [tenant.invoices], whose documents go this way then.
[[nodiscard]] print_settings read_print(table_reader& of, tenant& who);

// After [tenant.print].
[[nodiscard]] protected_settings read_protected(table_reader& of, tenant& who);

}  // namespace brygga::config::detail
