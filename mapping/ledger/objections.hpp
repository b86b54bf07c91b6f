// Objections (invändningar) of customers to what is claimed of them: to an invoice, or to one of its parts, which is a claim of
// its own (BILL-R34; claims-process.md sections 7 and 11). What became of one is its newest row. While an objection waits for its
// answer, or was upheld and the credit note has not come, nothing is done to collect what it is about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

enum class objection_state : std::uint8_t {
    raised,         // waits for an answer
    upheld,         // the claim falls: a credit note follows
    partly_upheld,  // of the claim stands what a credit note leaves
    rejected,       // the claim stands
};
[[nodiscard]] std::string_view name(objection_state state) noexcept;
[[nodiscard]] std::optional<objection_state> parse_objection_state(std::string_view text) noexcept;

struct objection {
    row_id invoice_id{};
    std::uint16_t part_no{};  // 0: to the whole invoice
    objection_state state{};
    std::string actor, reason;
    row_id id{};
    timestamp_ms recorded_at{};
};

}  // namespace brygga::ledger
