// The figures as JSON, the same in receipts and reports.
#pragma once

#include <nlohmann/json.hpp>

#include "connectors/intake/report.hpp"

namespace brygga::intake::detail {

// A sum that does not fit 64 bits is a text of its digits.
[[nodiscard]] nlohmann::json to_json(const totals& sums);
// Members that are missing or of another type count as 0.
[[nodiscard]] totals totals_from(const nlohmann::json& object);

}  // namespace brygga::intake::detail
