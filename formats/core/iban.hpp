// International bank account numbers, references.md section 3.7. They are validated and compared, never built from clearing
// and account for a payment: which digits go in differs by bank and is known for few.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "formats/core/bank_account.hpp"

namespace brygga {

enum class iban_fault : std::uint8_t {
    characters,    // other than letters, digits and blanks, or no country and check digits in front
    country,       // not in the registry of IBAN countries
    length,        // not the country's length
    check_digits,  // modulus 97 is not 1, or the check digits are 00, 01 or 99
};

// What would have been right, for a finding's `expected`.
[[nodiscard]] std::string_view expectation(iban_fault fault) noexcept;

// Length of a country's IBANs (ISO 13616 registry); nothing for a country without.
[[nodiscard]] std::optional<std::size_t> iban_length(std::string_view country) noexcept;

// Capitals without blanks.
[[nodiscard]] tl::expected<std::string, iban_fault> parse_iban(std::string_view utf8);

// The two check digits for a country and its own part (capitals and digits). Nothing when these are malformed.
[[nodiscard]] std::optional<std::string> iban_check_digits(std::string_view country, std::string_view own_part);

// In groups of four.
[[nodiscard]] std::string display_iban(std::string_view iban);

// True when a valid Swedish IBAN can be the account: its last 17 digits are clearing (4 digits, or 5 in Swedbank's 8-series) and
// account, or the account alone, zero-filled. False means "not recognised", not "another account", except for banks whose form
// is known (SEB).
[[nodiscard]] bool iban_may_hold(std::string_view iban, const bank_account& account);

}  // namespace brygga
