// The vectors of claims-process.md section 14, from the copy in fixtures/claims.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "formats/core/date.hpp"

namespace brygga::claims::test {

struct vector {
    std::string id;
    nlohmann::json data;
};

// One list of the file, "date_vectors".
[[nodiscard]] std::vector<vector> vectors_of(const std::string& list);
[[nodiscard]] const nlohmann::json& all_vectors();

[[nodiscard]] date day_of(const nlohmann::json& text);

}  // namespace brygga::claims::test
