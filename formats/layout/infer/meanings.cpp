#include "formats/layout/infer/detail/meanings.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "formats/core/bank_account.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/layout/described/values.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::layout::infer::detail {

namespace {

using language::date_form;
using language::described_field;
using language::field_type;
using language::time_form;
using language::timestamp_form;

described_field of_type(field_type type) {
    described_field out;
    out.type = type;
    return out;
}

candidate date_of(date_form form, std::size_t size, std::size_t distinct) {
    candidate out{of_type(field_type::date), size, distinct};
    out.field.day_form = form;
    return out;
}

candidate time_of(time_form form, std::size_t size, std::size_t distinct) {
    candidate out{of_type(field_type::time), size, distinct};
    out.field.clock_form = form;
    return out;
}

candidate timestamp_of(timestamp_form form, std::size_t size, std::size_t distinct) {
    candidate out{of_type(field_type::timestamp), size, distinct};
    out.field.moment_form = form;
    return out;
}

bool is_zeros(std::string_view text) noexcept {
    return trimmed(text).find_first_not_of('0') == std::string_view::npos;
}

bool is_of_our_time(std::string_view year) noexcept {
    return year.starts_with("19") || year.starts_with("20");
}

// What chance makes too easily, though the type allows it.
bool is_likely(const candidate& what, std::string_view text) {
    switch (what.field.type) {
        case field_type::date:
            if (what.field.day_form == date_form::yymmdd) return true;
            if (what.field.day_form == date_form::dotted || what.field.day_form == date_form::slashed)
                return is_of_our_time(text.substr(6));
            return is_of_our_time(text);
        case field_type::timestamp:
            return is_of_our_time(text);
        case field_type::bankgiro:
            return what.size == 0 || text.starts_with("00");
        case field_type::personal_number:
        case field_type::organisation_number:
        case field_type::identity_number:
            return !text.starts_with("000");
        case field_type::gs1:
            return text.starts_with("73");
        case field_type::bank_account: {
            const auto account = text.size() == 16 && all_digits(text) ? parse_account_field(text) : parse_bank_account(text);
            return account && test_account(*account) == account_verdict::valid;
        }
        default:
            return true;
    }
}

std::string_view name_of(const described_field& field) noexcept {
    switch (field.type) {
        case field_type::text:
            return "text";
        case field_type::digits:
            return "digits";
        case field_type::number:
            return "number";
        case field_type::ore:
        case field_type::kronor:
            return "amount";
        case field_type::date:
            return "date";
        case field_type::time:
            return "time";
        case field_type::timestamp:
            return "timestamp";
        case field_type::code:
            return "code";
        case field_type::personal_number:
            return "person";
        case field_type::organisation_number:
            return "organisation";
        case field_type::identity_number:
            return "identity";
        case field_type::bankgiro:
            return "bankgiro";
        case field_type::plusgiro:
            return "plusgiro";
        case field_type::bank_account:
            return "account";
        case field_type::iban:
            return "iban";
        case field_type::ocr:
            return "reference";
        case field_type::gs1:
            return "supply_point";
    }
    return "field";
}

privacy guard_of(field_type type) noexcept {
    switch (type) {
        case field_type::personal_number:
        case field_type::identity_number:
        case field_type::organisation_number:
            return privacy::identity;
        case field_type::bankgiro:
        case field_type::plusgiro:
        case field_type::bank_account:
        case field_type::iban:
            return privacy::account;
        case field_type::ocr:
        case field_type::gs1:
            return privacy::reference;
        default:
            return privacy::open;
    }
}

// Zeros are a value of these.
bool zeros_count(field_type type) noexcept {
    return type == field_type::text || type == field_type::number || type == field_type::ore || type == field_type::kronor ||
           type == field_type::time || type == field_type::code;
}

}  // namespace

const std::vector<candidate>& sized_candidates() {
    static const std::vector<candidate> all{
        timestamp_of(timestamp_form::iso, 19, 1),
        timestamp_of(timestamp_form::ccyymmddhhmmss, 14, 3),
        {of_type(field_type::iban), 24, 1},
        date_of(date_form::iso, 10, 1),
        date_of(date_form::dotted, 10, 1),
        date_of(date_form::slashed, 10, 1),
        {of_type(field_type::gs1), 18, 2},
        {of_type(field_type::personal_number), 12, 2},
        {of_type(field_type::identity_number), 12, 3},
        time_of(time_form::colons, 8, 2),
        date_of(date_form::ccyymmdd, 8, 1),
        {of_type(field_type::bankgiro), 10, 3},
        {of_type(field_type::personal_number), 10, 3},
        time_of(time_form::hours_and_minutes, 5, 2),
        date_of(date_form::yymmdd, 6, 5),
    };
    return all;
}

std::vector<candidate> stretch_candidates(std::size_t columns) {
    std::vector<candidate> out;
    if (columns == 0)
        for (const candidate& each : sized_candidates())
            out.push_back({each.field, 0, each.distinct});
    const auto add = [&](candidate what, std::size_t least, std::size_t most) {
        if (columns == 0 || (columns >= least && columns <= most)) out.push_back(what);
    };
    add({of_type(field_type::iban), 0, 1}, 15, 40);
    add({of_type(field_type::organisation_number), 0, 4}, 10, 13);
    add({of_type(field_type::identity_number), 0, 4}, 10, 13);
    add({of_type(field_type::bankgiro), 0, 4}, 7, 10);
    add(time_of(time_form::hhmmss, 6, 6), 6, 6);
    add({of_type(field_type::plusgiro), 0, 5}, 7, 10);
    add({of_type(field_type::ocr), 0, 5}, 6, 30);
    add({of_type(field_type::bank_account), 0, 5}, 11, 20);
    return out;
}

value_count count_values(const proposal& of, const proposed_kind& kind, std::size_t first, std::size_t last) {
    value_count out;
    std::unordered_set<std::string_view> known;
    for (const std::size_t line : kind.lines) {
        const std::string_view text = of.value(line, first, last);
        if (all_blank(text)) {
            ++out.blank;
        } else if (is_zeros(text)) {
            ++out.absent;
        } else {
            ++out.given;
            if (known.size() < most_distinct) known.insert(text);
        }
    }
    out.distinct = known.size();
    return out;
}

bool all_fit(const proposal& of, const proposed_kind& kind, const candidate& what, std::size_t first, std::size_t last) {
    static const language::description no_tables;
    described_field field = what.field;
    field.optional = true;
    bool given = false;
    for (const std::size_t line : kind.lines) {
        const std::string_view text = of.value(line, first, last);
        if (described::judge(field, text, encoding::iso_8859_1, no_tables) != described::verdict::fits) return false;
        if (is_zeros(text)) continue;
        if (!is_likely(what, text)) return false;
        given = true;
    }
    return given;
}

proposed_line line_of(const candidate& what, const value_count& counted, std::size_t first, std::size_t last) {
    proposed_line out;
    out.first = static_cast<std::uint16_t>(first);
    out.last = static_cast<std::uint16_t>(last);
    out.field = what.field;
    out.field.first = out.first;
    out.field.last = out.last;
    out.field.name = fmt::format("{}_{}", name_of(what.field), first);
    out.field.optional = counted.blank != 0 || (counted.absent != 0 && !zeros_count(what.field.type));
    out.field.guard = guard_of(what.field.type);
    return out;
}

std::string words_of(const value_count& counted) {
    if (counted.given == 0) return "no values but zeros";
    if (counted.given == 1) return "1 value";
    return fmt::format("{} values, {}{} different", counted.given, counted.distinct,
                       counted.distinct == most_distinct ? " or more" : "");
}

}  // namespace brygga::layout::infer::detail
