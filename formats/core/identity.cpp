#include "formats/core/identity.hpp"

#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"
#include "formats/core/organisation_number.hpp"
#include "formats/core/personal_number.hpp"

namespace brygga {

std::string_view name(identity_kind kind) noexcept {
    switch (kind) {
        case identity_kind::person:
            return "person";
        case identity_kind::coordination:
            return "coordination";
        case identity_kind::organisation:
            return "organisation";
    }
    return "unknown";
}

std::string_view expectation(identity_fault fault) noexcept {
    switch (fault) {
        case identity_fault::characters:
            return "digits with at most one separator";
        case identity_fault::length:
            return "10 or 12 digits";
        case identity_fault::century:
            return "a century from 18 to the present, or prefix 16";
        case identity_fault::birth_date:
            return "a calendar date that is not in the future";
        case identity_fault::check_digit:
            return "the modulus-10 check digit last";
        case identity_fault::third_digit:
            return "third digit at least 2";
    }
    return "unknown";
}

namespace {

using classified = tl::expected<identity, identity_fault>;

classified from_person(std::string_view text, date today) {
    return parse_personal_number(text, today).map([](const personal_number& number) {
        const bool coordination = number.kind == personal_kind::coordination;
        return identity{coordination ? identity_kind::coordination : identity_kind::person, number.digits, number.date_unknown};
    });
}

classified from_organisation(std::string_view text) {
    return parse_organisation_number(text).map([](const organisation_number& number) {
        return identity{identity_kind::organisation, organisation_customer_key(number.digits), false};
    });
}

// The third digit of ten is the first digit of the month in a person's number: 0 or 1.
bool reads_as_organisation(std::string_view text) noexcept {
    return text.size() > 2 && text[2] >= '2' && text[2] <= '9' && text.find('+') == std::string_view::npos;
}

}  // namespace

tl::expected<identity, identity_fault> classify_identity(std::string_view utf8, date today) {
    const std::string compact = without_blanks(utf8);
    const std::optional<std::string> inside_vat_number = digits_of_vat_number(compact);
    std::string_view text = inside_vat_number ? *inside_vat_number : compact;
    const std::size_t separators = text.find_first_of("+-") == std::string_view::npos ? 0u : 1u;
    if (text.size() == 12 + separators && text.starts_with("16")) return from_organisation(text);
    if (text.size() == 12 + separators && text.starts_with("00")) text.remove_prefix(2);
    const bool ten_digits = text.size() == 10 + separators;
    return ten_digits && reads_as_organisation(text) ? from_organisation(text) : from_person(text, today);
}

}  // namespace brygga
