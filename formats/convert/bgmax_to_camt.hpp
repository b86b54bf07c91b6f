// A BgMax file as camt.054, for tests and migrations (iso20022-incoming.md section 6.1, "Back"): one notification per run
// of sections to one account, one entry per section. A BgMax file that was made from camt comes back byte for byte; what others
// lose is told there: test mark, microseconds, plusgiro, reference codes 1, 4 and 5, channel, image flag, deduction code, deposit
// type and country name. In version 02 a deduction is a credit note in an earlier payment of the same payer bankgiro, without its
// own serial number, payer and text.
#pragma once

#include <cstdint>
#include <string_view>

#include "formats/core/result.hpp"
#include "formats/format.hpp"

namespace brygga::convert {

enum class camt_054_version : std::uint16_t { v02 = 2, v08 = 8 };

struct bgmax_to_camt_result {
    std::uint64_t entries{}, payments{};       // payments and deductions, as TxDtls
    std::uint64_t sections_left_out{};         // they wait for a person
    std::uint64_t sections_with_deductions{};  // left out too: version 02 cannot carry a deduction of theirs
};

// Reads the file twice. Fails with invalid_content when it is refused or holds several logical files: each is a message of its
// own.
[[nodiscard]] result<bgmax_to_camt_result> bgmax_to_camt(std::string_view bytes, const rule_policy& policy, const output& to,
                                                         camt_054_version version = camt_054_version::v08);

}  // namespace brygga::convert
