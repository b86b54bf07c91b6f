// The numbered rules of pain.001 (supplier-payments.md section 4). R03 needs what was written before: the writer asks its caller.
#pragma once

#include <cstdint>
#include <span>

#include "formats/core/finding.hpp"

namespace brygga::pain {

enum class rule : std::uint8_t { R01, R02, R03 };

[[nodiscard]] std::span<const rule_info> rules() noexcept;
[[nodiscard]] const rule_info& info(rule which) noexcept;

}  // namespace brygga::pain
