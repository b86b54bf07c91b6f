#include "formats/layout/described/conditions.hpp"

#include <algorithm>
#include <optional>

#include "formats/layout/described/tables.hpp"

namespace brygga::layout::described {

namespace {

using language::comparison;
using language::condition;
using language::condition_kind;
using language::field_reference;
using language::operand;

class evaluation {
 public:
    evaluation(const record_values& record, last_records last) : record_(record), last_(last) {}

    // Nothing: it cannot be said.
    [[nodiscard]] std::optional<bool> of(const condition& what) const {
        switch (what.kind) {
            case condition_kind::compare:
                return compared(what.how, what.operands[0], what.operands[1]);
            case condition_kind::one_of:
                return one_of(what);
            case condition_kind::is_blank: {
                value own;
                const value* const known = value_of(what.operands[0], own);
                return known == nullptr ? std::nullopt : std::optional(known->kind == value_kind::blank);
            }
            case condition_kind::is_valid:
                return record_.fields[std::get<field_reference>(what.operands[0]).field].said == verdict::fits;
            case condition_kind::fillers:
                return record_.fillers_fit();
            case condition_kind::all:
                return joined(what.parts, false);
            case condition_kind::any:
                return joined(what.parts, true);
            case condition_kind::no: {
                const auto said = of(what.parts[0]);
                return said ? std::optional(!*said) : std::nullopt;
            }
            case condition_kind::when:
                return of(what.parts[0]).value_or(false) ? of(what.parts[1]) : true;
        }
        return std::nullopt;
    }

 private:
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
    // Nothing where there was no such record.
    [[nodiscard]] const value* value_of(const field_reference& field) const {
        const record_values* const from = field.record == language::none ? &record_
                                          : last_.empty()                ? nullptr
                                                                         : last_[field.record];
        return from == nullptr ? nullptr : &from->fields[field.field].what;
    }
    // Of a field where it is kept, of anything else its own.
    [[nodiscard]] const value* value_of(const operand& what, value& own) const {
        if (const auto* const field = std::get_if<field_reference>(&what)) return value_of(*field);
        if (const auto* const number = std::get_if<std::int64_t>(&what))
            own = {value_kind::number, encoding::utf_8, *number, {}};
        else if (const auto* const text = std::get_if<std::string>(&what))
            own = {value_kind::text, encoding::utf_8, 0, *text};
        else
            own = described::value_of(std::get<date>(what));
        return &own;
    }

    [[nodiscard]] std::optional<bool> compared(comparison how, const operand& left, const operand& right) const {
        const auto* const a = std::get_if<field_reference>(&left);
        const auto* const b = std::get_if<field_reference>(&right);
        return a != nullptr && b != nullptr ? compared(how, value_of(*a), value_of(*b)) : compared_with_own(how, left, right);
    }
    // By itself, so that of() is light.
    [[nodiscard, gnu::noinline]] std::optional<bool> compared_with_own(comparison how, const operand& left,
                                                                       const operand& right) const {
        value own_left, own_right;
        return compared(how, value_of(left, own_left), value_of(right, own_right));
    }

    [[nodiscard]] static std::optional<bool> compared(comparison how, const value* a, const value* b) {
        if (a == nullptr || b == nullptr) return std::nullopt;
        if (how == comparison::equal) return *a == *b;
        if (how == comparison::unequal) return !(*a == *b);
        if (a->kind != b->kind || a->kind == value_kind::blank) return std::nullopt;
        switch (how) {
            case comparison::less:
                return *a < *b;
            case comparison::less_or_equal:
                return !(*b < *a);
            case comparison::greater:
                return *b < *a;
            case comparison::greater_or_equal:
                return !(*a < *b);
            case comparison::equal:
            case comparison::unequal:
                break;
        }
        return std::nullopt;
    }

    const record_values& record_;
    last_records last_;
};

}  // namespace

bool record_values::fillers_fit() const {
    return line == nullptr ||
           std::all_of(kind->fillers.begin(), kind->fillers.end(), [this](const language::described_filler& each) {
               return filler_info_of(each).fits(line->slice(each.first, each.last), line->in);
           });
}

bool holds(const condition& what, const record_values& record, last_records last) {
    return evaluation(record, last).of(what).value_or(true);
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
