#include "tests/claims/vectors.hpp"

#include <fstream>

namespace brygga::claims::test {

const nlohmann::json& all_vectors() {
    static const nlohmann::json all = [] {
        std::ifstream in(std::string(BRYGGA_SOURCE_DIR) + "/fixtures/claims/claims-process-data.json");
        return nlohmann::json::parse(in);
    }();
    return all;
}

std::vector<vector> vectors_of(const std::string& list) {
    std::vector<vector> out;
    for (const nlohmann::json& each : all_vectors().at(list))
        out.push_back({each.at("id").get<std::string>(), each});
    return out;
}

date day_of(const nlohmann::json& text) {
    return parse_iso_date(text.get<std::string>()).value();
}

}  // namespace brygga::claims::test
