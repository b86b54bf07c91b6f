// Plusgiro numbers (plusgironummer), references.md section 3.2: 2 to 8 digits, the last by modulus 10.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace brygga {

// Each form of a number is made from its digits without leading zeros, as normalise_plusgiro gives them.

// "12 34 56-6", "1234566", "0001234566" -> "1234566". Says nothing of the check digit. Nothing when characters, length or
// the place of the hyphen are wrong.
[[nodiscard]] std::optional<std::string> normalise_plusgiro(std::string_view text);

// 2 to 8 digits, not beginning with zero, check digit right.
[[nodiscard]] bool plusgiro_valid(std::string_view digits) noexcept;

// 10 positions for a file. `digits` holds at most 10.
[[nodiscard]] std::string plusgiro_field(std::string_view digits);

// Check digit after a hyphen, the rest in pairs from the right: "12 34 56-6". `digits` holds at least 2.
[[nodiscard]] std::string display_plusgiro(std::string_view digits);

// A fund-raising account (90-konto): 90 and five digits.
[[nodiscard]] bool is_fundraising_plusgiro(std::string_view digits) noexcept;

// The clearing numbers under which a plusgiro account is written as a bank account: 9500-9549 and 9960-9969.
[[nodiscard]] bool is_plusgiro_clearing(std::string_view clearing) noexcept;

}  // namespace brygga
