#include "formats/print/kivra/match.hpp"

#include <unordered_set>
#include <utility>

#include <nlohmann/json.hpp>

#include "formats/core/text.hpp"

namespace brygga::kivra {

namespace {

constexpr std::string_view opening = R"({"list":[)", closing = "]}";

}  // namespace

std::string_view path_of(match_kind kind) noexcept {
    switch (kind) {
        case match_kind::ssn:
            return "usermatch/ssn";
        case match_kind::verified_email:
            return "usermatch/verified_email";
        case match_kind::vat_number:
            return "companymatch/vatnr";
    }
    return {};
}

result<match_requests> match_requests_for(std::span<const match_candidate> candidates, const match_limits& limits) {
    match_requests made;
    std::unordered_set<std::string_view> seen;
    match_request next{{}, std::string(opening)};
    const auto finish = [&] {
        next.json += closing;
        made.requests.push_back(std::exchange(next, {{}, std::string(opening)}));
    };
    for (const match_candidate& each : candidates) {
        if (each.is_protected) {
            ++made.withheld;
            continue;
        }
        if (!seen.insert(each.identifier).second) continue;
        if (!is_valid_utf8(each.identifier)) return fail(error_code::invalid_argument, "an identifier to match is no UTF-8");
        const std::string text = nlohmann::json(each.identifier).dump();
        if (opening.size() + text.size() + closing.size() > limits.bytes)
            return fail(error_code::invalid_argument, "an identifier to match is too long");
        const bool full =
            next.asked.size() == limits.identifiers || next.json.size() + 1 + text.size() + closing.size() > limits.bytes;
        if (full && !next.asked.empty()) finish();
        if (!next.asked.empty()) next.json += ',';
        next.json += text;
        next.asked.push_back(each.identifier);
    }
    if (!next.asked.empty()) finish();
    return made;
}

result<std::vector<std::string>> read_match_answer(std::string_view json, std::span<const std::string> asked) {
    const nlohmann::json all = nlohmann::json::parse(json, nullptr, false);
    const auto list = all.is_object() ? all.find("list") : all.end();
    if (!all.is_object() || list == all.end() || !list->is_array())
        return fail(error_code::invalid_content, "the answer of a match has no list");
    std::unordered_set<std::string> found;
    for (const nlohmann::json& each : *list) {
        if (!each.is_string()) return fail(error_code::invalid_content, "the answer of a match lists something else than texts");
        found.insert(each.get<std::string>());
    }
    std::vector<std::string> matched;
    for (const std::string& each : asked)
        if (found.erase(each) != 0) matched.push_back(each);
    if (!found.empty()) return fail(error_code::invalid_content, "the answer of a match lists somebody who was not asked for");
    return matched;
}

}  // namespace brygga::kivra
