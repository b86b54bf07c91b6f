// The numbered rules of a print batch (print-batch.md 4.1).
#pragma once

#include <cstdint>
#include <span>

#include "formats/core/finding.hpp"

namespace brygga::print::batch {

// ratio: more documents with errors than batch.maxErrorRatio, told below the table of rules.
enum class rule : std::uint8_t { R01, R02, R03, R04, R05, R06, R07, R08, R09, R10, R11, R12, R13, R14, R15, R16, W01, ratio };

[[nodiscard]] std::span<const rule_info> rules() noexcept;
[[nodiscard]] const rule_info& info(rule which) noexcept;

}  // namespace brygga::print::batch
