#include "mapping/ledger/registrations.hpp"

#include <array>

namespace brygga::ledger {

namespace {

constexpr std::array<std::string_view, 4> kind_names = {"registered", "from-payment", "cancelled", "autogiro"};
constexpr std::array<std::string_view, 3> state_names = {"matched", "waiting", "ignored"};

}  // namespace

std::string_view name(registration_kind kind) noexcept {
    return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<registration_kind> parse_registration_kind(std::string_view text) noexcept {
    for (std::size_t i = 0; i != kind_names.size(); ++i)
        if (kind_names[i] == text) return static_cast<registration_kind>(i);
    return std::nullopt;
}

std::string_view name(registration_state state) noexcept {
    return state_names[static_cast<std::size_t>(state)];
}

// A cancellation ends only what is active at its place: one of another bank than the latest is overtaken.
std::optional<std::string> active_receiver(std::span<const registration_item> of_customer, date day) {
    std::optional<std::string> out;
    for (const registration_item& each : of_customer) {
        if (each.newest.state != registration_state::matched || each.row.day > day) continue;
        if (each.row.kind == registration_kind::registered || each.row.kind == registration_kind::from_payment)
            out = each.row.receiver;
        else if (each.row.kind == registration_kind::cancelled && out == each.row.receiver)
            out.reset();
    }
    return out;
}

}  // namespace brygga::ledger
