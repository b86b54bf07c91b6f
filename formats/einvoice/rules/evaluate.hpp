// All rules of a document, as findings.
#pragma once

#include "formats/core/finding.hpp"
#include "formats/einvoice/tree.hpp"

namespace brygga::einvoice {

// A row for each of all_rules(), and behind them those on the form of the document.
[[nodiscard]] std::span<const rule_info> rules();

// Evaluates those that the findings are told of. `bytes` are what the tree was read from.
void evaluate(const tree& document, std::string_view bytes, finding_list& to);

}  // namespace brygga::einvoice
