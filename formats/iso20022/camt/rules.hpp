// The numbered rules of camt (iso20022-incoming.md section 4). R20 to R22 need what was imported before: the mapping to the
// ledger evaluates them; the reader tells copies (R20).
#pragma once

#include <cstdint>
#include <span>

#include "formats/core/finding.hpp"

namespace brygga::camt {

// clang-format off
enum class rule : std::uint8_t {
    R01, R02, R03, R04, R05,
    R10, R11, R12, R13, R14, R15, R16,
    R20, R21, R22, R23,
    R30, R31, R32,
};
// clang-format on

[[nodiscard]] std::span<const rule_info> rules() noexcept;
[[nodiscard]] const rule_info& info(rule which) noexcept;

}  // namespace brygga::camt
