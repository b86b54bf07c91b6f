// Faults that a generated LB file can be given, one per rule: each breaks its rule at least once, whatever else the file holds.
// Each stands in a small section of its own at the end of the file, so that several can be asked for at once; that of LB-R01
// stands last.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/supplier_payment/rules.hpp"
#include "formats/core/date.hpp"
#include "formats/core/result.hpp"

namespace brygga::supplier_payment {

struct fault_info {
    rule broken{};
    std::string_view what;  // what is done to the section, one line
};

// In the order of the rules.
[[nodiscard]] std::span<const fault_info> faults() noexcept;

// The rules to break, in the order to break them. Fails with invalid_argument for an unknown rule or one that no single file can
// break.
[[nodiscard]] result<std::vector<rule>> parse_faults(std::span<const std::string> ids);

// The lines of the section that breaks a rule, with line ends, in ISO 8859-1.
[[nodiscard]] std::string fault_section(rule broken, date written, date pays);

}  // namespace brygga::supplier_payment
