// What was handed on, as receipts, reports and the ledger keep it.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "connectors/intake/report.hpp"

namespace brygga::intake::detail {

[[nodiscard]] nlohmann::json to_json(const routed& item);
// What to_json() wrote; members that are not there are empty.
[[nodiscard]] routed routed_from(const nlohmann::json& object);

}  // namespace brygga::intake::detail
