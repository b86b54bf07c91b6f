#include "mapping/ledger/mandate_changes.hpp"

#include <utility>

namespace brygga::ledger {

result<std::optional<mandate_item>> carried_out_since(const mandate& of, timestamp_ms moment, direct_debit_rows& in) {
    std::optional<mandate_item> none;
    if (of.is_change) return none;
    auto change = in.change_with_number(of.bankgiro, of.payer_number);
    if (!change) return tl::unexpected(std::move(change.error()));
    const bool is_meant = *change && (*change)->newest.state == mandate_state::active && (*change)->newest_at >= moment;
    return is_meant ? std::move(*change) : none;
}

}  // namespace brygga::ledger
