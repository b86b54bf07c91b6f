// Sums in JSON: receipts, holds and the log.
#pragma once

#include <nlohmann/json.hpp>

#include "formats/core/money.hpp"

namespace brygga::inbound {

// A total of a whole file may be larger than any one amount, and than a JSON number: then it is text.
[[nodiscard]] inline nlohmann::json as_json(const ore_sum& sum) {
    const auto value = sum.value();
    return value ? nlohmann::json(*value) : nlohmann::json(sum.text());
}

}  // namespace brygga::inbound
