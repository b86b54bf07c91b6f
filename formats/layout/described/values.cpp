#include "formats/layout/described/values.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "formats/core/bank_account.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"
#include "formats/core/gs1.hpp"
#include "formats/core/iban.hpp"
#include "formats/core/ocr.hpp"
#include "formats/core/organisation_number.hpp"
#include "formats/core/personal_number.hpp"
#include "formats/core/plusgiro.hpp"
#include "formats/core/text.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::layout::described {

namespace {

using language::date_form;
using language::described_field;
using language::field_type;
using language::time_form;
using language::timestamp_form;

constexpr date no_day_is_later{std::chrono::year{2099}, std::chrono::December, std::chrono::day{31}};
constexpr std::size_t most_digits = 18;  // fit 64 bits
constexpr std::size_t account_columns = 16;

bool only_zeros(std::string_view text) noexcept {
    return text.find_first_not_of('0') == std::string_view::npos;
}

// Year, month and day as they stand in eight digits, if there is such a day.
std::optional<std::int64_t> day_of_digits(std::uint64_t word) noexcept {
    std::uint64_t number = 0;
    if (!eight_digits(word, number)) return std::nullopt;
    const auto all = static_cast<unsigned>(number);
    const unsigned month = all / 100 % 100, day = all % 100;
    constexpr unsigned char longest[] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month == 0 || month > 12 || day == 0 || day > longest[month]) return std::nullopt;
    const bool is_leap_day = month == 2 && day == 29;
    if (is_leap_day && !std::chrono::year{static_cast<int>(all / 10'000)}.is_leap()) return std::nullopt;
    return all;
}

// As CCYYMMDD, of what the form writes.
std::optional<std::int64_t> day_in(date_form form, std::string_view text) noexcept {
    const auto word = [&](std::size_t year, std::size_t month, std::size_t day) {
        const auto part = [&]<class Part>(std::size_t at, Part out) {
            std::memcpy(&out, text.data() + at, sizeof out);
            return std::uint64_t{out};
        };
        return part(year, std::uint32_t{}) | part(month, std::uint16_t{}) << 32 | part(day, std::uint16_t{}) << 48;
    };
    const auto has_marks = [&](std::size_t first, std::size_t second, char mark) {
        return text.size() == 10 && text[first] == mark && text[second] == mark;
    };
    switch (form) {
        case date_form::ccyymmdd:
            return text.size() == 8 ? day_of_digits(word(0, 4, 6)) : std::nullopt;
        case date_form::yymmdd: {
            const auto day = parse_yymmdd(text);
            return day ? std::optional(value_of(*day).number) : std::nullopt;
        }
        case date_form::iso:
            return has_marks(4, 7, '-') ? day_of_digits(word(0, 5, 8)) : std::nullopt;
        case date_form::dotted:
            return has_marks(2, 5, '.') ? day_of_digits(word(6, 3, 0)) : std::nullopt;
        case date_form::slashed:
            return has_marks(2, 5, '/') ? day_of_digits(word(6, 3, 0)) : std::nullopt;
    }
    return std::nullopt;
}

bool is_two_digits_below(std::string_view text, unsigned limit) noexcept {
    if (text.size() != 2 || !all_digits(text)) return false;
    return static_cast<unsigned>((text[0] - '0') * 10 + (text[1] - '0')) < limit;
}

bool is_clock(std::string_view text, bool colons, bool seconds) noexcept {
    const std::size_t step = colons ? 3 : 2;
    const std::size_t size = step * (seconds ? 3 : 2) - (colons ? 1 : 0);
    if (text.size() != size || !is_two_digits_below(text.substr(0, 2), 24)) return false;
    for (std::size_t at = step; at < size; at += step)
        if ((colons && text[at - 1] != ':') || !is_two_digits_below(text.substr(at, 2), 60)) return false;
    return true;
}

bool is_clock(time_form form, std::string_view text) noexcept {
    const bool colons = form == time_form::colons || form == time_form::hours_and_minutes;
    return is_clock(text, colons, form == time_form::hhmmss || form == time_form::colons);
}

// Of what is no day: digits and marks where they should be, or other things.
verdict fault_of_day(date_form form, std::string_view text) noexcept {
    const std::size_t digits =
        static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
    const std::size_t wanted = form == date_form::yymmdd ? 6 : 8;
    return digits == wanted ? verdict::date : verdict::content;
}

verdict judge_moment(timestamp_form form, std::string_view text) {
    if (form == timestamp_form::ccyymmddhhmmss) {
        if (text.size() != 14 || !all_digits(text)) return verdict::content;
        return parse_ccyymmdd(text.substr(0, 8)) && is_clock(text.substr(8), false, true) ? verdict::fits : verdict::date;
    }
    if (text.size() != 19 || text[10] != 'T') return verdict::content;
    return parse_iso_date(text.substr(0, 10)) && is_clock(text.substr(11), true, true) ? verdict::fits : verdict::date;
}

verdict of_fault(identity_fault fault) {
    switch (fault) {
        case identity_fault::characters:
        case identity_fault::length:
            return verdict::content;
        case identity_fault::century:
        case identity_fault::birth_date:
        case identity_fault::check_digit:
        case identity_fault::third_digit:
            return verdict::check_digit;
    }
    return verdict::content;
}

// As nearly every one is written: twelve digits of the 19th to 21st century, or ten, a day and a right check digit.
bool is_plain_personal_number(std::string_view text) noexcept {
    if (text.size() == 10) {
        char day[] = "20YYMMDD";
        std::copy_n(text.data(), 6, day + 2);
        return modulus_10_valid(text) && parse_ccyymmdd({day, 8});
    }
    return text.size() == 12 && (text.starts_with("19") || text.starts_with("20") || text.starts_with("18")) &&
           modulus_10_valid(text.substr(2)) && parse_ccyymmdd(text.substr(0, 8));
}

// Twelve columns may hold the ten digits behind zeros.
verdict judge_identity(field_type type, std::string_view text) {
    if (text.size() == 12 && text.starts_with("00")) text.remove_prefix(2);
    if (type != field_type::organisation_number && is_plain_personal_number(text)) return verdict::fits;
    if (type == field_type::organisation_number) {
        const auto read = parse_organisation_number(text);
        return read ? verdict::fits : of_fault(read.error());
    }
    if (type == field_type::personal_number) {
        const auto read = parse_personal_number(text, no_day_is_later);
        return read ? verdict::fits : of_fault(read.error());
    }
    const auto read = classify_identity(text, no_day_is_later);
    return read ? verdict::fits : of_fault(read.error());
}

verdict judge_account(std::string_view text) {
    const auto account =
        text.size() == account_columns && all_digits(text) ? parse_account_field(text) : parse_bank_account(text);
    if (!account) return verdict::content;
    switch (test_account(*account)) {
        case account_verdict::valid:
        case account_verdict::untested:
        case account_verdict::unknown_clearing:
        case account_verdict::doubtful:
            return verdict::fits;
        case account_verdict::length:
            return verdict::content;
        case account_verdict::all_zeros:
        case account_verdict::check_digit:
            return verdict::check_digit;
    }
    return verdict::content;
}

verdict judge_iban(std::string_view text) {
    const auto read = parse_iban(text);
    if (read) return verdict::fits;
    return read.error() == iban_fault::check_digits ? verdict::check_digit : verdict::content;
}

verdict judge_giro(field_type type, std::string_view text) {
    constexpr std::size_t most_giro_digits = 8;
    if (all_digits(text))
        while (text.size() > most_giro_digits && text.front() == '0')
            text.remove_prefix(1);
    const auto digits = type == field_type::bankgiro ? normalise_bankgiro(text) : normalise_plusgiro(text);
    if (!digits) return verdict::content;
    const bool right = type == field_type::bankgiro ? bankgiro_valid(*digits) : plusgiro_valid(*digits);
    return right ? verdict::fits : verdict::check_digit;
}

verdict judge_table(const language::code_table& table, std::string_view text, encoding in) {
    if (!is_ascii(text) && in != encoding::utf_8) return judge_table(table, to_utf8(text, in), encoding::utf_8);
    const bool known = std::any_of(table.entries.begin(), table.entries.end(),
                                   [&](const language::code_entry& each) { return each.value == text; });
    return known ? verdict::fits : verdict::code;
}

// Of fixed columns: blanks are no digits there.
bool is_zero_filled(const described_field& field) noexcept {
    const bool fills = field.type == field_type::digits || field.type == field_type::number || field.type == field_type::ore;
    return fills && !field.is_signed && field.aligned == language::field_alignment::of_type;
}

verdict judge_digits(std::string_view text, bool are_right) noexcept {
    if (are_right) return verdict::fits;
    return all_digits(text) ? verdict::check_digit : verdict::content;
}

// A value that is there, without its fill, of a type that says no more than whether it fits.
verdict judge_text(const described_field& field, std::string_view text, encoding in, const language::description& of) {
    switch (field.type) {
        case field_type::digits:
            return all_digits(text) ? verdict::fits : verdict::content;
        case field_type::time:
            return is_clock(field.clock_form, text) ? verdict::fits : verdict::content;
        case field_type::timestamp:
            return judge_moment(field.moment_form, text);
        case field_type::code:
            return judge_table(of.tables[field.table], text, in);
        case field_type::personal_number:
        case field_type::organisation_number:
        case field_type::identity_number:
            return judge_identity(field.type, text);
        case field_type::bankgiro:
        case field_type::plusgiro:
            return judge_giro(field.type, text);
        case field_type::bank_account:
            return judge_account(text);
        case field_type::iban:
            return judge_iban(text);
        case field_type::ocr:
            if (text.size() < min_ocr_digits || text.size() > max_ocr_digits) return verdict::content;
            return judge_digits(text, modulus_10_valid(text));
        case field_type::gs1:
            return text.size() == 18 ? judge_digits(text, gs1_valid(text)) : verdict::content;
        case field_type::text:
        case field_type::number:
        case field_type::ore:
        case field_type::kronor:
        case field_type::date:
            break;
    }
    return verdict::fits;
}

bool is_amount(field_type type) noexcept {
    return type == field_type::number || type == field_type::ore || type == field_type::kronor;
}

// How it stands in a right-aligned field of digits: blanks are no digits.
[[gnu::always_inline]] inline std::string_view without_fill(const described_field& field, std::string_view slice) noexcept {
    if (field.type == field_type::text || field.type == field_type::code) {
        const bool right = field.aligned == language::field_alignment::right;
        return right ? trimmed(slice) : right_trimmed(slice);
    }
    return is_zero_filled(field) ? slice : trimmed(slice);
}

// Digits only; nothing for anything else.
std::optional<std::int64_t> value_of_digits(std::string_view text) noexcept {
    while (text.size() > most_digits && text.front() == '0')
        text.remove_prefix(1);
    if (text.empty() || text.size() > most_digits) return std::nullopt;
    std::uint64_t sum = 0;
    std::size_t at = 0;
    for (std::uint64_t part = 0; at + 8 <= text.size(); at += 8) {
        if (!eight_digits(text.data() + at, part)) return std::nullopt;
        sum = sum * 100'000'000 + part;
    }
    for (; at != text.size(); ++at) {
        const auto digit = static_cast<unsigned char>(text[at]) - unsigned{'0'};
        if (digit > 9) return std::nullopt;
        sum = sum * 10 + digit;
    }
    return static_cast<std::int64_t>(sum);
}

// Whole kronor, the mark and two digits.
std::optional<std::int64_t> ore_of_kronor(std::string_view text, char mark) noexcept {
    constexpr std::size_t behind = 3;
    while (text.size() > most_digits + 1 && text.front() == '0')
        text.remove_prefix(1);
    if (text.size() <= behind || text.size() > most_digits + 1 || text[text.size() - behind] != mark) return std::nullopt;
    std::int64_t sum = 0;
    for (std::size_t at = 0; at != text.size(); ++at) {
        if (at + behind == text.size()) continue;
        if (text[at] < '0' || text[at] > '9') return std::nullopt;
        sum = sum * 10 + (text[at] - '0');
    }
    return sum;
}

std::optional<std::int64_t> negated(std::optional<std::int64_t> number) noexcept {
    return number ? std::optional(-*number) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> number_in(const described_field& field, std::string_view slice) {
    const bool is_kronor = field.type == field_type::kronor;
    if (!is_kronor)
        if (const auto number = value_of_digits(slice)) return number;
    std::string_view text = trimmed(slice);
    const bool negative = (field.is_signed || is_kronor) && text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (negative && field.is_signed) text = trimmed(text);
    const auto number = is_kronor ? ore_of_kronor(text, field.decimal_mark) : value_of_digits(text);
    return negative ? negated(number) : number;
}

namespace {

void put(read_value& into, verdict said, value_kind kind, encoding in, std::int64_t number, std::string_view text) noexcept {
    into.said = said;
    into.what.kind = kind;
    into.what.in = in;
    into.what.number = number;
    into.what.text = text;
}

template <bool Judged>
void read_amount(const described_field& field, std::string_view text, encoding in, const language::description* of,
                 read_value& into) {
    const auto number = number_in(field, text);
    if (!number) return put(into, verdict::content, value_kind::text, in, 0, text);
    const bool has_others =
        Judged && field.type != field_type::kronor && !of->separated && is_zero_filled(field) && !all_digits(text);
    put(into, has_others ? verdict::content : verdict::fits, value_kind::number, in, *number, text);
}

// Without a description where nobody asks what fits.
template <bool Judged>
[[gnu::always_inline]] inline void read(const described_field& field, std::string_view slice, encoding in,
                                        const language::description* of, read_value& into) {
    if (all_blank(slice)) return put(into, field.optional ? verdict::fits : verdict::blank, value_kind::blank, in, 0, {});
    const std::string_view text = without_fill(field, slice);
    if (field.type == field_type::text) return put(into, verdict::fits, value_kind::text, in, 0, text);
    if (is_amount(field.type)) return read_amount<Judged>(field, text, in, of, into);
    if (field.type == field_type::date)
        if (const auto day = day_in(field.day_form, text)) return put(into, verdict::fits, value_kind::day, in, *day, text);
    if (language::zeros_are_none(field.type) && only_zeros(text))
        return put(into, field.optional || field.zeros ? verdict::fits : verdict::blank, value_kind::blank, in, 0, {});
    const verdict said = field.type == field_type::date ? fault_of_day(field.day_form, text)
                         : Judged                       ? judge_text(field, text, in, *of)
                                                        : verdict::fits;
    put(into, said, value_kind::text, in, 0, text);
}

}  // namespace

value value_of(date day) noexcept {
    const auto year = static_cast<int>(day.year());
    const auto month = static_cast<unsigned>(day.month()), of_month = static_cast<unsigned>(day.day());
    return {value_kind::day, encoding::utf_8, std::int64_t{year} * 10'000 + month * 100 + of_month, {}};
}

date day_of(const value& known) noexcept {
    const auto number = static_cast<unsigned>(known.number);
    return {std::chrono::year{static_cast<int>(number / 10'000)}, std::chrono::month{number / 100 % 100},
            std::chrono::day{number % 100}};
}

void read_field(const described_field& field, std::string_view slice, encoding in, const language::description& of,
                read_value& into) {
    read<true>(field, slice, in, &of, into);
}

verdict judge(const described_field& field, std::string_view slice, encoding in, const language::description& of) {
    read_value out;
    read<true>(field, slice, in, &of, out);
    return out.said;
}

value value_in(const described_field& field, std::string_view slice, encoding in) {
    read_value out;
    read<false>(field, slice, in, nullptr, out);
    return out.what;
}

bool is_same_text(const value& a, const value& b) {
    if (a.in == b.in || (is_ascii(a.text) && is_ascii(b.text))) return a.text == b.text;
    return to_utf8(a.text, a.in) == to_utf8(b.text, b.in);
}

bool operator<(const value& a, const value& b) {
    if (a.kind != value_kind::text) return a.number < b.number;
    if (is_ascii(a.text) && is_ascii(b.text)) return a.text < b.text;
    return to_utf8(a.text, a.in) < to_utf8(b.text, b.in);
}

bool is_telling(field_type type) noexcept {
    switch (type) {
        case field_type::date:
        case field_type::time:
        case field_type::timestamp:
        case field_type::personal_number:
        case field_type::organisation_number:
        case field_type::identity_number:
        case field_type::iban:
        case field_type::gs1:
            return true;
        case field_type::text:
        case field_type::digits:
        case field_type::number:
        case field_type::ore:
        case field_type::kronor:
        case field_type::code:
        case field_type::bankgiro:
        case field_type::plusgiro:
        case field_type::bank_account:
        case field_type::ocr:
            return false;
    }
    return false;
}

}  // namespace brygga::layout::described
