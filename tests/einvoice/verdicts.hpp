// What all rules say of a document.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "formats/core/finding.hpp"
#include "formats/einvoice/rules/evaluate.hpp"

namespace brygga::einvoice::testing {

// Ids of the rules that do not hold.
[[nodiscard]] inline std::set<std::string> broken_by(std::string_view document) {
    const tree read(document);
    finding_list findings(rules());
    evaluate(read, document, findings);
    std::set<std::string> out;
    for (const rule_info& each : rules())
        if (findings.count(each.index) != 0) out.emplace(each.id);
    return out;
}

}  // namespace brygga::einvoice::testing
