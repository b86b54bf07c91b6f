#include "formats/layout/language/detail/type_words.hpp"

#include <fmt/format.h>

#include "formats/layout/language/detail/condition_text.hpp"
#include "formats/layout/language/detail/vocabulary.hpp"

namespace brygga::layout::language::detail {

namespace {

std::string_view day_words(date_form form) noexcept {
    switch (form) {
        case date_form::ccyymmdd:
            return "2026-03-02 is 20260302";
        case date_form::yymmdd:
            return "2026-03-02 is 260302";
        case date_form::iso:
            return "as 2026-03-02";
        case date_form::dotted:
            return "2026-03-02 is 02.03.2026";
        case date_form::slashed:
            return "2026-03-02 is 02/03/2026";
    }
    return {};
}

std::string number_words(const described_field& field) {
    std::string out = field.type == field_type::ore ? "an amount in öre" : "a number";
    if (field.decimals != 0)
        out += field.decimals == 1 ? ", its last digit a decimal" : fmt::format(", its last {} digits decimals", field.decimals);
    return out;
}

std::string value_words(const described_field& field) {
    switch (field.type) {
        case field_type::text:
            return "text";
        case field_type::digits:
            return "digits; leading zeros matter";
        case field_type::number:
        case field_type::ore:
            return number_words(field);
        case field_type::kronor:
            return fmt::format("an amount in kronor, as 100{}50", field.decimal_mark);
        case field_type::date:
            return fmt::format("a date {}: {}", form_name(field.day_form), day_words(field.day_form));
        case field_type::time:
            return fmt::format("a time of day {}", form_name(field.clock_form));
        case field_type::timestamp:
            return fmt::format("a day and time {}", form_name(field.moment_form));
        case field_type::code:
            return "a code";
        case field_type::personal_number:
            return "a personal number (personnummer), 10 or 12 digits";
        case field_type::organisation_number:
            return "an organisation number (organisationsnummer), 10 or 12 digits";
        case field_type::identity_number:
            return "a personal or organisation number, 10 or 12 digits";
        case field_type::bankgiro:
            return "a bankgiro number, 7 or 8 digits";
        case field_type::plusgiro:
            return "a plusgiro number, 2 to 8 digits";
        case field_type::bank_account:
            return "a bank account: clearing number and account number";
        case field_type::iban:
            return "an IBAN";
        case field_type::ocr:
            return "a reference of 2 to 25 digits, the last a check digit (OCR, modulus 10)";
        case field_type::gs1:
            return "a supply point (anläggnings-id), 18 digits, the last a check digit (GS1)";
    }
    return {};
}

bool is_number(field_type type) noexcept {
    return type == field_type::number || type == field_type::ore;
}

}  // namespace

std::string type_words(const described_field& field, bool fixed) {
    std::string out = value_words(field);
    if (field.is_signed) out += ", perhaps behind a minus sign";
    if (!fixed) return out;
    switch (field.aligned) {
        case field_alignment::left:
            return out + ", left-aligned";
        case field_alignment::right:
            return out + ", right-aligned";
        case field_alignment::of_type:
            break;
    }
    if (field.type == field_type::text) return out + ", left-aligned, blank-filled";
    if (field.type == field_type::kronor) return out + ", right-aligned";
    if (is_number(field.type)) return out + ", right-aligned, zero-filled";
    return out;
}

std::string type_text(const description& of, const described_field& field) {
    std::string out(type_name(field.type));
    if (field.type == field_type::number && field.decimals != 0) out += fmt::format(" {} decimals", field.decimals);
    if (field.type == field_type::kronor) out += " with " + quoted({&field.decimal_mark, 1});
    if (field.type == field_type::date) out.append(" ").append(form_name(field.day_form));
    if (field.type == field_type::time) out.append(" ").append(form_name(field.clock_form));
    if (field.type == field_type::timestamp) out.append(" ").append(form_name(field.moment_form));
    if (field.type == field_type::code) out += " " + of.tables[field.table].name;
    if (field.optional) out += " optional";
    if (field.zeros) out += " zeros";
    if (field.aligned != field_alignment::of_type) out += field.aligned == field_alignment::left ? " left" : " right";
    if (field.is_signed) out += " signed";
    if (field.unique) out += " unique";
    if (field.guard != privacy::open) out.append(" personal ").append(privacy_name(field.guard));
    return out;
}

}  // namespace brygga::layout::language::detail
