#include "formats/layout/described/expectations.hpp"

namespace brygga::layout::described {

namespace {

using language::date_form;
using language::described_field;
using language::field_type;
using language::time_form;
using language::timestamp_form;

std::string_view form_text(date_form form) noexcept {
    switch (form) {
        case date_form::ccyymmdd:
            return "CCYYMMDD";
        case date_form::yymmdd:
            return "YYMMDD";
        case date_form::iso:
            return "CCYY-MM-DD";
        case date_form::dotted:
            return "DD.MM.CCYY";
        case date_form::slashed:
            return "DD/MM/CCYY";
    }
    return "";
}

std::string_view form_text(time_form form) noexcept {
    switch (form) {
        case time_form::hhmmss:
            return "HHMMSS";
        case time_form::hhmm:
            return "HHMM";
        case time_form::colons:
            return "HH:MM:SS";
        case time_form::hours_and_minutes:
            return "HH:MM";
    }
    return "";
}

std::string_view form_text(timestamp_form form) noexcept {
    return form == timestamp_form::iso ? "CCYY-MM-DDTHH:MM:SS" : "CCYYMMDDHHMMSS";
}

std::string_view content_of(const described_field& field) noexcept {
    switch (field.type) {
        case field_type::text:
            return "text";
        case field_type::digits:
            return "digits";
        case field_type::number:
        case field_type::ore:
            return field.is_signed ? "a number, perhaps with a minus sign" : "a number";
        case field_type::kronor:
            return field.decimal_mark == ',' ? "an amount such as 100,50" : "an amount such as 100.50";
        case field_type::date:
            return form_text(field.day_form);
        case field_type::time:
            return form_text(field.clock_form);
        case field_type::timestamp:
            return form_text(field.moment_form);
        case field_type::code:
            return "a value of the code table";
        case field_type::personal_number:
            return "10 or 12 digits of a personal number";
        case field_type::organisation_number:
            return "10 digits of an organisation number";
        case field_type::identity_number:
            return "10 or 12 digits of an identity number";
        case field_type::bankgiro:
            return "7 or 8 digits of a bankgiro number";
        case field_type::plusgiro:
            return "2 to 8 digits of a plusgiro number";
        case field_type::bank_account:
            return "clearing and account number";
        case field_type::iban:
            return "an IBAN";
        case field_type::ocr:
            return "2 to 25 digits";
        case field_type::gs1:
            return "18 digits";
    }
    return "";
}

}  // namespace

std::string expectation(const described_field& field, verdict failed) {
    switch (failed) {
        case verdict::fits:
            return {};
        case verdict::blank:
            return "a value";
        case verdict::check_digit:
            return "a right check digit";
        case verdict::date:
            return "a day of the calendar";
        case verdict::code:
            return "a value of the code table";
        case verdict::content:
            break;
    }
    return std::string(content_of(field));
}

}  // namespace brygga::layout::described
