// What the import of the ledger (mapping/ledger/schema) calls what a layout can say of a customer, facility, invoice, credit note
// or e-invoice registration.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace brygga::layout::language {

enum class ledger_kind : std::uint8_t { text, amount, day, flag };

struct ledger_name {
    std::string_view name;  // "lines.amount_ore": of a line of an invoice
    ledger_kind holds{};
    bool required = false;
};

// Nothing for another type.
[[nodiscard]] std::span<const ledger_name> ledger_names(std::string_view type) noexcept;

}  // namespace brygga::layout::language
