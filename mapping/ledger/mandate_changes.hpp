// What changes of account have made of their mandates.
#pragma once

#include <optional>

#include "mapping/ledger/direct_debit.hpp"

namespace brygga::ledger {

// The change of this mandate that Bankgirot has carried out at that moment or later; its newest event has account and identity.
[[nodiscard]] result<std::optional<mandate_item>> carried_out_since(const mandate& of, timestamp_ms moment,
                                                                    direct_debit_rows& in);

}  // namespace brygga::ledger
