#include "formats/bankgirot/autogiro/checks.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "formats/core/date.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::autogiro::detail {

namespace {

constexpr std::string_view at_once = "GENAST";

// Dates have a rule of their own, whatever made them unreadable.
bool is_date_field(std::string_view name) noexcept {
    return name.ends_with("_day") || name == "written" || name == "created" || name == "changed" || name == "valid_from" ||
           name == "date";
}

bool is_zeros(std::string_view text) noexcept {
    return !text.empty() && text.find_first_not_of('0') == std::string_view::npos;
}

bool is_day_of_time(int year) noexcept {
    return year >= 1900 && year <= 2099;
}

bool is_short_day(std::string_view yymmdd) {
    return parse_ccyymmdd((yymmdd < "70" ? "20" : "19") + std::string(yymmdd)).has_value();
}

bool is_time(std::string_view hhmmss) noexcept {
    return hhmmss.substr(0, 2) < "24" && hhmmss.substr(2, 2) < "60" && hhmmss.substr(4, 2) < "60";
}

}  // namespace

bool checker::is_day(std::string_view text) noexcept {
    if (text.size() != last_day_.size()) return false;
    if (std::memcmp(text.data(), last_day_.data(), last_day_.size()) == 0) return true;
    const auto day = parse_ccyymmdd(text);
    if (!day || !is_day_of_time(static_cast<int>(day->year()))) return false;
    std::copy_n(text.data(), last_day_.size(), last_day_.begin());
    return true;
}

void checker::day(const record_line& line, const record_info& record, std::string_view field, std::string_view value,
                  const subject& about) {
    if (!is_day(value)) [[unlikely]]
        report_.field(rule::R08, severity::hold, line, record, field, about, "a date CCYYMMDD");
}

void checker::code(const record_line& line, const record_info& record, std::string_view field, code_table table,
                   std::string_view value, const subject& about, bool old_layout) {
    const code_text* const known = find_code(table, value);
    if (known != nullptr && !known->unconfirmed && (old_layout || !known->old_only)) [[likely]]
        return;
    if (value.empty()) return;  // not readable: AG-R24
    report_.field(rule::R14, severity::warning, line, record, field, about,
                  known == nullptr ? "a code of the table" : known->text);
}

// What is no digit breaks AG-R24, an unknown digit AG-R14.
void checker::one_character_code(const record_line& line, const record_info& record, std::string_view field, code_table table,
                                 char value, const subject& about) {
    if (value >= '0' && value <= '9') return code(line, record, field, table, std::string_view(&value, 1), about);
    if (find_code(table, std::string_view(&value, 1)) == nullptr)
        report_.field(rule::R24, severity::hold, line, record, field, about, "a digit");
}

void checker::payee(const record_line& line, const record_info& record, std::string_view value, const subject& about,
                    std::string_view bankgiro, severity level) {
    if (value == bankgiro || value.empty() || bankgiro.empty()) [[likely]]
        return;  // what cannot be read breaks AG-R24
    report_.field(rule::R07, level, line, record, "bankgiro", about, "the bankgiro of the opening record");
}

void checker::tell_bad_parts(const record_line& line, const record_info& record, std::uint32_t bad, const subject& about,
                             severity recurrences, bool echoes_amount) {
    for (std::size_t i = 0; i != record.fields.size() + record.fillers.size(); ++i) {
        if (((bad >> i) & 1u) == 0) continue;
        if (i >= record.fields.size()) {
            report_.filler(rule::R05, severity::hold, line, record, record.fillers[i - record.fields.size()], about);
            continue;
        }
        const layout::field_info& field = record.fields[i];
        const bool amount = field.name.ends_with("_ore");
        if (is_date_field(field.name) || (amount && echoes_amount)) continue;
        const rule broken = amount ? rule::R09 : field.name == "recurrences" ? rule::R13 : rule::R24;
        report_.field(broken, broken == rule::R13 ? recurrences : severity::hold, line, record, field, about,
                      layout::expectation(field));
    }
}

void checker::opening(const record_line& line, const record_info& record, const opening_record& value, const subject& about) {
    const bool with_time = value.written.size() == 20;
    if (is_day(value.written.substr(0, 8)) && (!with_time || is_time(value.written.substr(8)))) return;
    report_.field(rule::R08, severity::hold, line, record, "written", about, "a date CCYYMMDD, with a time where there is one");
}

// AG-R08 of the date itself, AG-R18.
void checker::closing(const record_line& line, const record_info& record, const closing_record& value, const subject& about,
                      std::string_view opened_on) {
    if (!is_day(value.written)) return day(line, record, "written", value.written, about);
    if (value.written != opened_on)
        report_.field(rule::R18, severity::warning, line, record, "written", about, "the date of the opening record");
}

void checker::customer_number(const record_line& line, const record_info& record, std::string_view number,
                              std::string_view expected) {
    if (number == expected || number.empty()) return;
    report_.field(rule::R06, severity::error, line, record, "customer_number", {}, expected);
}

void checker::mandate_request(const record_line& line, const record_info& record, const mandate_request_record& value,
                              const subject& about, std::string_view bankgiro) {
    payee(line, record, value.bankgiro, about, bankgiro, severity::hold);
    if (!value.answer.empty() && value.answer != "AV")
        report_.field(rule::R14, severity::warning, line, record, "answer", about, "AV or blank");
}

void checker::payment(const record_line& line, const record_info& record, const payment_record& value, const subject& about,
                      payment_kind kind, std::string_view bankgiro) {
    if (kind == payment_kind::echo) return;
    const bool instructs = kind == payment_kind::instruction;
    const severity level = instructs ? severity::hold : severity::warning;
    payee(line, record, value.bankgiro, about, bankgiro, level);
    if (!is_day(value.payment_day) && !(instructs && value.payment_day == at_once)) [[unlikely]]
        report_.slipped_field(rule::R08, severity::hold, line, record, "payment_day", about,
                              instructs ? "a date CCYYMMDD or GENAST" : "a date CCYYMMDD");
    if (value.period < '0' || value.period > '8') [[unlikely]]
        report_.field(rule::R13, level, line, record, "period", about, "0 to 8");
    else if (value.period == '0' && !value.recurrences.empty()) [[unlikely]]
        report_.field(rule::R13, level, line, record, "recurrences", about, "blank with period 0");
    if (instructs && value.amount_ore == 0 && layout::all_digits(line.columns.slice(32, 43))) [[unlikely]]
        report_.field(rule::R09, severity::hold, line, record, "amount_ore", about, "more than zero");
}

void checker::status(const record_line& line, const record_info& record, char status, const subject& about) {
    if (status == '0' || status == ' ') [[likely]]
        return;
    one_character_code(line, record, "status", code_table::payment_status, status, about);
}

void checker::refund(const record_line& line, const record_info& record, const refund_record& value, const subject& about) {
    day(line, record, "refund_day", value.refund_day, about);
    code(line, record, "refund_code", code_table::refund, value.refund_code, about);
}

void checker::entry(const record_line& line, const record_info& record, const entry_record& value, const subject& about) {
    day(line, record, "payment_day", value.payment_day, about);
    if (!value.currency.empty() && value.currency != "SEK")
        report_.field(rule::R05, severity::hold, line, record, "currency", about, "blank or SEK");
}

void checker::change(const record_line& line, const record_info& record, const change_record& value, const subject& about,
                     std::string_view bankgiro) {
    payee(line, record, value.bankgiro, about, bankgiro, severity::hold);
    if (record.find("payment_day") != nullptr) day(line, record, "payment_day", value.payment_day, about);
    if (record.find("new_day") != nullptr) day(line, record, "new_day", value.new_day, about);
    if (record.find("direction") != nullptr && value.direction != "82" && value.direction != "32")
        report_.field(layout::all_digits(value.direction) && value.direction.size() == 2 ? rule::R14 : rule::R24,
                      layout::all_digits(value.direction) && value.direction.size() == 2 ? severity::warning : severity::hold,
                      line, record, "direction", about, "82 or 32");
}

void checker::amendment(const record_line& line, const record_info& record, const amendment_record& value, const subject& about,
                        bool old_layout) {
    if (find_code(code_table::direction, value.direction) == nullptr)  // an echo may be blank too
        report_.field(rule::R14, severity::warning, line, record, "direction", about, "82, 32 or 00");
    code(line, record, "comment", code_table::amendment_comment, value.comment, about, old_layout);
}

void checker::advice(const record_line& line, const record_info& record, const advice_record& value, const subject& about,
                     std::string_view bankgiro, bool old_layout) {
    payee(line, record, value.bankgiro, about, bankgiro, severity::hold);
    code(line, record, "information", code_table::mandate_information, value.information, about, old_layout);
    code(line, record, "comment", code_table::mandate_comment, value.comment, about, old_layout);
    if (old_layout && layout::all_blank(line.columns.slice(66, 73)))
        report_.field(rule::R08, severity::warning, line, record, "action_day", about, "a date; that of TK01 holds");
    else
        day(line, record, "action_day", value.action_day, about);
    if (!old_layout) return;
    const bool none = layout::all_blank(line.columns.slice(74, 79)) || is_zeros(value.valid_from);
    if (!none && (value.valid_from.empty() || !is_short_day(value.valid_from)))
        report_.field(rule::R08, severity::hold, line, record, "valid_from", about, "a date YYMMDD, zeros or blank");
}

void checker::rejection(const record_line& line, const record_info& record, std::string_view comment, const subject& about,
                        bool old_layout) {
    code(line, record, "comment", code_table::rejection_comment, comment, about, old_layout);
}

void checker::internet_mandate(const record_line& line, const record_info& record, const internet_mandate_record& value,
                               const subject& about, std::string_view bankgiro) {
    payee(line, record, value.bankgiro, about, bankgiro, severity::hold);
    one_character_code(line, record, "message", code_table::internet_message, value.message, about);
}

void checker::register_entry(const record_line& line, const record_info& record, const register_record& value,
                             const subject& about, bool old_layout) {
    one_character_code(line, record, "origin", code_table::register_origin, value.origin, about);
    one_character_code(line, record, "state", code_table::register_state, value.state, about);
    if (old_layout) one_character_code(line, record, "stopped", code_table::register_stopped, value.stopped, about);
    day(line, record, "created", value.created, about);
    if (is_zeros(value.changed)) return;
    const auto is_blank = [&] {  // and not something that is no number
        const layout::field_info& changed = *record.find("changed");
        return layout::all_blank(line.columns.slice(changed.first, changed.last));
    };
    if (!value.changed.empty() || !is_blank()) day(line, record, "changed", value.changed, about);
}

}  // namespace brygga::autogiro::detail
