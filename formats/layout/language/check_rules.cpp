#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "formats/layout/language/detail/checking.hpp"
#include "formats/layout/language/detail/vocabulary.hpp"

namespace brygga::layout::language::detail {

namespace {

described_rule rule_from(const rule_tree& tree) {
    described_rule made;
    made.id = tree.id;
    made.title = unquoted(tree.title);
    made.help = unquoted(tree.help);
    made.level = parse_severity(tree.level).value_or(severity::error);
    return made;
}

// The built-in tests with the rules that the layout gives them; where those stand, by index.
std::array<const rule_tree*, built_in_tests> check_built_in(checking& at) {
    std::array<const rule_tree*, built_in_tests> given{};
    for (const rule_tree& each : at.tree.rules) {
        if (each.test.empty() || !each.total.empty()) continue;
        const rule_tree*& known = given[static_cast<std::size_t>(test_named(each.test))];
        if (known != nullptr) at.fault(each.test, fmt::format("another test: {} has the rule {} already", each.test, known->id));
        known = &each;
    }
    return given;
}

void check_ids(checking& at, const std::array<const rule_tree*, built_in_tests>& given) {
    std::set<view> known;
    for (std::size_t i = 0; i < built_in_tests; ++i)
        if (given[i] == nullptr) known.insert(at.made.rules[i].id);
    for (const rule_tree& each : at.tree.rules)
        if (!known.insert(each.id).second) at.fault(each.id, "an id that no other rule has");
}

// Which total the rule is for.
std::size_t find_total(checking& at, const rule_tree& tree) {
    const found_field found = find_record_field(at, tree.total);
    if (found.field == none) return none;
    const auto is_it = [&](const described_total& each) { return each.carrier == found.record && each.field == found.field; };
    const auto total = std::find_if(at.made.totals.begin(), at.made.totals.end(), is_it);
    const auto index = static_cast<std::size_t>(total - at.made.totals.begin());
    if (total == at.made.totals.end())
        at.fault(tree.total, "a field that is a total");
    else if (std::any_of(at.made.rules.begin(), at.made.rules.end(),
                         [&](const described_rule& each) { return each.total == index; }))
        at.fault(tree.total, "another total: it has a rule already");
    else
        return index;
    return none;
}

}  // namespace

void check_rules(checking& at) {
    const auto given = check_built_in(at);
    for (std::size_t i = 0; i < built_in_tests; ++i)
        at.made.rules.push_back(given[i] != nullptr ? rule_from(*given[i]) : default_rule(at.made.id, static_cast<built_in>(i)));
    check_ids(at, given);
    for (const rule_tree& each : at.tree.rules) {
        if (!each.test.empty() && each.total.empty()) continue;
        described_rule made = rule_from(each);
        if (!each.test.empty()) {
            made.total = find_total(at, each);
            at.made.rules.push_back(std::move(made));
            continue;
        }
        made.on = find_record(at, each.on);
        if (made.on != none) made.must_hold = check_condition(at, made.on, each.must_hold);
        at.made.rules.push_back(std::move(made));
    }
}

}  // namespace brygga::layout::language::detail
