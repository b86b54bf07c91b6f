#include "mapping/ledger/invoice_runs.hpp"

#include <array>

namespace brygga::ledger {

namespace {

constexpr std::array<std::string_view, 5> kind_names = {"ORDINARY", "CONNECTION", "SUMMER", "FINAL", "CORRECTION"};
constexpr std::array<std::string_view, 3> run_state_names = {"receiving", "received", "closed"};
constexpr std::array<std::string_view, 8> delivery_state_names = {
    "planned", "held", "queued", "accepted_by_distributor", "accepted_by_bank", "delivered", "rejected", "withdrawn"};

template <class Enum, std::size_t count>
std::optional<Enum> parse_name(const std::array<std::string_view, count>& names, std::string_view text) noexcept {
    for (std::size_t i = 0; i != count; ++i)
        if (names[i] == text) return static_cast<Enum>(i);
    return std::nullopt;
}

}  // namespace

std::string_view name(run_kind kind) noexcept {
    return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<run_kind> parse_run_kind(std::string_view text) noexcept {
    return parse_name<run_kind>(kind_names, text);
}

std::string_view name(run_state state) noexcept {
    return run_state_names[static_cast<std::size_t>(state)];
}

std::string_view name(delivery_state state) noexcept {
    return delivery_state_names[static_cast<std::size_t>(state)];
}

std::optional<delivery_state> parse_delivery_state(std::string_view text) noexcept {
    return parse_name<delivery_state>(delivery_state_names, text);
}

}  // namespace brygga::ledger
