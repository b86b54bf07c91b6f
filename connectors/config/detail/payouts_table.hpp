// [tenant.payouts] and what is below it.
#pragma once

#include "connectors/config/detail/table_reader.hpp"
#include "connectors/config/settings.hpp"

namespace brygga::config::detail {

// `who` has its partners and mandates' agreement already.
[[nodiscard]] payout_settings read_payouts(table_reader& of, const tenant& who);

}  // namespace brygga::config::detail
