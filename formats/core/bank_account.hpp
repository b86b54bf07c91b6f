// Swedish bank accounts: clearing number and account number (references.md section 3.6). Account numbers are personal data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/core/clearing_table.hpp"

namespace brygga {

struct bank_account {
    std::string clearing;  // 4 digits; Swedbank's fifth is not kept
    std::string account;   // 1 to 12 digits, as written

    [[nodiscard]] bool operator==(const bank_account&) const = default;
};

// "5841-1009823", "5841 100 98 23", "8105-9, 900 000 000-1", "81059 9000000001", "58411009823" and the 16 digits of payment
// files. Blanks, hyphens, commas and full stops separate. A single digit set off behind an 8-series clearing number is read as
// its fifth. Nothing when the text cannot be read so, or a fifth clearing digit is wrong.
[[nodiscard]] std::optional<bank_account> parse_bank_account(std::string_view utf8);

// Four digits; five where the 8-series prints its check digit ("8327-9", "83279"), which must then be right.
[[nodiscard]] std::optional<std::string> normalise_clearing(std::string_view utf8);

enum class account_verdict : std::uint8_t {
    valid,
    untested,          // the bank is known, a test is not (format only)
    unknown_clearing,  // no range holds the clearing number: a warning, not an error
    doubtful,          // type 2 comment 3 fails modulus 10: older accounts may, a warning
    length,            // digits missing or too many for the bank
    all_zeros,         // passes the arithmetic, means nothing
    check_digit,       // fails the bank's test
};

// What would have been right, for a finding's `expected`.
[[nodiscard]] std::string_view expectation(account_verdict verdict) noexcept;

[[nodiscard]] account_verdict test_account(const bank_account& account) noexcept;

// The 16 digits of payment files: clearing 4, account 12 right-aligned and zero-filled.
[[nodiscard]] std::string account_field(const bank_account& account);
// Back: leading zeros removed down to the length that the bank's rule wants (7, 9 or 10; where it wants none, down to the first
// other digit). Nothing when the field is not 16 digits.
[[nodiscard]] std::optional<bank_account> parse_account_field(std::string_view field);

[[nodiscard]] std::string display_bank_account(const bank_account& account);  // "5841-1009823"

}  // namespace brygga
