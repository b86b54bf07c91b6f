#include "formats/layout/described/conditions.hpp"

#include <algorithm>
#include <optional>

#include "formats/layout/described/tables.hpp"
#include "formats/layout/described/values.hpp"

namespace brygga::layout::described {

namespace {

using language::comparison;
using language::condition;
using language::condition_kind;
using language::field_reference;
using language::operand;

class evaluation {
 public:
    evaluation(const language::description& of, std::size_t kind, const field_source& record, last_records last)
        : of_(of), kind_(kind), record_(record), last_(last) {}

    // Nothing: it cannot be said.
    [[nodiscard]] std::optional<bool> of(const condition& what) const {
        switch (what.kind) {
            case condition_kind::compare:
                return compared(what.how, what.operands.at(0), what.operands.at(1));
            case condition_kind::one_of:
                return one_of(what);
            case condition_kind::is_blank:
                return is_blank(what.operands.at(0));
            case condition_kind::is_valid:
                return is_valid(std::get<field_reference>(what.operands.at(0)));
            case condition_kind::fillers:
                return record_.fillers_fit();
            case condition_kind::all:
                return joined(what.parts, false);
            case condition_kind::any:
                return joined(what.parts, true);
            case condition_kind::no:
                return negated(of(what.parts.at(0)));
            case condition_kind::when:
                return when(of(what.parts.at(0)), what.parts.at(1));
        }
        return std::nullopt;
    }

 private:
    static std::optional<bool> negated(std::optional<bool> said) { return said ? std::optional(!*said) : std::nullopt; }
    [[nodiscard]] std::optional<bool> when(std::optional<bool> said, const condition& then) const {
        return said && *said ? of(then) : true;
    }
    // One part that says `decides` decides; else one that cannot be said leaves all open.
    [[nodiscard]] std::optional<bool> joined(const std::vector<condition>& parts, bool decides) const {
        bool open = false;
        for (const condition& each : parts) {
            const auto said = of(each);
            if (said && *said == decides) return decides;
            open = open || !said;
        }
        return open ? std::nullopt : std::optional(!decides);
    }
    [[nodiscard]] std::optional<bool> one_of(const condition& what) const {
        bool open = false;
        for (std::size_t i = 1; i < what.operands.size(); ++i) {
            const auto same = compared(comparison::equal, what.operands[0], what.operands[i]);
            if (same && *same) return true;
            open = open || !same;
        }
        return open ? std::nullopt : std::optional(false);
    }
    [[nodiscard]] std::optional<bool> is_blank(const operand& what) const {
        const auto known = value_of(what);
        return known ? std::optional(std::holds_alternative<std::monostate>(*known)) : std::nullopt;
    }

    [[nodiscard]] bool is_valid(const field_reference& field) const {
        return judge(of_.records[kind_].fields[field.field], record_.slice(field.field), record_.in, of_) == verdict::fits;
    }

    // The kind and the record that a field is of; no record where there was none.
    [[nodiscard]] std::pair<std::size_t, const field_source*> place_of(const field_reference& field) const {
        if (field.record == language::none) return {kind_, &record_};
        return {field.record, last_.empty() ? nullptr : last_[field.record]};
    }

    // Nothing: there was no such record.
    [[nodiscard]] std::optional<value> value_of(const operand& what) const {
        if (const auto* const number = std::get_if<std::int64_t>(&what)) return *number;
        if (const auto* const text = std::get_if<std::string>(&what)) return told_text{*text, encoding::utf_8};
        if (const auto* const day = std::get_if<date>(&what)) return *day;
        const auto& field = std::get<field_reference>(what);
        const auto [kind, from] = place_of(field);
        if (from == nullptr) return std::nullopt;
        return value_in(of_.records[kind].fields[field.field], from->slice(field.field), from->in);
    }

    // The bytes of two fields of one type, where they are the same.
    [[nodiscard]] bool are_alike(const operand& left, const operand& right) const {
        const auto* const a = std::get_if<field_reference>(&left);
        const auto* const b = std::get_if<field_reference>(&right);
        if (a == nullptr || b == nullptr) return false;
        const auto [kind_a, from_a] = place_of(*a);
        const auto [kind_b, from_b] = place_of(*b);
        if (from_a == nullptr || from_b == nullptr || from_a->in != from_b->in) return false;
        const language::described_field& one = of_.records[kind_a].fields[a->field];
        const language::described_field& other = of_.records[kind_b].fields[b->field];
        return (&one == &other) && from_a->slice(a->field) == from_b->slice(b->field);
    }

    [[nodiscard]] std::optional<bool> compared(comparison how, const operand& left, const operand& right) const {
        if ((how == comparison::equal || how == comparison::unequal) && are_alike(left, right)) return how == comparison::equal;
        const auto a = value_of(left), b = value_of(right);
        if (!a || !b) return std::nullopt;
        const bool blank = std::holds_alternative<std::monostate>(*a) || std::holds_alternative<std::monostate>(*b);
        if (blank && how != comparison::equal && how != comparison::unequal) return std::nullopt;
        const bool same_kind = a->index() == b->index();
        switch (how) {
            case comparison::equal:
                return same_kind && *a == *b;
            case comparison::unequal:
                return !same_kind || !(*a == *b);
            case comparison::less:
                return same_kind ? std::optional(*a < *b) : std::nullopt;
            case comparison::less_or_equal:
                return same_kind ? std::optional(!(*b < *a)) : std::nullopt;
            case comparison::greater:
                return same_kind ? std::optional(*b < *a) : std::nullopt;
            case comparison::greater_or_equal:
                return same_kind ? std::optional(!(*a < *b)) : std::nullopt;
        }
        return std::nullopt;
    }

    const language::description& of_;
    std::size_t kind_;
    const field_source& record_;
    last_records last_;
};

}  // namespace

bool line_fields::fillers_fit() const {
    return std::all_of(kind_->fillers.begin(), kind_->fillers.end(), [this](const language::described_filler& each) {
        return filler_info_of(each).fits(line_.slice(each.first, each.last), line_.in);
    });
}

bool holds(const condition& what, const language::description& of, std::size_t kind, const field_source& record,
           last_records last) {
    return evaluation(of, kind, record, last).of(what).value_or(true);
}

void mentioned::note(const condition& what) {
    if (what.kind == condition_kind::is_blank) values.emplace_back(std::string());
    for (const operand& each : what.operands) {
        const auto* const field = std::get_if<field_reference>(&each);
        if (field == nullptr)
            values.push_back(each);
        else if (field->record == language::none)
            fields.push_back(field->field);
    }
    for (const condition& each : what.parts)
        note(each);
}

}  // namespace brygga::layout::described
