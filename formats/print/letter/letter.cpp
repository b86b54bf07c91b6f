#include "formats/print/letter/letter.hpp"

namespace brygga::print {

std::int64_t sum_of(const charge_group& group) {
    std::int64_t out = 0;
    for (const charge_row& each : group.rows)
        out += each.amount_ore;
    return out;
}

std::int64_t total_of(const letter& item) {
    std::int64_t out = item.rounding_ore;
    for (const charge_group& each : item.groups)
        out += sum_of(each);
    return out;
}

}  // namespace brygga::print
