#include "mapping/claims/allocation.hpp"

#include <algorithm>

namespace brygga::claims {

allocation allocate(std::int64_t amount_ore, std::span<const class_amounts> owed, const allocation_order& order) {
    allocation out{std::vector<class_amounts>(owed.size()), amount_ore};
    const auto pay = [&](std::size_t claim, debt_class of) {
        const auto at = static_cast<std::size_t>(of);
        const std::int64_t ore = std::clamp<std::int64_t>(owed[claim][at], 0, out.left_ore);
        out.paid[claim][at] = ore;
        out.left_ore -= ore;
    };
    if (order.scope == allocation_scope::invoice_first) {
        for (std::size_t claim = 0; claim != owed.size(); ++claim)
            for (const debt_class each : order.classes)
                pay(claim, each);
    } else {
        for (const debt_class each : order.classes)
            for (std::size_t claim = 0; claim != owed.size(); ++claim)
                pay(claim, each);
    }
    return out;
}

}  // namespace brygga::claims
