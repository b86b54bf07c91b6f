// The numbered rules of Leverantörsbetalningar (supplier-payments.md section 4). R08, R12 and the "writing" halves of R03, R06,
// R07 and R09 bind the writer; R11 needs what was exported before: what makes refunds of the ledger evaluates it.
#pragma once

#include <cstdint>
#include <span>

#include "formats/core/finding.hpp"

namespace brygga::supplier_payment {

enum class rule : std::uint8_t {
    R01,
    R02,
    R03,
    R04,
    R05,
    R06,
    R07,
    R08,
    R09,
    R10,
    R11,
    R12,
    R13,
    R14,
    R15,
    R16,
    R17,
    R18,
    R19,
    R20,
};

[[nodiscard]] std::span<const rule_info> rules() noexcept;
[[nodiscard]] const rule_info& info(rule which) noexcept;

}  // namespace brygga::supplier_payment
