#include "mapping/ledger/print_batches.hpp"

#include <array>

namespace brygga::ledger {

namespace {

constexpr std::array<std::string_view, 4> end_names = {"applied", "parked", "refused", "settled"};
constexpr std::array<std::string_view, 2> address_names = {"SUSPECT", "CONFIRMED"};

}  // namespace

std::string_view name(receipt_end code) noexcept {
    return end_names[static_cast<std::size_t>(code)];
}

std::string_view name(address_state code) noexcept {
    return address_names[static_cast<std::size_t>(code)];
}

}  // namespace brygga::ledger
