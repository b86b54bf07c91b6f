#include "formats/core/gs1.hpp"

#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"

namespace brygga {

namespace {

constexpr std::size_t gln_digits = 13;
constexpr std::size_t gsrn_digits = 18;
constexpr std::size_t company_digits = 3;
constexpr std::size_t running_digits = 8;

std::string_view without_application_identifier(std::string_view text) noexcept {
    for (const std::string_view identifier : {"(8018)", "8018"})
        if (text.size() == identifier.size() + gsrn_digits && text.starts_with(identifier)) return text.substr(identifier.size());
    return text;
}

}  // namespace

bool gln_valid(std::string_view digits) noexcept {
    return digits.size() == gln_digits && !all_zeros(digits) && gs1_valid(digits);
}

std::string_view expectation(gsrn_fault fault) noexcept {
    switch (fault) {
        case gsrn_fault::characters:
            return "digits only";
        case gsrn_fault::length:
            return "18 digits";
        case gsrn_fault::prefix:
            return "prefix 735999";
        case gsrn_fault::check_digit:
            return "the GS1 check digit last";
    }
    return "unknown";
}

tl::expected<std::string, gsrn_fault> parse_gsrn(std::string_view utf8) {
    const std::string compact = without_blanks(utf8);
    const std::string_view digits = without_application_identifier(compact);
    if (!all_digits(digits)) return tl::unexpected(gsrn_fault::characters);
    if (digits.size() != gsrn_digits) return tl::unexpected(gsrn_fault::length);
    if (!digits.starts_with(swedish_gsrn_prefix)) return tl::unexpected(gsrn_fault::prefix);
    if (!gs1_valid(digits)) return tl::unexpected(gsrn_fault::check_digit);
    return std::string(digits);
}

std::optional<std::string> gsrn_from_short_form(std::string_view utf8, std::string_view network_company) {
    if (network_company.size() != company_digits || !all_digits(network_company)) return std::nullopt;
    const std::string digits = without_blanks(utf8);
    if (!all_digits(digits) || digits.size() < running_digits || digits.size() > running_digits + 1) return std::nullopt;
    std::string whole = std::string(swedish_gsrn_prefix).append(network_company).append(digits, 0, running_digits);
    const char check = *gs1_digit(whole);
    if (digits.size() > running_digits && digits.back() != check) return std::nullopt;
    return whole + check;
}

}  // namespace brygga
