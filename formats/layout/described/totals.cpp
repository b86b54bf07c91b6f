#include "formats/layout/described/totals.hpp"

#include <fmt/format.h>

#include "formats/layout/described/values.hpp"
#include "formats/layout/places.hpp"

namespace brygga::layout::described {

namespace {

using language::described_field;
using language::field_type;

constexpr std::size_t most_carriers = 1000;  // of a stretch; those beyond are not told of

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
    if (into.told.size() < most_carriers) into.told.push_back({*told, field_finding(line, *info, *info->find(field.name))});
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
