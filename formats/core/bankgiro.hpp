// Bankgiro numbers (bankgironummer), references.md section 3.1: 7 or 8 digits, the last by modulus 10.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace brygga {

// Each form of a number is made from its digits without leading zeros, as normalise_bankgiro gives them.

// "991-2346", "9912346", "0009912346" -> "9912346". Says nothing of the check digit: published payer numbers fail it and
// are still kept. Nothing when characters, length or the place of the hyphen are wrong.
[[nodiscard]] std::optional<std::string> normalise_bankgiro(std::string_view text);

// 7 or 8 digits, not beginning with zero, check digit right.
[[nodiscard]] bool bankgiro_valid(std::string_view digits) noexcept;

// 10 positions for a file. `digits` holds at most 10.
[[nodiscard]] std::string bankgiro_field(std::string_view digits);

// NNN-NNNN or NNNN-NNNN. `digits` holds at least 5.
[[nodiscard]] std::string display_bankgiro(std::string_view digits);

// A fund-raising account (90-konto).
[[nodiscard]] bool is_fundraising_bankgiro(std::string_view digits) noexcept;

}  // namespace brygga
