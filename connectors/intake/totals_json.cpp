#include "connectors/intake/detail/totals_json.hpp"

#include <array>
#include <string_view>

namespace brygga::intake::detail {

namespace {

using nlohmann::json;

struct named_count {
    std::string_view name;
    std::uint64_t totals::*member;
};
struct named_sum {
    std::string_view name;
    ore_sum totals::*member;
};

constexpr std::array<named_count, 8> counts = {{{"logical_files", &totals::logical_files},
                                                {"accepted_files", &totals::accepted_files},
                                                {"payments", &totals::payments},
                                                {"deductions", &totals::deductions},
                                                {"matched", &totals::matched},
                                                {"unmatched", &totals::unmatched},
                                                {"held_payments", &totals::held_payments},
                                                {"advances", &totals::advances}}};
constexpr std::array<named_sum, 4> sums_by_name = {{{"booked_ore", &totals::booked_ore},
                                                    {"matched_ore", &totals::matched_ore},
                                                    {"suspense_ore", &totals::suspense_ore},
                                                    {"advances_ore", &totals::advances_ore}}};

}  // namespace

json to_json(const totals& sums) {
    json out = json::object();
    for (const named_count& each : counts)
        out[std::string(each.name)] = sums.*each.member;
    for (const named_sum& each : sums_by_name) {
        const auto value = (sums.*each.member).value();
        out[std::string(each.name)] = value ? json(*value) : json(nullptr);
    }
    return out;
}

totals totals_from(const json& object) {
    totals out;
    for (const named_count& each : counts) {
        const auto at = object.find(each.name);
        if (at != object.end() && at->is_number_unsigned()) out.*each.member = at->get<std::uint64_t>();
    }
    for (const named_sum& each : sums_by_name) {
        const auto at = object.find(each.name);
        if (at != object.end() && at->is_number_integer()) out.*each.member += at->get<std::int64_t>();
    }
    return out;
}

}  // namespace brygga::intake::detail
