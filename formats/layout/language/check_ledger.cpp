#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "formats/layout/language/detail/checking.hpp"
#include "formats/layout/language/ledger_names.hpp"

namespace brygga::layout::language::detail {

namespace {

// FIELD of the meaning's record, or RECORD.FIELD of the last one before it. Its `field` is none where a fault was told.
field_reference find_value(checking& at, std::size_t record, view told) {
    if (told.find('.') == view::npos) return {none, find_field(at, record, told, told)};
    const found_field found = find_record_field(at, told);
    return {found.record == record ? none : found.record, found.field};
}

const described_field* field_of(const checking& at, std::size_t record, const field_reference& of) {
    const std::size_t in = of.record == none ? record : of.record;
    return in == none || of.field == none ? nullptr : &at.made.records[in].fields[of.field];
}

bool is_flag(std::string_view text) noexcept {
    return text == "true" || text == "false";
}

class meaning_check {
 public:
    meaning_check(checking& at, const ledger_tree& tree) : at_(at), tree_(tree) {}

    ledger_meaning made() {
        made_.type = tree_.type;
        made_.record = find_record(at_, tree_.from);
        const auto same = [&](const ledger_meaning& each) { return each.type == made_.type && each.record == made_.record; };
        if (made_.record != none && std::any_of(at_.made.meanings.begin(), at_.made.meanings.end(), same))
            at_.fault(tree_.from, fmt::format("another record: it is a {} already", tree_.type));
        if (!tree_.grouped_by.empty()) {
            made_.grouped_by = find_value(at_, made_.record, tree_.grouped_by);
            if (tree_.type != "invoice") at_.fault(tree_.grouped_by, "an invoice: only that has lines");
        }
        if (tree_.values.empty() && !tree_.broken) at_.fault(tree_.type, "values in the lines below");
        for (const ledger_value_tree& each : tree_.values)
            take(each);
        if (!tree_.values.empty() && !tree_.broken) tell_missing();
        return std::move(made_);
    }

 private:
    void take(const ledger_value_tree& tree) {
        if (!names_.insert(tree.name).second) at_.fault(tree.name, "each name once");
        const auto known = ledger_names(tree_.type);
        const auto name =
            std::find_if(known.begin(), known.end(), [&](const ledger_name& each) { return each.name == tree.name; });
        ledger_value value{std::string(tree.name), ledger_source::text, {}, {}};
        if (tree.field.empty()) {
            value.text = unquoted(tree.text);
        } else {
            value.field = find_value(at_, made_.record, tree.field);
            value.from = tree.source.empty()    ? ledger_source::field
                         : tree.source == "sum" ? ledger_source::sum
                                                : ledger_source::code_text;
        }
        if (name == known.end())
            at_.fault(tree.name, fmt::format("a name of {}: {}", tree_.type, names_of(known)));
        else
            check_source(tree, value, name->holds);
        made_.values.push_back(std::move(value));
    }

    void check_source(const ledger_value_tree& tree, const ledger_value& value, ledger_kind holds) {
        const described_field* const field = field_of(at_, made_.record, value.field);
        if (value.from != ledger_source::text && field == nullptr) return;  // told already
        if (value.from == ledger_source::code_text && field->type != field_type::code)
            at_.fault(tree.field, "a field with a code table: text of a code");
        if (value.from == ledger_source::sum && !made_.grouped_by)
            at_.fault(tree.field, "records grouped by a field, to sum over");
        switch (holds) {
            case ledger_kind::text:
                if (value.from == ledger_source::sum) at_.fault(tree.field, "no sum: this is a text");
                break;
            case ledger_kind::amount:
                if (value.from == ledger_source::text || value.from == ledger_source::code_text ||
                    (field->type != field_type::ore && field->type != field_type::kronor))
                    at_.fault(tree.field.empty() ? tree.text : tree.field, "an amount: a field that is ore or kronor");
                break;
            case ledger_kind::day:
                if (value.from != ledger_source::field || field->type != field_type::date)
                    at_.fault(tree.field.empty() ? tree.text : tree.field, "a day: a field that is a date");
                break;
            case ledger_kind::flag:
                if (!tells_flag(value, field))
                    at_.fault(tree.field.empty() ? tree.text : tree.field,
                              "\"true\", \"false\" or the text of a code whose texts are these");
                break;
        }
    }
    [[nodiscard]] bool tells_flag(const ledger_value& value, const described_field* field) const {
        if (value.from == ledger_source::text) return is_flag(value.text);
        if (value.from != ledger_source::code_text || field->type != field_type::code || field->table == none) return false;
        const auto& entries = at_.made.tables[field->table].entries;
        return std::all_of(entries.begin(), entries.end(), [](const code_entry& each) { return is_flag(each.text); });
    }

    void tell_missing() {
        std::string missing;
        for (const ledger_name& each : ledger_names(tree_.type))
            if (each.required && names_.count(each.name) == 0)
                missing += fmt::format("{}{}", missing.empty() ? "" : ", ", each.name);
        if (!missing.empty())
            at_.fault(tree_.type, fmt::format("{} {} with {}", tree_.type == "invoice" ? "an" : "a", tree_.type, missing));
    }
    static std::string names_of(std::span<const ledger_name> known) {
        std::string out;
        for (const ledger_name& each : known)
            out += fmt::format("{}{}", out.empty() ? "" : ", ", each.name);
        return out;
    }

    checking& at_;
    const ledger_tree& tree_;
    std::set<view> names_;
    ledger_meaning made_;
};

}  // namespace

void check_meanings(checking& at) {
    for (const ledger_tree& tree : at.tree.meanings)
        at.made.meanings.push_back(meaning_check(at, tree).made());
    if (at.tree.meanings.empty()) return;
    constexpr std::array<view, 5> of_the_whole{"size", "unknown", "order", "total", "heading"};
    for (const rule_tree& each : at.tree.rules)
        if (std::find(of_the_whole.begin(), of_the_whole.end(), each.test) != of_the_whole.end() && each.level != "error")
            at.fault(each.level, "error: records go into the ledger, and what is left out of a file must stop it");
    constexpr std::array<view, 4> of_no_record{"tabs", "fill", "encoding", "columns"};
    for (const rule_tree& each : at.tree.rules)
        if (std::find(of_no_record.begin(), of_no_record.end(), each.test) != of_no_record.end() && each.level == "hold")
            at.fault(each.level, "error, warning or info: this test holds no record, and records go into the ledger");
}

}  // namespace brygga::layout::language::detail
