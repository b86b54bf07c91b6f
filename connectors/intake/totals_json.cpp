#include "connectors/intake/detail/totals_json.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "mapping/inbound/sum_json.hpp"

namespace brygga::intake::detail {

namespace {

using nlohmann::json;

struct named_count {
    std::string_view name;
    std::uint64_t totals::*member;
};
struct named_sum {
    std::string_view name;
    ore_sum inbound::booked_sums::*member;
};

constexpr std::array<named_count, 8> counts = {{{"logical_files", &totals::logical_files},
                                                {"accepted_files", &totals::accepted_files},
                                                {"payments", &totals::payments},
                                                {"deductions", &totals::deductions},
                                                {"matched", &totals::matched},
                                                {"unmatched", &totals::unmatched},
                                                {"held_payments", &totals::held_payments},
                                                {"advances", &totals::advances}}};
constexpr std::array<named_sum, 5> sums_by_name = {{{"booked_ore", &inbound::booked_sums::booked_ore},
                                                    {"matched_ore", &inbound::booked_sums::matched_ore},
                                                    {"suspense_ore", &inbound::booked_sums::suspense_ore},
                                                    {"advances_ore", &inbound::booked_sums::advances_ore},
                                                    {"difference_ore", &inbound::booked_sums::difference_ore}}};

constexpr std::size_t digits_of_a_milliard = 9;
constexpr std::size_t max_sum_digits = 27;  // milliards that fit 64 bits, and the rest

// The text that to_json() writes of a sum that no JSON number holds; nothing of any other text.
ore_sum sum_of_digits(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || text.size() <= digits_of_a_milliard || text.size() > max_sum_digits) return {};
    std::int64_t halves[2] = {0, 0};
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::int64_t& half = halves[i < text.size() - digits_of_a_milliard ? 0 : 1];
        half = half * 10 + (text[i] - '0');
    }
    return negative ? ore_sum::of_halves(-halves[0], -halves[1]) : ore_sum::of_halves(halves[0], halves[1]);
}

inbound::booked_sums booked_from(const json& object) {
    inbound::booked_sums out;
    for (const named_sum& each : sums_by_name) {
        const auto at = object.find(each.name);
        if (at != object.end() && at->is_number_integer()) out.*each.member += at->get<std::int64_t>();
        if (at != object.end() && at->is_string()) out.*each.member += sum_of_digits(at->get_ref<const std::string&>());
    }
    return out;
}

}  // namespace

json to_json(const totals& sums) {
    json out = json::object();
    for (const named_count& each : counts)
        out[std::string(each.name)] = sums.*each.member;
    json& by_currency = out["by_currency"] = json::object();
    for (const auto& [currency, booked] : sums.by_currency)
        for (const named_sum& each : sums_by_name)
            by_currency[currency][std::string(each.name)] = inbound::as_json(booked.*each.member);
    return out;
}

totals totals_from(const json& object) {
    totals out;
    for (const named_count& each : counts) {
        const auto at = object.find(each.name);
        if (at != object.end() && at->is_number_unsigned()) out.*each.member = at->get<std::uint64_t>();
    }
    const auto by_currency = object.find("by_currency");
    if (by_currency == object.end() || !by_currency->is_object()) return out;
    for (const auto& [currency, sums] : by_currency->items())
        out.by_currency[currency] = booked_from(sums);
    return out;
}

}  // namespace brygga::intake::detail
