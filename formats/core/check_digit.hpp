// The check-digit algorithms of Swedish identifiers (references.md section 2). All take digits as text, from the left;
// text with anything else never passes, and empty text never passes. Arithmetic only: a number of zeros passes modulus 10,
// modulus 11 and GS1, so identifiers refuse it apart with all_zeros().
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace brygga {

// False for empty text.
[[nodiscard]] constexpr bool all_digits(std::string_view text) noexcept {
    for (const char c : text)
        if (c < '0' || c > '9') return false;
    return !text.empty();
}

// True for empty text: nothing but zeros is in it.
[[nodiscard]] constexpr bool all_zeros(std::string_view text) noexcept {
    return text.find_first_not_of('0') == std::string_view::npos;
}

namespace detail {

[[nodiscard]] constexpr unsigned digit_from_right(std::string_view digits, std::size_t place) noexcept {
    return static_cast<unsigned>(digits[digits.size() - 1 - place] - '0');
}

// Sum with `weights` repeated from the right, beginning at weights[first].
template <std::size_t Count>
[[nodiscard]] constexpr unsigned weighted_sum(std::string_view digits, const unsigned (&weights)[Count], std::size_t first,
                                              bool sum_digits) noexcept {
    unsigned sum = 0;
    for (std::size_t place = 0; place < digits.size(); ++place) {
        const unsigned product = digit_from_right(digits, place) * weights[(place + first) % Count];
        sum += sum_digits && product > 9 ? product - 9 : product;
    }
    return sum;
}

// Of the digits, every second one from the right weighted, beginning with the last but one. One pass without a branch per digit:
// every OCR reference of a bank file goes through here. False for what is not digits.
template <class Weighted>
[[nodiscard]] constexpr bool is_multiple_of_10(std::string_view number, const Weighted& weighted) noexcept {
    unsigned sum = 0;
    unsigned not_digits = 0;
    std::size_t left = number.size();
    for (; left >= 2; left -= 2) {
        const unsigned even = static_cast<unsigned char>(number[left - 1]) - unsigned{'0'};
        const unsigned odd = static_cast<unsigned char>(number[left - 2]) - unsigned{'0'};
        not_digits |= static_cast<unsigned>(even > 9) | static_cast<unsigned>(odd > 9);
        sum += even + weighted(odd);
    }
    if (left == 1) {
        const unsigned digit = static_cast<unsigned char>(number[0]) - unsigned{'0'};
        not_digits |= static_cast<unsigned>(digit > 9);
        sum += digit;
    }
    return not_digits == 0 && !number.empty() && sum % 10 == 0;
}

[[nodiscard]] constexpr char completing_digit(unsigned sum) noexcept {
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

inline constexpr unsigned char doubled_digits[16] = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};  // sums of digits; the others are none
inline constexpr unsigned modulus_10_weights[] = {1, 2};
inline constexpr unsigned modulus_11_weights[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
inline constexpr unsigned gs1_weights[] = {1, 3};

}  // namespace detail

// Modulus 10 (Luhn), section 2.1. Nothing when the body is not digits.
[[nodiscard]] constexpr std::optional<char> modulus_10_digit(std::string_view body) noexcept {
    if (!all_digits(body)) return std::nullopt;
    return detail::completing_digit(detail::weighted_sum(body, detail::modulus_10_weights, 1, true));
}

[[nodiscard]] constexpr bool modulus_10_valid(std::string_view number) noexcept {
    return detail::is_multiple_of_10(number, [](unsigned digit) { return unsigned{detail::doubled_digits[digit & 15u]}; });
}

// Modulus 11, section 2.2: weights 1, 2 ... 10, 1, 2 ... from the right. Nothing when the body is not digits or would need
// the check digit 10, which is not issued.
[[nodiscard]] constexpr std::optional<char> modulus_11_digit(std::string_view body) noexcept {
    if (!all_digits(body)) return std::nullopt;
    const unsigned digit = (11 - detail::weighted_sum(body, detail::modulus_11_weights, 1, false) % 11) % 11;
    if (digit == 10) return std::nullopt;
    return static_cast<char>('0' + digit);
}

[[nodiscard]] constexpr bool modulus_11_valid(std::string_view number) noexcept {
    return all_digits(number) && detail::weighted_sum(number, detail::modulus_11_weights, 0, false) % 11 == 0;
}

// GS1, section 2.3: GTIN, GLN, SSCC and GSRN alike.
[[nodiscard]] constexpr std::optional<char> gs1_digit(std::string_view body) noexcept {
    if (!all_digits(body)) return std::nullopt;
    return detail::completing_digit(detail::weighted_sum(body, detail::gs1_weights, 1, false));
}

[[nodiscard]] constexpr bool gs1_valid(std::string_view number) noexcept {
    return detail::is_multiple_of_10(number, [](unsigned digit) { return 3 * digit; });
}

// Remainder of digits and capital letters (A = 10 ... Z = 35) divided by 97, section 2.4. Nothing for anything else.
[[nodiscard]] constexpr std::optional<unsigned> modulus_97(std::string_view text) noexcept {
    unsigned rest = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            rest = (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
        else if (c >= 'A' && c <= 'Z')
            rest = (rest * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
        else
            return std::nullopt;
    }
    if (text.empty()) return std::nullopt;
    return rest;
}

}  // namespace brygga
