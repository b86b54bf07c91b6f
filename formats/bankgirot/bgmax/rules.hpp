// The numbered rules of BgMax (bgmax.md section 4). R60 to R63 need what was imported before: the mapping to the ledger
// evaluates them and adds their findings to the same list.
#pragma once

#include <cstdint>
#include <span>

#include "formats/core/finding.hpp"

namespace brygga::bgmax {

enum class rule : std::uint8_t {
    R01, R02, R03, R04, R05, R06,
    R10, R11, R12, R13, R14,
    R20, R21, R22, R23, R24,
    R30, R31, R32, R33, R34, R35, R36, R37, R38,
    R40, R41, R42, R43, R44, R45, R46, R47,
    R50, R51, R52, R53,
    R60, R61, R62, R63,
};

[[nodiscard]] std::span<const rule_info> rules() noexcept;
[[nodiscard]] const rule_info& info(rule which) noexcept;

}  // namespace brygga::bgmax
