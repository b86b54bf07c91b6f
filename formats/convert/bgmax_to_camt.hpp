// A BgMax file as camt.054.001.08, for tests and migrations (iso20022-incoming.md section 6.1, "Back"): one notification per run
// of sections to one account, one entry per section. A BgMax file that was made from camt comes back byte for byte; what others
// lose is told there: test mark, microseconds, plusgiro, reference codes 1, 4 and 5, channel, image flag, deduction code, deposit
// type and country name.
#pragma once

#include <cstdint>
#include <string_view>

#include "formats/core/result.hpp"
#include "formats/format.hpp"

namespace brygga::convert {

struct bgmax_to_camt_result {
    std::uint64_t entries{}, payments{};  // payments and deductions
    std::uint64_t sections_left_out{};    // they wait for a person
};

// Reads the file twice. Fails with invalid_content when it is refused or holds several logical files: each is a message of its
// own.
[[nodiscard]] result<bgmax_to_camt_result> bgmax_to_camt(std::string_view bytes, const rule_policy& policy, const output& to);

}  // namespace brygga::convert
