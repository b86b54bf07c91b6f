#include "mapping/ledger/mandate_changes.hpp"

namespace brygga::ledger {

result<std::optional<mandate_item>> carried_out_since(const mandate& of, timestamp_ms moment, direct_debit_rows& in) {
    if (of.is_change) return std::optional<mandate_item>();
    auto change = in.change_with_number(of.bankgiro, of.payer_number);
    if (!change || !*change) return change;
    if ((*change)->newest.state != mandate_state::active || (*change)->newest_at < moment) change->reset();
    return change;
}

}  // namespace brygga::ledger
