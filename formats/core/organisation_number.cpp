#include "formats/core/organisation_number.hpp"

#include <cassert>

#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"

namespace brygga {

namespace {

constexpr std::size_t own_digits = 10;
constexpr std::size_t digits_after_hyphen = 4;
constexpr std::string_view twelve_digit_prefix = "16";
constexpr std::size_t tk29_positions = 12;

}  // namespace

tl::expected<organisation_number, identity_fault> parse_organisation_number(std::string_view utf8) {
    const std::optional<std::string> all = digits_with_hyphen(utf8, digits_after_hyphen);
    if (!all) return tl::unexpected(identity_fault::characters);
    std::string digits = *all;
    if (digits.size() == own_digits + twelve_digit_prefix.size()) {
        if (!digits.starts_with(twelve_digit_prefix)) return tl::unexpected(identity_fault::century);
        digits.erase(0, twelve_digit_prefix.size());
    }
    if (digits.size() != own_digits) return tl::unexpected(identity_fault::length);
    if (digits[2] < '2') return tl::unexpected(identity_fault::third_digit);
    if (!modulus_10_valid(digits)) return tl::unexpected(identity_fault::check_digit);
    const organisation_kind kind = organisation_kind_of(digits);
    return organisation_number{std::move(digits), kind};
}

organisation_kind organisation_kind_of(std::string_view digits) noexcept {
    assert(digits.size() == own_digits);
    switch (digits.front()) {
        case '1':
            return organisation_kind::estate;
        case '2':
            return organisation_kind::public_sector;
        case '3':
            return organisation_kind::foreign_company;
        case '5':
            return organisation_kind::limited_company;
        case '6':
            return organisation_kind::simple_partnership;
        case '7':
            return organisation_kind::association;
        case '8':
            return organisation_kind::non_profit;
        case '9':
            return organisation_kind::trading_partnership;
        default:
            return organisation_kind::other;
    }
}

std::string display_organisation_number(std::string_view digits) {
    assert(digits.size() == own_digits);
    std::string out(digits);
    out.insert(own_digits - digits_after_hyphen, 1, '-');
    return out;
}

std::string organisation_customer_key(std::string_view digits) {
    assert(digits.size() == own_digits);
    return std::string(twelve_digit_prefix).append(digits);
}

std::string tk29_field(std::string_view digits) {
    assert(digits.size() == own_digits);
    return zero_filled(digits, tk29_positions);
}

std::string vat_number(std::string_view digits) {
    assert(digits.size() == own_digits);
    return std::string("SE").append(digits).append("01");
}

std::optional<std::string> digits_of_vat_number(std::string_view utf8) {
    const std::string text = without_blanks(utf8);
    if (text.size() != own_digits + 4 || !text.starts_with("SE") || !text.ends_with("01")) return std::nullopt;
    const std::string digits = text.substr(2, own_digits);
    if (!all_digits(digits)) return std::nullopt;
    return digits;
}

}  // namespace brygga
