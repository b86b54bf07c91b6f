#include "formats/layout/described/totals.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/layout/places.hpp"

namespace brygga::layout::described {

namespace {

using language::described_field;
using language::field_type;

constexpr std::size_t most_told = 16;  // different ones in a stretch: all but one are wrong, and told

}  // namespace

total_keeper::total_keeper(const language::description& of) : of_(&of), running_(of.totals.size()), parts_(of.records.size()) {
    for (std::size_t i = 0; i != of.totals.size(); ++i) {
        const language::described_total& total = of.totals[i];
        if (total.within != language::none) parts_[total.within].closes.push_back(i);
        parts_[total.carrier].carries.push_back(i);
        for (const language::total_term& each : total.terms) {
            for (std::size_t kind = 0; kind != parts_.size(); ++kind)
                if (each.record == language::none || each.record == kind) parts_[kind].terms.push_back({i, &each});
            if (each.record == language::none) counts_all_.push_back(i);
        }
    }
}

void total_keeper::add(const part& what, const record_values& record) {
    const auto one = what.term->counts ? std::optional<std::int64_t>(1) : record.fields[what.term->field].what.amount();
    if (!one) return;
    if (what.term->subtracts)
        running_[what.total].counted -= *one;
    else
        running_[what.total].counted += *one;
}

void total_keeper::note(std::size_t total, const record_values& record, const record_line& line, const record_info& info) {
    running& into = running_[total];
    const std::size_t at = of_->totals[total].field;
    const auto told = record.fields[at].what.amount();
    if (!told) return;  // told as content that does not fit
    // The same once more is right or wrong as the first is.
    const bool is_new =
        std::none_of(into.told.begin(), into.told.end(), [&](const told_total& each) { return each.value == *told; });
    const std::string& name = record.kind->fields[at].name;
    if (is_new && into.told.size() < most_told) into.told.push_back({*told, field_finding(line, info, *info.find(name))});
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
