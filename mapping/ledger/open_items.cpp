#include "mapping/ledger/open_items.hpp"

#include <algorithm>

namespace brygga::ledger {

bool open_invoice::is_disputed() const noexcept {
    return std::any_of(parts.begin(), parts.end(), [](const open_part& each) { return each.is_disputed; });
}

open_invoice open_invoice::undisputed() const {
    open_invoice out = *this;
    std::erase_if(out.parts, [](const open_part& each) { return each.is_disputed; });
    return out;
}

}  // namespace brygga::ledger
