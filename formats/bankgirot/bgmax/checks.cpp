#include "formats/bankgirot/bgmax/checks.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/bankgirot/bgmax/infos.hpp"
#include "formats/bankgirot/bgmax/layout.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::bgmax::detail {

namespace {

using layout::all_blank;

bool is_digit_between(char c, char low, char high) noexcept {
    return c >= low && c <= high;
}

rule rule_of_bad_field(std::string_view name) noexcept {
    if (name == "amount_ore" || name == "payments" || name == "deductions" || name == "extra_references" || name == "deposits")
        return rule::R30;
    if (name == "payment_date") return rule::R35;
    if (name == "bank_account" || name == "bankgiro" || name == "plusgiro") return rule::R38;
    if (name == "version") return rule::R03;
    if (name == "written_at") return rule::R06;
    return rule::R44;
}

severity severity_of(rule broken) noexcept {
    return broken == rule::R30 || broken == rule::R03 ? severity::error : severity::warning;
}

}  // namespace

location opening_columns(std::uint64_t line, std::size_t offset) noexcept {
    return {line, offset, 1, 22};
}

void checker::bad_fields(const record_line& line, const record_info& layout, std::uint32_t bad, const subject& about) {
    for (std::size_t i = 0; bad != 0; ++i, bad >>= 1) {
        if ((bad & 1u) == 0) continue;
        const field_info& field = layout.fields[i];
        const rule broken = rule_of_bad_field(field.name);
        report_.field(broken, severity_of(broken), line, layout, field, about, expectation(field));
    }
}

namespace {

bool real_timestamp(std::string_view digits, std::optional<date>& day) {
    if (digits.size() != 20 || !layout::all_digits(digits)) return false;
    day = parse_ccyymmdd(digits.substr(0, 8));
    return day && digits.substr(8, 2) < "24" && digits.substr(10, 2) < "60" && digits.substr(12, 2) < "60";
}

}  // namespace

void checker::start(const record_line& line, const start_record& record, std::uint32_t bad) {
    const record_info& layout = *record_info_of("01");
    const subject none;
    if (record.version != "01" &&
        !(options_->accept_newer_version && layout::all_digits(record.version) && record.version > "01"))
        report_.field(rule::R03, severity::error, line, layout, "version", none, "01");
    const bool test_system = options_->context && options_->context->test_system;
    if (record.kind != marker::production && record.kind != marker::test)
        report_.field(rule::R05, severity::error, line, layout, "marker", none, "P or T");
    else if (record.kind == marker::test && !test_system)
        report_.field(rule::R05, severity::error, line, layout, "marker", none, "P in a production system");
    else if (record.kind == marker::production && test_system)
        report_.field(rule::R05, severity::warning, line, layout, "marker", none, "T in a test system");
    std::optional<date> day;
    if (!real_timestamp(line.columns.slice(25, 44), day))
        report_.field(rule::R06, severity::warning, line, layout, "written_at", none, "CCYYMMDDhhmmss and microseconds");
    else if (knows_today() && days_between(options_->context->today, *day) > 1)
        report_.field(rule::R06, severity::warning, line, layout, "written_at", none, "a time that is not in the future");
    static_cast<void>(bad);  // version and written_at are judged above, whatever made them unreadable
}

void checker::opening(const record_line& line, std::uint32_t bad, section_state& section) {
    const record_info& layout = *record_info_of("05");
    const subject about{section.view.section_no, 0, {}};
    forget_payers();
    bad_fields(line, layout, bad, about);
    section.bankgiro = brygga::without_leading_zeros(section.view.opening.bankgiro);
    if ((bad & 1u) == 0 && !bankgiro_valid(section.bankgiro))
        report_.field(rule::R38, severity::warning, line, layout, "bankgiro", about, "7 or 8 digits with a valid check digit");
    section.own = nullptr;
    if (!options_->context || options_->context->receivers.empty()) return;
    for (const receiver& each : options_->context->receivers)
        if (each.bankgiro == section.bankgiro) section.own = &each;
    if (section.own == nullptr)
        report_.field(rule::R38, severity::hold, line, layout, "bankgiro", about, "a bankgiro number of ours");
}

void checker::payment(const record_line& line, const record_info& layout, const deduction_record& record, std::uint32_t bad,
                      const subject& about, bool is_deduction, const section_state& section) {
    if (bad != 0) [[unlikely]]
        bad_fields(line, layout, bad, about);
    if (record.amount_ore == 0 && (bad & 4u) == 0) [[unlikely]]
        report_.field(rule::R31, severity::warning, line, layout, "amount_ore", about, "an amount above zero");
    reference(line, layout, record, about, section);
    channel_and_serial(line, layout, record, about);
    if (is_deduction && !is_digit_between(static_cast<char>(record.deduction), '0', '2')) [[unlikely]]
        report_.field(rule::R51, severity::warning, line, layout, "deduction_code", about, "0, 1 or 2");
    count_payer(line, record, is_deduction, about);
}

void checker::extra(const record_line& line, const record_info& layout, const extra_reference& item, std::uint32_t bad,
                    const subject& about, const payment_record& parent, const section_state& section) {
    if (bad != 0) [[unlikely]]
        bad_fields(line, layout, bad, about);
    reference(line, layout, item.record, about, section);
    channel_and_serial(line, layout, item.record, about);
    if (item.record.payer_bankgiro != parent.payer_bankgiro) [[unlikely]]
        report_.field(rule::R45, severity::hold, line, layout, "payer_bankgiro", about, "the payer bankgiro of its payment");
    else if (item.record.serial != parent.serial) [[unlikely]]
        report_.field(rule::R45, severity::hold, line, layout, "serial", about, "the serial number of its payment");
    if (!item.negative) return;
    if (item.record.amount_ore == 0)
        report_.field(rule::R47, severity::hold, line, layout, "amount_ore", about, "an amount above zero");
    else if (section.own != nullptr && !section.own->extended_slip_registration)
        report_.field(rule::R47, severity::hold, line, layout, "amount_ore", about,
                      "no negative part without extended slip registration");
}

void checker::reference(const record_line& line, const record_info& layout, const payment_record& record, const subject& about,
                        const section_state& section) {
    const char code = static_cast<char>(record.code);
    if (!is_digit_between(code, '0', '5')) [[unlikely]] {
        report_.field(rule::R40, severity::warning, line, layout, "reference_code", about, "0 to 5");
        return;
    }
    const bool blank = record.reference.empty();
    if (code <= '1' && !blank) [[unlikely]]
        report_.field(rule::R41, severity::warning, line, layout, "reference", about, "a blank reference with code 0 or 1");
    if (code >= '2' && blank) [[unlikely]]
        report_.field(rule::R41, severity::warning, line, layout, "reference", about, "a reference with codes 2 to 5");
    if (record.code == reference_code::ocr && !blank) ocr(line, layout, record, about, section);
}

void checker::ocr(const record_line& line, const record_info& layout, const payment_record& record, const subject& about,
                  const section_state& section) {
    const std::string_view digits = layout::left_trimmed(record.reference.bytes);
    const bool passes = modulus_10_valid(digits);
    if ((!passes && !layout::all_digits(digits)) || digits.size() < min_ocr_digits) [[unlikely]] {
        report_.field(rule::R42, severity::warning, line, layout, "reference", about, "2 to 25 digits");
        return;
    }
    if (record.by == channel::autogiro) return;  // the payee's own choice: its example fails modulus 10
    if (!passes || all_zeros(digits)) [[unlikely]] {
        report_.field(rule::R42, severity::warning, line, layout, "reference", about, "a valid modulus 10 check digit");
        return;
    }
    if (section.own == nullptr) return;
    const ocr_verdict verdict = brygga::ocr::validate(digits, section.own->ocr);
    if (verdict != ocr_verdict::valid) [[unlikely]]
        report_.field(rule::R42, severity::warning, line, layout, "reference", about,
                      fmt::format("a number of OCR level {} ({})", name(section.own->ocr.level), name(verdict)));
}

void checker::channel_and_serial(const record_line& line, const record_info& layout, const payment_record& record,
                                 const subject& about) {
    if (!is_digit_between(static_cast<char>(record.by), '1', '4')) [[unlikely]]
        report_.field(rule::R43, severity::warning, line, layout, "channel", about, "1 to 4");
    (record.by == channel::autogiro ? autogiro_seen_ : other_channel_seen_) = true;
    if (autogiro_seen_ && other_channel_seen_ && !mixture_reported_) [[unlikely]] {
        mixture_reported_ = true;
        report_.field(rule::R43, severity::warning, line, layout, "channel", about, "channel 4 in a file of its own");
    }
    if (record.serial.empty() && record.by != channel::autogiro && all_blank(line.columns.slice(58, 69))) [[unlikely]]
        report_.field(rule::R44, severity::warning, line, layout, "serial", about, "12 digits (blank only with channel 4)");
    if (record.image != '0' && record.image != '1' && record.image != ' ') [[unlikely]]
        report_.field(rule::R52, severity::warning, line, layout, "image", about, "0, 1 or blank");
}

void checker::organisation(const record_line& line, const organisation_record& record, const subject& about) {
    const std::string_view number = record.number.bytes;
    const bool ten = number.size() == 12 && layout::all_digits(number) && number.substr(0, 2) == "00" && !all_zeros(number);
    if (!ten || !modulus_10_valid(number.substr(2)))
        report_.field(rule::R53, severity::warning, line, *record_info_of("29"), "organisation_number", about,
                      "00 and ten digits with a valid check digit");
}

void checker::payment_complete(const record_line& first_line, const payment_view& payment, const subject& about) {
    if (payment.extras.empty()) return;
    ore_sum parts;
    bool split = false;
    for (const extra_reference& each : payment.extras) {
        split = split || each.record.amount_ore != 0;
        if (each.negative)
            parts -= each.record.amount_ore;
        else
            parts += each.record.amount_ore;
    }
    if (split && !(parts == payment.record.amount_ore))
        report_.place(rule::R46, severity::hold, columns_of(first_line, 38, 55), payment.is_deduction ? "21" : "20", about,
                      parts.text(), fmt::format("{} öre", payment.record.amount_ore));
}

void checker::end(const record_line& line, const end_record& record, std::uint32_t bad) {
    const record_info& layout = *record_info_of("70");
    bad_fields(line, layout, bad, {});
    const auto counted = [this](std::string_view code) {
        const auto found = file_->records.find(std::string(code));
        return found == file_->records.end() ? std::uint64_t{0} : found->second;
    };
    const auto compare = [&](std::string_view field, std::int64_t stated, std::uint64_t actual) {
        if (bad == 0 && static_cast<std::uint64_t>(stated) != actual)
            report_.field(rule::R37, severity::error, line, layout, field, {}, fmt::format("{} records counted", actual));
    };
    compare("payments", record.payments, counted("20"));
    compare("deductions", record.deductions, counted("21"));
    compare("extra_references", record.extra_references, counted("22") + counted("23"));
    compare("deposits", record.deposits, counted("15"));
}

}  // namespace brygga::bgmax::detail
