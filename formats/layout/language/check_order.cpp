#include <algorithm>

#include <fmt/format.h>

#include "formats/layout/language/detail/automaton.hpp"
#include "formats/layout/language/detail/checking.hpp"

namespace brygga::layout::language::detail {

namespace {

class order_check {
 public:
    explicit order_check(checking& at) : named(at.made.records.size(), false), at_(at) {}

    order_expression check(const order_tree& tree) {
        order_expression made;
        made.may_lack = tree.repeat == "?" || tree.repeat == "*";
        made.may_repeat = tree.repeat == "*" || tree.repeat == "+";
        if (tree.kind == order_kind::record) {
            const std::size_t record = find_record(at_, tree.name);
            if (record == none)
                all_known = false;
            else
                named[record] = true;
            made.record = record;
            return made;
        }
        made.kind = tree.kind == order_kind::choice ? order_expression::kind_of::choice : order_expression::kind_of::sequence;
        for (const order_tree& each : tree.parts)
            made.parts.push_back(check(each));
        return made;
    }

    std::vector<bool> named;  // by record
    bool all_known = true;

 private:
    checking& at_;
};

// As it was stated, but for blanks and parentheses that change nothing.
std::string text_of(const order_tree& tree) {
    if (tree.kind == order_kind::record) return std::string(tree.name) + std::string(tree.repeat);
    std::string out;
    for (const order_tree& each : tree.parts) {
        if (!out.empty()) out += tree.kind == order_kind::choice ? " | " : " ";
        const bool choice_in_sequence =
            tree.kind == order_kind::sequence && each.kind == order_kind::choice && each.repeat.empty() && each.parts.size() > 1;
        out += choice_in_sequence ? "(" + text_of(each) + ")" : text_of(each);
    }
    if (tree.repeat.empty()) return out;
    const bool simple =
        std::all_of(out.begin(), out.end(), [](char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
    return (simple ? out : "(" + out + ")") + std::string(tree.repeat);
}

}  // namespace

void check_order(checking& at) {
    if (!at.tree.order) return;
    const order_statement_tree& statement = *at.tree.order;
    order_check check(at);
    const order_expression order = check.check(statement.order);
    if (!check.all_known) return;
    for (std::size_t i = 0; i < at.made.records.size(); ++i)
        if (!check.named[i]) at.fault(at.tree.records[i].name, "a record that the order names: this one could stand nowhere");
    auto states = automaton_of(order);
    if (states) {
        at.made.order = std::move(*states);
        at.made.order_text = text_of(statement.order);
        return;
    }
    switch (states.error()) {
        case order_fault::too_many_names:
            at.fault(statement.word, fmt::format("an order of at most {} names", max_order_names));
            return;
        case order_fault::too_many_states:
            at.fault(statement.word, fmt::format("a simpler order: at most {} states", max_order_states));
            return;
    }
}

}  // namespace brygga::layout::language::detail
