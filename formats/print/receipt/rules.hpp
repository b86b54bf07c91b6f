// The numbered rules of a receipt (print-batch.md 4.5).
#pragma once

#include <cstdint>
#include <span>

#include "formats/core/finding.hpp"

namespace brygga::print::receipt {

// form: schema, section 2.4 and section 5.2, which the page gives no number; state: section 4.2.
enum class rule : std::uint8_t { R01, R02, R03, R04, R05, R06, form, state };

[[nodiscard]] std::span<const rule_info> rules() noexcept;
[[nodiscard]] const rule_info& info(rule which) noexcept;

}  // namespace brygga::print::receipt
