#include <algorithm>

#include <fmt/format.h>

#include "formats/layout/language/detail/checking.hpp"
#include "formats/layout/language/detail/vocabulary.hpp"

namespace brygga::layout::language::detail {

namespace {

const described_field* field_at(const checking& at, found_field found) {
    return found.field == none ? nullptr : &at.made.records[found.record].fields[found.field];
}

total_term check_count(checking& at, const term_tree& tree) {
    total_term made;
    made.counts = true;
    if (tree.of != "all") made.record = find_record(at, tree.of);
    return made;
}

total_term check_sum(checking& at, const term_tree& tree, const described_total& total, const described_field* carrier) {
    total_term made;
    made.subtracts = tree.subtracts;
    const found_field found = find_record_field(at, tree.of);
    made.record = found.record;
    made.field = found.field;
    const described_field* const field = field_at(at, found);
    if (field == nullptr || carrier == nullptr) return made;
    const auto decimals = decimals_of(*field), wanted = decimals_of(*carrier);
    if (!decimals)
        at.fault(tree.of, fmt::format("a field of type number, ore or kronor: it is {}", type_name(field->type)));
    else if (wanted && *decimals != *wanted)
        at.fault(tree.of, fmt::format("a field with {} decimals, as {}", *wanted, carrier->name));
    else if (found.record == total.carrier && found.field == total.field)
        at.fault(tree.of, "another field than the total itself");
    return made;
}

void check_carrier(checking& at, const total_tree& tree, const described_field& carrier) {
    if (!decimals_of(carrier))
        at.fault(tree.carrier, fmt::format("a field of type number, ore or kronor: it is {}", type_name(carrier.type)));
    else if (tree.terms.front().counts && (carrier.type != field_type::number || carrier.decimals != 0))
        at.fault(tree.carrier, "a field of type number without decimals, for a count");
}

// Whether a total adds up another one, itself or by others, that adds up it. Each is looked into once.
bool adds_up(const description& made, std::size_t from, std::size_t wanted, std::vector<bool>& seen) {
    for (const total_term& term : made.totals[from].terms)
        for (std::size_t i = 0; i != made.totals.size(); ++i) {
            const described_total& other = made.totals[i];
            if (term.counts || other.carrier != term.record || other.field != term.field) continue;
            if (i == wanted && from != wanted) return true;
            if (seen[i] || i == wanted) continue;  // of its own sum it is told elsewhere
            seen[i] = true;
            if (adds_up(made, i, wanted, seen)) return true;
        }
    return false;
}

void check_circles(checking& at) {
    for (std::size_t i = 0; i != at.made.totals.size(); ++i) {
        if (at.made.totals[i].field == none) continue;
        std::vector<bool> seen(at.made.totals.size());
        if (adds_up(at.made, i, i, seen)) at.fault(at.tree.totals[i].carrier, "a total that is no part of what it adds up");
    }
}

}  // namespace

void check_totals(checking& at) {
    for (const total_tree& tree : at.tree.totals) {
        described_total made;
        const found_field found = find_record_field(at, tree.carrier);
        made.carrier = found.record;
        made.field = found.field;
        const described_field* const carrier = field_at(at, found);
        if (carrier != nullptr) check_carrier(at, tree, *carrier);
        const auto same = [&](const described_total& each) { return each.carrier == made.carrier && each.field == made.field; };
        if (carrier != nullptr && std::any_of(at.made.totals.begin(), at.made.totals.end(), same))
            at.fault(tree.carrier, "a field that is no total yet");
        for (const term_tree& each : tree.terms)
            made.terms.push_back(each.counts ? check_count(at, each) : check_sum(at, each, made, carrier));
        if (!tree.within.empty()) made.within = find_record(at, tree.within);
        at.made.totals.push_back(std::move(made));
    }
    check_circles(at);
}

}  // namespace brygga::layout::language::detail
