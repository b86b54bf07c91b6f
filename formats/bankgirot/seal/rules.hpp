// The numbered rules of the seal (bankgiro-seal.md section 4).
#pragma once

#include <cstdint>
#include <span>

#include "formats/core/finding.hpp"

namespace brygga::seal {

// R01 is told as the error of key::from_digits, which has no file to point into.
enum class rule : std::uint8_t { R01, R02, R03, R04, R05, R06, R07, R08, R09, R10, R11, R12 };

[[nodiscard]] std::span<const rule_info> rules() noexcept;
[[nodiscard]] const rule_info& info(rule which) noexcept;

}  // namespace brygga::seal
