#include "mapping/ledger/objections.hpp"

#include <array>

namespace brygga::ledger {

namespace {

constexpr std::array<std::string_view, 4> state_names = {"raised", "upheld", "partly-upheld", "rejected"};

}  // namespace

std::string_view name(objection_state state) noexcept {
    return state_names[static_cast<std::size_t>(state)];
}

std::optional<objection_state> parse_objection_state(std::string_view text) noexcept {
    for (std::size_t i = 0; i != state_names.size(); ++i)
        if (state_names[i] == text) return static_cast<objection_state>(i);
    return std::nullopt;
}

}  // namespace brygga::ledger
