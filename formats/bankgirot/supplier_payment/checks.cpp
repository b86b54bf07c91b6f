#include "formats/bankgirot/supplier_payment/checks.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "formats/bankgirot/record_table.hpp"
#include "formats/core/bank_days.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/date.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::supplier_payment::detail {

namespace {

constexpr std::string_view at_once = "GENAST";
constexpr std::size_t payout_numbers = 100'000;  // five digits
constexpr std::string_view zeros = "0000000000";

// How severe a wrong date is; nothing where dates are not tested.
std::optional<severity> date_severity(layout_id in) noexcept {
    switch (in) {
        case layout_id::to_bankgirot:
            return severity::hold;
        case layout_id::payment_specification:
        case layout_id::watch:
        case layout_id::unknown_report:
            return severity::warning;
        case layout_id::delivery:
        case layout_id::rejected:
        case layout_id::returned_money_orders:
            return std::nullopt;
    }
    return std::nullopt;
}

// Published examples hide numbers behind X.
bool is_masked(std::string_view slice) noexcept {
    return slice.find('X') != std::string_view::npos && slice.find_first_not_of("0123456789X ") == std::string_view::npos;
}

bool may_be_blank(const layout::field_info& field, layout_id in) noexcept {
    return field.name == "sum_ore" && (in == layout_id::rejected || in == layout_id::watch);
}

bool is_closing_or_opening(const record_info& record) noexcept {
    return record.code == "11" || record.code == "29";
}

std::string_view expected_number(const layout::field_info& field) noexcept {
    return field.name == "payee" ? "10 digits, or a payout number without check digit" : std::string_view();
}

}  // namespace

bool is_no_day(std::string_view day) noexcept {
    return day.empty() || day == zeros.substr(0, 6);
}

bool recipients::same(std::uint32_t section_no, std::string_view five_digits, part which, std::string_view columns) {
    std::size_t number = 0;
    for (const char c : five_digits)
        number = number * 10 + static_cast<std::size_t>(c - '0');
    if (number >= entries_.size()) entries_.resize(std::min(std::max(number + 1, 2 * entries_.size()), payout_numbers));
    entry& known = entries_[number];
    const auto at = static_cast<std::size_t>(which);
    const std::uint64_t hash = std::hash<std::string_view>{}(columns);
    if (known.sections[at] == section_no) return known.hashes[at] == hash;
    known.sections[at] = section_no;
    known.hashes[at] = hash;
    return true;
}

void checker::bad_parts(const record_line& line, const record_info& record, std::uint32_t bad, const subject& about,
                        layout_id in) {
    const bool echo = in == layout_id::rejected && !is_closing_or_opening(record);
    for (std::size_t i = 0; i != record.fields.size(); ++i) {
        if (((bad >> i) & 1u) == 0) continue;
        const layout::field_info& field = record.fields[i];
        if (field.fills == layout::form::code || (echo && field.name != "amount_ore")) continue;
        const std::string_view slice = line.columns.slice(field.first, field.last);
        if (layout::all_blank(slice) && may_be_blank(field, in)) continue;
        const std::string_view expected = expected_number(field);
        report_.field(rule::R13, is_masked(slice) ? severity::warning : severity::hold, line, record, field, about,
                      expected.empty() ? layout::expectation(field) : std::string(expected));
    }
}

void checker::bankgiro(const record_line& line, const record_info& record, std::string_view field, std::string_view number,
                       const subject& about, layout_id in) {
    if (number.empty() || in == layout_id::rejected) return;
    if (bankgiro_valid(number.substr(std::min(number.find_first_not_of('0'), number.size())))) return;
    report_.field(rule::R03, severity::warning, line, record, field, about, "7 or 8 digits with a check digit by modulus 10");
}

void checker::payee(const record_line& line, const record_info& record, std::string_view number, const subject& about,
                    layout_id in) {
    constexpr std::size_t without_check_digit = 9;
    if (number.empty() || number.size() == without_check_digit || in == layout_id::rejected) return;
    if (std::equal(last_payee_.begin(), last_payee_.end(), number.begin())) return;
    if (!is_payout_number(number)) {
        if (!bankgiro_valid(number.substr(number.find_first_not_of('0'))))
            return bankgiro(line, record, "payee", number, about, in);
    } else if (!modulus_10_valid(number)) {
        report_.field(rule::R03, severity::warning, line, record, "payee", about,
                      "a payout number with a check digit by modulus 10, or without one");
        return;
    }
    std::copy_n(number.begin(), last_payee_.size(), last_payee_.begin());
}

bool checker::is_day(std::string_view day) noexcept {
    if (day.size() == last_day_.size() && std::equal(day.begin(), day.end(), last_day_.begin())) [[likely]]
        return true;
    const auto parsed = parse_yymmdd(day);
    if (!parsed) return false;
    std::copy(day.begin(), day.end(), last_day_.begin());
    last_is_bank_day_ = is_bank_day(*parsed);
    return true;
}

void checker::day(const record_line& line, const record_info& record, std::string_view field, std::string_view day,
                  const subject& about, layout_id in, bool at_once_allowed) {
    if (is_day(day)) [[likely]]
        return;
    const auto level = date_severity(in);
    if (!level || is_no_day(day) || (at_once_allowed && day == at_once)) return;
    report_.slipped_field(rule::R20, *level, line, record, field, about,
                          at_once_allowed ? "a date YYMMDD, GENAST, zeros or blank" : "a date YYMMDD, zeros or blank");
}

void checker::bank_day(const record_line& line, const record_info& record, std::string_view field, std::string_view day,
                       const subject& about) {
    if (!is_day(day) || last_is_bank_day_) [[likely]]
        return;  // what is no date breaks LB-R20
    report_.field(rule::R06, severity::warning, line, record, field, about, "a bank day");
}

void checker::opening(const record_line& line, const record_info& record, const opening_record& value, const subject& about,
                      layout_id in) {
    const bool to_bankgirot = in == layout_id::to_bankgirot;
    bankgiro(line, record, "bankgiro", value.bankgiro, about, in);
    day(line, record, "written", value.written, about, in);
    day(line, record, "payment_day", value.payment_day, about, in, to_bankgirot);
    if (to_bankgirot) bank_day(line, record, "payment_day", value.payment_day, about);
    if (in == layout_id::unknown_report) report_.field(rule::R10, severity::warning, line, record, "kind", about, "1, 2 or 6");
}

void checker::payment(const record_line& line, const record_info& record, const payment_record& value, const subject& about,
                      layout_id in, std::string_view in_opening, bool amount_readable) {
    if (in == layout_id::rejected) return;
    const unsigned code = bankgirot::code_number(record.code);
    if (code != 54) payee(line, record, value.payee, about, in);
    if (value.amount_ore == 0 && amount_readable) [[unlikely]]
        report_.field(rule::R07, severity::hold, line, record, "amount_ore", about, "more than zero");
    if (in == layout_id::to_bankgirot) {
        day(line, record, "day", value.day, about, in, code != 16);
        if (code == 16 || code == 17) return;
        bank_day(line, record, "day", value.day, about);
        const bool has_day = !is_no_day(value.day);
        if (has_day == is_no_day(in_opening)) [[likely]]
            return;
        report_.field(rule::R06, severity::warning, line, record, "day", about,
                      has_day ? "blank, for TK11 has the payment day" : "a payment day, for TK11 has none");
        return;
    }
    if (code == 16) return day(line, record, "day", value.day, about, in);
    if (code != 14 && code != 54) return;
    bankgiro(line, record, "redirected_to", value.redirected_to == zeros ? std::string_view() : value.redirected_to, about, in);
    if (value.code != ' ' && value.code != '0' && find_code(code_table::payment_type, {&value.code, 1}) == nullptr)
        report_.field(rule::R10, severity::warning, line, record, "code", about, "C or 0");
}

void checker::recipient(const record_line& line, const record_info& record, const subject& about, layout_id in,
                        recipients::part which) {
    const std::string_view number = line.columns.slice(7, 11);
    if (in == layout_id::rejected || line.columns.slice(3, 6) != "0000" || !layout::all_digits(number)) return;
    struct place {
        std::string_view field;
        unsigned first, last;
    };
    static constexpr place places[] = {{"account", 13, 28}, {"name", 13, 80}, {"street", 13, 72}};
    const place& at = places[static_cast<std::size_t>(which)];
    if (recipients_.same(about.section_no, number, which, line.columns.slice(at.first, at.last))) return;
    report_.field(rule::R05, severity::hold, line, record, at.field, about, "the recipient that the payout number has above");
}

void checker::rejection(const record_line& line, const record_info& record, const rejection_record& value, const subject& about) {
    if (find_code(code_table::rejection, value.code) != nullptr) return;
    report_.slipped_field(rule::R10, severity::warning, line, record, "code", about, "a code of the table");
}

}  // namespace brygga::supplier_payment::detail
