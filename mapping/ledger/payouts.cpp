#include "mapping/ledger/payouts.hpp"

#include <array>

namespace brygga::ledger {

std::string_view name(payee_account_kind kind) noexcept {
    constexpr std::array<std::string_view, 5> names = {"none", "account", "iban", "bankgiro", "plusgiro"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name(payout_route route) noexcept {
    constexpr std::array<std::string_view, 5> names = {"none", "pain.001", "lb", "sus", "autogiro"};
    return names[static_cast<std::size_t>(route)];
}

std::string_view name(payout_state state) noexcept {
    constexpr std::array<std::string_view, 8> names = {"draft",    "approved", "exported", "accepted",
                                                       "executed", "rejected", "returned", "withdrawn"};
    return names[static_cast<std::size_t>(state)];
}

}  // namespace brygga::ledger
