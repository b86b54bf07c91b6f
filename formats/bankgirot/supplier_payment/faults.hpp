// Faults that a generated LB file can be given, one per rule: each breaks its rule and no other, whatever else the file holds.
// Each stands in a small section of its own at the end of the file, so that several can be asked for at once; that of LB-R01
// stands last. The section is of the layout that the file has where the rule can be broken there, and to Bankgirot otherwise.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "formats/bankgirot/supplier_payment/records.hpp"
#include "formats/bankgirot/supplier_payment/rules.hpp"
#include "formats/core/date.hpp"
#include "formats/core/result.hpp"

namespace brygga::supplier_payment {

// In the order of the rules.
[[nodiscard]] std::vector<rule> fault_rules();

// The rules to break, in the order to break them. Fails with invalid_argument for an unknown rule or one that no single file can
// break.
[[nodiscard]] result<std::vector<rule>> parse_faults(std::span<const std::string> ids);

// The layout of the section that breaks a rule in a file of this one.
[[nodiscard]] layout_id faulty_layout(rule broken, layout_id in) noexcept;

// The lines of the section that breaks a rule, with line ends, in ISO 8859-1.
[[nodiscard]] std::string fault_section(rule broken, layout_id in, date written, date pays);

}  // namespace brygga::supplier_payment
