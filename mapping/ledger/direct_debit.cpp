#include "mapping/ledger/direct_debit.hpp"

namespace brygga::ledger {

std::string_view name(mandate_state state) noexcept {
    switch (state) {
        case mandate_state::proposed:
            return "proposed";
        case mandate_state::applied:
            return "applied";
        case mandate_state::active:
            return "active";
        case mandate_state::suspended:
            return "suspended";
        case mandate_state::cancelling:
            return "cancelling";
        case mandate_state::rejected:
            return "rejected";
        case mandate_state::cancelled:
            return "cancelled";
    }
    return "unknown";
}

std::string_view name(collection_state state) noexcept {
    switch (state) {
        case collection_state::instructed:
            return "instructed";
        case collection_state::retrying:
            return "retrying";
        case collection_state::executed:
            return "executed";
        case collection_state::failed:
            return "failed";
        case collection_state::rejected:
            return "rejected";
        case collection_state::cancelling:
            return "cancelling";
        case collection_state::cancelled:
            return "cancelled";
    }
    return "unknown";
}

}  // namespace brygga::ledger
