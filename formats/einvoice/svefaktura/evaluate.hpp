// All rules of a Svefaktura, as findings.
#pragma once

#include <span>

#include "formats/core/finding.hpp"
#include "formats/einvoice/tree.hpp"

namespace brygga::einvoice::svefaktura {

[[nodiscard]] std::span<const rule_info> rules();

// The language of a document: that of an envelope where its root is of that namespace, else that of an invoice.
[[nodiscard]] const language& language_of(std::string_view bytes);

// Evaluates the rules that the findings are told of. `bytes` are what the tree was read from.
void evaluate(const tree& document, std::string_view bytes, finding_list& to);

}  // namespace brygga::einvoice::svefaktura
