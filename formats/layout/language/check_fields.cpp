#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "formats/core/text.hpp"
#include "formats/layout/language/detail/checking.hpp"
#include "formats/layout/language/detail/vocabulary.hpp"

namespace brygga::layout::language::detail {

namespace {

// Of fixed columns: how many a type needs, 0 for as many as there are.
struct width_rule {
    std::size_t least = 1, most = 0;
};

width_rule width_of(const described_field& field) {
    const auto exactly = [](std::size_t size) { return width_rule{size, size}; };
    switch (field.type) {
        case field_type::date:
            return exactly(form_name(field.day_form).size());
        case field_type::time:
            return exactly(form_name(field.clock_form).size());
        case field_type::timestamp:
            return exactly(form_name(field.moment_form).size());
        case field_type::number:
            return {std::max(1U, field.decimals) + (field.is_signed ? 1U : 0U)};
        case field_type::ore:
            return {field.is_signed ? 2U : 1U};
        case field_type::kronor:
            return {4};  // 0,00
        case field_type::personal_number:
        case field_type::organisation_number:
        case field_type::identity_number:
            return {10};
        case field_type::bankgiro:
            return {7};
        case field_type::plusgiro:
        case field_type::ocr:
            return {2};
        case field_type::bank_account:
            return {5};
        case field_type::iban:
            return {15};
        case field_type::gs1:
            return {18};
        case field_type::text:
        case field_type::digits:
        case field_type::code:
            return {};
    }
    return {};
}

void check_form(checking& at, const field_tree& field, described_field& made) {
    switch (made.type) {
        case field_type::number:
            if (!field.form.empty()) made.decimals = number_from(at, field.form, 1, max_decimals).value_or(0);
            return;
        case field_type::kronor:
            if (field.form != R"(",")" && field.form != R"(".")") at.fault(field.form, R"("," or ".")");
            made.decimal_mark = unquoted(field.form) == "." ? '.' : ',';
            return;
        case field_type::date:
            made.day_form = date_form_named(field.form);
            return;
        case field_type::time:
            made.clock_form = time_form_named(field.form);
            return;
        case field_type::timestamp:
            made.moment_form = timestamp_form_named(field.form);
            return;
        case field_type::code:
            made.table = find_table(at, field.form);
            return;
        default:
            return;
    }
}

void check_modifier(checking& at, const modifier_tree& modifier, described_field& made) {
    const view word = modifier.word;
    if (word == "optional") {
        made.optional = true;
    } else if (word == "zeros") {
        made.zeros = true;
        if (!zeros_are_none(made.type)) at.fault(word, fmt::format("no zeros: those of {} are a value", type_name(made.type)));
    } else if (word == "unique") {
        made.unique = true;
    } else if (word == "personal") {
        made.guard = privacy_named(modifier.kind);
    } else if (word == "signed") {
        made.is_signed = true;
        if (made.type != field_type::number && made.type != field_type::ore) at.fault(word, "signed with number or ore only");
    } else {
        if (made.aligned != field_alignment::of_type) at.fault(word, "left or right, not both");
        if (!at.is_fixed()) at.fault(word, "no alignment: records are separated");
        made.aligned = word == "left" ? field_alignment::left : field_alignment::right;
    }
}

void check_modifiers(checking& at, const field_tree& field, described_field& made) {
    for (auto each = field.modifiers.begin(); each != field.modifiers.end(); ++each) {
        const auto same = [&](const modifier_tree& other) { return other.word == each->word; };
        if (std::any_of(field.modifiers.begin(), each, same))
            at.fault(each->word, fmt::format("{} once", each->word));
        else
            check_modifier(at, *each, made);
    }
}

void check_width(checking& at, const field_tree& field, const described_field& made, std::size_t columns) {
    const auto [least, most] = width_of(made);
    const view place = field.place();
    if (columns < least || (most != 0 && columns > most))
        at.fault(place, most == least ? fmt::format("{} columns for this {}", least, field.type)
                                      : fmt::format("at least {} columns for this {}", least, field.type));
    if (made.table == none) return;
    for (const code_entry& each : at.made.tables[made.table].entries)
        if (count_code_points(each.value) > columns) {
            at.fault(place, fmt::format("columns for the values of {}: \"{}\" is longer", field.form, each.value));
            return;
        }
}

}  // namespace

described_field check_field(checking& at, const field_tree& field, std::size_t columns) {
    described_field made;
    made.name = field.name;
    made.type = field_type_named(field.type);
    check_form(at, field, made);
    check_modifiers(at, field, made);
    if (at.is_fixed() && columns != 0) check_width(at, field, made, columns);
    return made;
}

}  // namespace brygga::layout::language::detail
