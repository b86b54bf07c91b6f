// [tenant.invoices] and what is below it.
#pragma once

#include "connectors/config/detail/table_reader.hpp"
#include "connectors/config/settings.hpp"

namespace brygga::config::detail {

// `who` has its bankgiro numbers and partners already.
[[nodiscard]] invoice_settings read_invoices(table_reader& of, const tenant& who);

}  // namespace brygga::config::detail
