#include "formats/layout/described/totals.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/layout/described/values.hpp"
#include "formats/layout/places.hpp"

namespace brygga::layout::described {

namespace {

using language::described_field;
using language::field_type;

constexpr std::size_t most_told = 16;  // different ones in a stretch: all but one are wrong, and told

std::optional<std::int64_t> number_of(const described_field& field, const record_line& line) {
    return number_in(field, line.columns.slice(field.first, field.last));
}

}  // namespace

total_keeper::total_keeper(const language::description& of) : of_(&of), running_(of.totals.size()) {}

void total_keeper::add(std::size_t at, std::size_t kind, const record_line& line, const record_info* info) {
    running& into = running_[at];
    const language::described_total& total = of_->totals[at];
    for (const language::total_term& each : total.terms) {
        if (each.record != language::none && each.record != kind) continue;
        const auto one = each.counts ? std::optional<std::int64_t>(1) : number_of(of_->records[kind].fields[each.field], line);
        if (!one) continue;
        if (each.subtracts)
            into.counted -= *one;
        else
            into.counted += *one;
    }
    if (kind != total.carrier) return;
    const described_field& field = of_->records[kind].fields[total.field];
    const auto told = number_of(field, line);
    if (!told) return;  // told as content that does not fit
    // The same once more is right or wrong as the first is.
    const bool is_new =
        std::none_of(into.told.begin(), into.told.end(), [&](const told_total& each) { return each.value == *told; });
    if (is_new && into.told.size() < most_told) into.told.push_back({*told, field_finding(line, *info, *info->find(field.name))});
}

std::map<std::string, ore_sum> total_keeper::sums() const {
    std::map<std::string, ore_sum> out;
    for (std::size_t i = 0; i != running_.size(); ++i) {
        const language::described_total& total = of_->totals[i];
        const language::described_record& carrier = of_->records[total.carrier];
        const described_field& field = carrier.fields[total.field];
        const bool is_money = field.type == field_type::ore || field.type == field_type::kronor;
        if (is_money) out[fmt::format("{}.{}", carrier.name, field.name)] = running_[i].in_file;
    }
    return out;
}

}  // namespace brygga::layout::described
