#include "mapping/ledger/exchange.hpp"

namespace brygga::ledger {

std::string_view name(sending state) noexcept {
    switch (state) {
        case sending::queued:
            return "queued";
        case sending::sending:
            return "sending";
        case sending::uploaded:
            return "uploaded";
        case sending::sent:
            return "sent";
        case sending::failed:
            return "failed";
        case sending::confirmed:
            return "confirmed";
        case sending::rejected:
            return "rejected";
        case sending::closed:
            return "closed";
        case sending::refused:
            return "refused";
        case sending::held:
            return "held";
    }
    return "unknown";
}

}  // namespace brygga::ledger
