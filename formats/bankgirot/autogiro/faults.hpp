// Faults that a generated Autogiro file can be given, one per rule: each stands in a small section of its own at the end of the
// file, or before its first line, and breaks its rule at least once, so that several can be asked for at once.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/autogiro/rules.hpp"
#include "formats/core/result.hpp"

namespace brygga::autogiro {

// In the order of the rules. AG-R15 to R17, R19 to R21 bind the writer, or need what was imported before or a key.
[[nodiscard]] std::vector<rule> fault_rules();

// Each once, in the order asked for. Fails with invalid_argument for an unknown rule and one that no file alone can break.
[[nodiscard]] result<std::vector<rule>> parse_faults(std::span<const std::string> ids);

// What stands before the first record: a title line for AG-R22, which only the profile `sample` skips.
[[nodiscard]] std::string_view lines_before(std::span<const rule> faults);

// The section that breaks a rule, with its line ends. `bankgiro` has 7 or 8 digits, `day` is CCYYMMDD.
[[nodiscard]] std::string fault_section(rule broken, std::string_view bankgiro, std::string_view day);

}  // namespace brygga::autogiro
