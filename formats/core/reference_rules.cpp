#include "formats/core/reference_rules.hpp"

#include "formats/core/bank_days.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/gs1.hpp"
#include "formats/core/iban.hpp"
#include "formats/core/identity.hpp"
#include "formats/core/plusgiro.hpp"

namespace brygga::reference_check {

namespace {

enum class clarity : std::uint8_t { open, personal };

struct fault {
    reference_rule rule{};
    severity level{};
    clarity kind{};
    std::string_view field;
    std::string_view found;
    std::string_view expected;
};

bool report(finding_list& findings, const fault& seen) {
    findings.add(static_cast<std::size_t>(seen.rule), seen.level, [&seen] {
        finding made;
        made.field = seen.field;
        made.found = seen.found;
        made.expected = seen.expected;
        made.personal = seen.kind == clarity::personal;
        return made;
    });
    return false;
}

bool giro_valid(std::string_view text, giro_kind kind) {
    switch (kind) {
        case giro_kind::bankgiro: {
            const auto digits = normalise_bankgiro(text);
            return digits && bankgiro_valid(*digits);
        }
        case giro_kind::plusgiro: {
            const auto digits = normalise_plusgiro(text);
            return digits && plusgiro_valid(*digits);
        }
    }
    return false;
}

std::string_view giro_expectation(giro_kind kind) noexcept {
    switch (kind) {
        case giro_kind::bankgiro:
            return "7 or 8 digits with the modulus-10 check digit last";
        case giro_kind::plusgiro:
            return "2 to 8 digits with the modulus-10 check digit last";
    }
    return "unknown";
}

struct identity_flow {
    reference_rule rule{};
    severity level{};
};

bool identity_number(finding_list& findings, std::string_view field, std::string_view text, date today,
                     const identity_flow& flow) {
    const auto known = classify_identity(text, today);
    if (!known) return report(findings, {flow.rule, flow.level, clarity::personal, field, text, expectation(known.error())});
    if (!known->date_unknown) return true;
    return report(findings, {flow.rule, severity::warning, clarity::personal, field, text, "a known birth date"});
}

severity severity_of(account_verdict verdict) noexcept {
    switch (verdict) {
        case account_verdict::valid:
        case account_verdict::untested:
            return severity::info;
        case account_verdict::unknown_clearing:
        case account_verdict::doubtful:
            return severity::warning;
        case account_verdict::length:
        case account_verdict::all_zeros:
        case account_verdict::check_digit:
            return severity::error;
    }
    return severity::error;
}

}  // namespace

bool own_giro(finding_list& findings, std::string_view field, std::string_view text, giro_kind kind) {
    if (giro_valid(text, kind)) return true;
    return report(findings, {reference_rule::r01, severity::error, clarity::open, field, text, giro_expectation(kind)});
}

bool payer_bankgiro(finding_list& findings, std::string_view field, std::string_view text) {
    if (giro_valid(text, giro_kind::bankgiro)) return true;
    return report(findings, {reference_rule::r02, severity::warning, clarity::personal, field, text,
                             giro_expectation(giro_kind::bankgiro)});
}

bool outgoing_ocr(finding_list& findings, std::string_view field, std::string_view text, const ocr_agreement& agreement) {
    const ocr_verdict verdict = ocr::validate(text, agreement);
    if (verdict == ocr_verdict::valid) return true;
    return report(findings, {reference_rule::r03, severity::error, clarity::open, field, text, name(verdict)});
}

bool incoming_ocr(finding_list& findings, std::string_view field, std::string_view text, const ocr_agreement& agreement) {
    const ocr_verdict verdict = ocr::validate(text, agreement);
    if (verdict == ocr_verdict::valid) return true;
    // What a payer writes where a reference belongs may be anything, a name too.
    return report(findings, {reference_rule::r04, severity::warning, clarity::personal, field, text, name(verdict)});
}

bool register_identity(finding_list& findings, std::string_view field, std::string_view text, date today) {
    return identity_number(findings, field, text, today, {reference_rule::r05, severity::error});
}

bool incoming_identity(finding_list& findings, std::string_view field, std::string_view text, date today) {
    return identity_number(findings, field, text, today, {reference_rule::r06, severity::warning});
}

bool payout_account(finding_list& findings, std::string_view field, const bank_account& account) {
    const account_verdict verdict = test_account(account);
    const severity level = severity_of(verdict);
    if (level == severity::info) return true;
    const std::string found = display_bank_account(account);
    return report(findings, {reference_rule::r07, level, clarity::personal, field, found, expectation(verdict)});
}

bool iban(finding_list& findings, std::string_view field, std::string_view text) {
    const auto known = parse_iban(text);
    if (known) return true;
    return report(findings, {reference_rule::r08, severity::error, clarity::personal, field, text, expectation(known.error())});
}

bool gsrn(finding_list& findings, std::string_view field, std::string_view text) {
    const auto known = parse_gsrn(text);
    if (known) return true;
    return report(findings, {reference_rule::r09, severity::warning, clarity::personal, field, text, expectation(known.error())});
}

bool decimal_amount(finding_list& findings, std::string_view field, std::string_view text) {
    const std::size_t point = text.find('.');
    const std::string_view decimals = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (decimals.size() <= 2 || decimals.find_first_of("123456789", 2) == std::string_view::npos) return true;
    return report(findings, {reference_rule::r10, severity::error, clarity::open, field, text, "whole öre"});
}

bool bank_day(finding_list& findings, std::string_view field, date day) {
    if (is_bank_day(day)) return true;
    const std::string found = format_iso_date(day);
    const std::string expected = format_iso_date(next_bank_day(day, false));
    return report(findings, {reference_rule::r11, severity::warning, clarity::open, field, found, expected});
}

}  // namespace brygga::reference_check
