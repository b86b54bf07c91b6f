// Members of a JSON object that may hold anything: what is not of the kind asked for reads as empty.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace brygga::intake::detail {

[[nodiscard]] inline std::string text_of(const nlohmann::json& object, std::string_view key) {
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

template <class Number>
[[nodiscard]] Number number_of(const nlohmann::json& object, std::string_view key) {
    const auto at = object.find(key);
    return at != object.end() && at->is_number_integer() ? at->get<Number>() : Number{};
}

[[nodiscard]] inline const nlohmann::json& list_of(const nlohmann::json& object, std::string_view key) {
    static const nlohmann::json nothing = nlohmann::json::array();
    const auto at = object.find(key);
    return at != object.end() && at->is_array() ? *at : nothing;
}

[[nodiscard]] inline std::vector<std::string> texts_of(const nlohmann::json& object, std::string_view key) {
    std::vector<std::string> out;
    for (const nlohmann::json& item : list_of(object, key))
        if (item.is_string()) out.push_back(item.get<std::string>());
    return out;
}

}  // namespace brygga::intake::detail
