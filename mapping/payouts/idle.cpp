#include "mapping/payouts/idle.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace brygga::payouts {

result<void> offer_idle_advances(date today, int max_days, ledger::transaction& into) {
    const date before(std::chrono::sys_days(today) - std::chrono::days(max_days));
    const auto idle = into.idle_advances(before);
    if (!idle) return tl::unexpected(idle.error());
    for (const ledger::open_advance& each : *idle) {
        ledger::matter told;
        told.kind = "advance-idle";
        told.key = fmt::format("{}:{}:{}", told.kind, ledger::format_id(each.row.id), each.free_ore);
        told.subject_id = each.row.id;
        told.customer_id = each.row.customer_id;
        told.detail = nlohmann::json{{"rule", "BILL-R27"},
                                     {"free_ore", each.free_ore},
                                     {"currency", each.row.currency},
                                     {"value_date", format_iso_date(each.row.value_date)}}
                          .dump();
        if (auto added = into.matters().add_matter(told); !added) return added;
    }
    return {};
}

}  // namespace brygga::payouts
