// The code line (kodrad, OCR-rad) of a payment slip (inbetalningskort), print-batch.md section 3.4: 79 characters in OCR-B.
//
//     #                7001234504 #    1234 50   9 >                 59892810#41#
//
// 1 '#', 3-27 reference, 29 '#', 30-37 kronor, 39-40 öre, 44 check digit of the amount, 46 '>', 47-71 giro number, 72-75 type of
// the slip, 76-79 blank. On a plusgiro slip the number ends at 70. Where the line stands on paper is the letter's business.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/core/result.hpp"

namespace brygga::print {

enum class giro : std::uint8_t { bankgiro, plusgiro };

[[nodiscard]] std::string_view name(giro type) noexcept;

struct code_line {
    std::string reference;      // OCR reference, 2 to 25 digits
    std::int64_t amount_ore{};  // above zero, at most max_code_line_ore
    std::string account;        // digits only, no leading zeros
    giro type = giro::bankgiro;

    [[nodiscard]] bool operator==(const code_line&) const = default;
};

inline constexpr std::size_t code_line_size = 79;
inline constexpr std::int64_t max_code_line_ore = 9'999'999'999;  // 100 000 000 kronor and more is no slip
inline constexpr std::string_view code_line_alignment_mark = "H  ";

// Some readers of slips want an alignment mark before position 1 (slip.leadingH). Unverified, therefore off.
enum class alignment_mark : std::uint8_t { none, leading_h };

// Modulus 10 over kronor and two digits of öre. The amount is not negative.
[[nodiscard]] char amount_check_digit(std::int64_t amount_ore);

// ASCII, code_line_size characters, and the alignment mark before them where it is wanted. invalid_argument where there is no
// slip: an amount that is not above zero or too large, a reference or a number that fails its check digit.
[[nodiscard]] result<std::string> write_code_line(const code_line& line, alignment_mark mark = alignment_mark::none);

}  // namespace brygga::print
