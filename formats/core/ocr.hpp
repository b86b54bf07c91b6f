// OCR references (OCR-referensnummer), references.md section 3.3: 2 to 25 digits with the check digit last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga {

// The control level agreed with the bank for one bankgiro number.
enum class ocr_level : std::uint8_t {
    none,             // free text
    soft,             // OCR 1: check digit; the payer may go on with another message
    hard,             // OCR 2: check digit
    variable_length,  // OCR 3: check digit, and before it the last digit of the total length
    fixed_length,     // OCR 4: check digit and one of the agreed lengths
};

[[nodiscard]] std::string_view name(ocr_level level) noexcept;

struct ocr_agreement {
    ocr_level level = ocr_level::none;
    std::vector<unsigned> lengths;  // total lengths, check digit included; used by fixed_length only
};

enum class ocr_verdict : std::uint8_t {
    valid,
    not_digits,
    too_short,     // under min_ocr_digits, under min_ocr_digits_level_3 at variable_length
    too_long,      // over max_ocr_digits
    all_zeros,     // passes the arithmetic, means nothing
    check_digit,   // the last digit is not the modulus-10 digit of the others
    length_digit,  // variable_length: the digit before the last is not the last digit of the length
    not_agreed,    // fixed_length: the length is none of the agreed ones
};

[[nodiscard]] std::string_view name(ocr_verdict verdict) noexcept;

inline constexpr std::size_t min_ocr_digits = 2;
inline constexpr std::size_t min_ocr_digits_level_3 = 3;
inline constexpr std::size_t max_ocr_digits = 25;

namespace ocr {

// `text` is digits without blanks. At level none every text is valid. At level soft a failing reference gets its verdict
// like at level hard: what to do with it is the caller's.
[[nodiscard]] ocr_verdict validate(std::string_view text, const ocr_agreement& agreement) noexcept;

// The reference of an invoice or customer number: (variable_length) length digit and (all but none) check digit appended.
// invalid_argument where the number is not digits, is all zeros, or the reference would leave the bounds. At fixed_length the
// length is not tested: validate() knows the agreed lengths.
[[nodiscard]] result<std::string> build(std::string_view number, ocr_level level);

// The number that build() was given; nothing when the reference fails the level's digits (agreed lengths are not known).
[[nodiscard]] std::optional<std::string> number_of(std::string_view reference, ocr_level level);

struct candidate {
    std::string digits;
    std::size_t offset{};  // bytes from the beginning of the text
    std::size_t size{};    // bytes, separators included
    bool joined{};         // made of several digit runs

    [[nodiscard]] bool operator==(const candidate&) const = default;
};

// References in free text. First the digit runs bounded by non-digits, then neighbouring runs joined over single blanks
// (U+0020, U+00A0) or hyphens; each group in order of position, shorter first. Never a part of a digit run. At level none all
// runs of 2 to 25 digits that are not all zeros. One in ten random numbers passes modulus 10: match against open invoices.
[[nodiscard]] std::vector<candidate> find_all(std::string_view utf8, const ocr_agreement& agreement);

}  // namespace ocr

}  // namespace brygga
