#include "formats/core/plusgiro.hpp"

#include <cassert>

#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"

namespace brygga {

namespace {

constexpr std::size_t field_positions = 10;

bool length_fits(std::string_view digits) noexcept {
    return digits.size() >= 2 && digits.size() <= 8;
}

}  // namespace

std::optional<std::string> normalise_plusgiro(std::string_view text) {
    const std::optional<std::string> all = digits_with_hyphen(text, 1);
    if (!all || all->size() > field_positions) return std::nullopt;
    const std::string_view digits = without_leading_zeros(*all);
    if (!length_fits(digits)) return std::nullopt;
    return std::string(digits);
}

bool plusgiro_valid(std::string_view digits) noexcept {
    return length_fits(digits) && digits.front() != '0' && modulus_10_valid(digits);
}

std::string plusgiro_field(std::string_view digits) {
    return zero_filled(digits, field_positions);
}

std::string display_plusgiro(std::string_view digits) {
    assert(digits.size() >= 2);
    const std::string_view body = digits.substr(0, digits.size() - 1);
    std::string out;
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (i != 0 && (body.size() - i) % 2 == 0) out += ' ';
        out += body[i];
    }
    out += '-';
    out += digits.back();
    return out;
}

bool is_fundraising_plusgiro(std::string_view digits) noexcept {
    return digits.size() == 7 && digits.starts_with("90");
}

bool is_plusgiro_clearing(std::string_view clearing) noexcept {
    if (clearing.size() != 4 || !all_digits(clearing)) return false;
    return (clearing >= "9500" && clearing <= "9549") || (clearing >= "9960" && clearing <= "9969");
}

}  // namespace brygga
