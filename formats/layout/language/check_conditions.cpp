#include <charconv>

#include <fmt/format.h>

#include "formats/core/date.hpp"
#include "formats/core/text.hpp"
#include "formats/layout/language/detail/checking.hpp"
#include "formats/layout/language/detail/vocabulary.hpp"

namespace brygga::layout::language::detail {

namespace {

constexpr std::size_t max_digits = 18;  // with sign and point

enum class family : std::uint8_t { amount, day, text };

// What a side of a comparison is; nothing for a field that is not known.
struct side {
    family of{};
    unsigned decimals = 0;
    const described_field* field = nullptr;
    view place;
};

side side_of(const described_field& field, view place) {
    if (const auto decimals = decimals_of(field)) return {family::amount, *decimals, &field, place};
    return {field.type == field_type::date ? family::day : family::text, 0, &field, place};
}

std::string wanted(const side& like) {
    switch (like.of) {
        case family::amount:
            return like.decimals == 0 ? "a number without decimals, as in "
                                      : fmt::format("a number with {} decimals, as in ", like.decimals);
        case family::day:
            return "a day, to compare with ";
        case family::text:
            return "a text, to compare with ";
    }
    return {};
}

// 12 and 12.00 as units of the field's last decimal.
std::optional<std::int64_t> value_of(view number, unsigned decimals) {
    std::string digits(number);
    if (const std::size_t stop = digits.find('.'); stop != std::string::npos) {
        if (digits.size() - stop - 1 != decimals) return std::nullopt;
        digits.erase(stop, 1);
    }
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return read.ec == std::errc() ? std::optional(value) : std::nullopt;
}

class condition_check {
 public:
    condition_check(checking& at, std::size_t record) : at_(at), record_(record) {}

    condition check(const condition_tree& tree) {
        condition made;
        made.kind = tree.kind;
        if (tree.kind == condition_kind::compare) made.how = comparison_named(tree.how);
        for (const condition_tree& each : tree.parts)
            made.parts.push_back(check(each));
        if (tree.kind == condition_kind::fillers && !at_.is_fixed())
            at_.fault(tree.how, "a field: separated records have no fillers");
        if (!tree.operands.empty()) check_operands(tree, made);
        return made;
    }

 private:
    void check_operands(const condition_tree& tree, condition& made) {
        if (tree.kind == condition_kind::is_valid && tree.operands.front().text.find('.') != view::npos)
            at_.fault(tree.operands.front().text, "a field of the record itself");
        if (tree.kind == condition_kind::is_blank || tree.kind == condition_kind::is_valid ||
            tree.kind == condition_kind::one_of) {
            if (tree.operands.front().kind != operand_kind::field) {
                at_.fault(tree.operands.front().text, "a field");
                return;
            }
        }
        std::optional<side> like;  // the first field: what the others compare with
        for (const operand_tree& each : tree.operands)
            if (each.kind == operand_kind::field && !like) {
                const field_reference found = find(each);
                if (found.field == none) return;
                like = side_of(field_of(found), each.text);
            }
        if (!like) {
            at_.fault(tree.operands.front().text, "a field on one side");
            return;
        }
        for (const operand_tree& each : tree.operands)
            if (auto operand = check_operand(each, *like)) made.operands.push_back(std::move(*operand));
    }

    [[nodiscard]] const described_field& field_of(field_reference of) const {
        return at_.made.records[of.record == none ? record_ : of.record].fields[of.field];
    }

    field_reference find(const operand_tree& tree) {
        if (tree.text.find('.') == view::npos) return {none, find_field(at_, record_, tree.text, tree.text)};
        const found_field found = find_record_field(at_, tree.text);
        return {found.record, found.field};
    }

    std::optional<operand> check_operand(const operand_tree& tree, const side& like) {
        switch (tree.kind) {
            case operand_kind::field:
                return check_reference(tree, like);
            case operand_kind::number:
                if (tree.text.size() > max_digits) {
                    at_.fault(tree.text, "a number of fewer digits");
                    return std::nullopt;
                }
                if (like.of == family::amount)
                    if (const auto value = value_of(tree.text, like.decimals)) return *value;
                break;
            case operand_kind::day:
                if (like.of == family::day) return *parse_iso_date(tree.text);
                break;
            case operand_kind::text:
                if (like.of == family::text) return check_text(tree, like);
                break;
        }
        at_.fault(tree.text, wanted(like) + std::string(like.place));
        return std::nullopt;
    }

    std::optional<operand> check_reference(const operand_tree& tree, const side& like) {
        const field_reference found = find(tree);
        if (found.field == none) return std::nullopt;
        const side other = side_of(field_of(found), tree.text);
        if (other.of == like.of && other.decimals == like.decimals) return found;
        at_.fault(tree.text, wanted(like) + std::string(like.place));
        return std::nullopt;
    }

    std::optional<operand> check_text(const operand_tree& tree, const side& like) {
        std::string text = unquoted(tree.text);
        const described_field& field = *like.field;
        const std::size_t columns = at_.is_fixed() && field.first != 0 ? field.last - field.first + 1U : text.size();
        if (count_code_points(text) > columns) at_.fault(tree.text, fmt::format("a text that {} columns can hold", columns));
        return text;
    }

    checking& at_;
    std::size_t record_;
};

}  // namespace

condition check_condition(checking& at, std::size_t record, const condition_tree& tree) {
    return condition_check(at, record).check(tree);
}

void check_whens(checking& at) {
    for (std::size_t i = 0; i < at.tree.records.size(); ++i) {
        if (!at.tree.records[i].when) continue;
        const std::size_t faults = at.texts.fault_count();
        at.made.records[i].when = check_condition(at, i, *at.tree.records[i].when);
        if (at.texts.fault_count() != faults || at.tree.records[i].broken) at.doubtful[i] = true;
    }
}

}  // namespace brygga::layout::language::detail
