// The numbered rules of SUS (supplier-payments.md section 4): its own, and those of LB that hold for its records of 180 columns
// too.
#pragma once

#include <cstdint>
#include <span>

#include "formats/core/finding.hpp"

namespace brygga::sus {

enum class rule : std::uint8_t {
    R01,
    R02,
    R03,
    R04,
    LB_R01,
    LB_R07,
    LB_R12,
    LB_R13,
    LB_R14,
    LB_R15,
    LB_R16,
    LB_R17,
    LB_R18,
    LB_R19,
};

[[nodiscard]] std::span<const rule_info> rules() noexcept;
[[nodiscard]] const rule_info& info(rule which) noexcept;

}  // namespace brygga::sus
