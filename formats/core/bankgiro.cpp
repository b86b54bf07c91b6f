#include "formats/core/bankgiro.hpp"

#include <cassert>

#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"

namespace brygga {

namespace {

constexpr std::size_t field_positions = 10;
constexpr std::size_t digits_after_hyphen = 4;

bool length_fits(std::string_view digits) noexcept {
    return digits.size() == 7 || digits.size() == 8;
}

}  // namespace

std::optional<std::string> normalise_bankgiro(std::string_view text) {
    const std::optional<std::string> all = digits_with_hyphen(text, digits_after_hyphen);
    if (!all || all->size() > field_positions) return std::nullopt;
    const std::string_view digits = without_leading_zeros(*all);
    if (!length_fits(digits)) return std::nullopt;
    return std::string(digits);
}

bool bankgiro_valid(std::string_view digits) noexcept {
    return length_fits(digits) && digits.front() != '0' && modulus_10_valid(digits);
}

std::string bankgiro_field(std::string_view digits) {
    return zero_filled(digits, field_positions);
}

std::string display_bankgiro(std::string_view digits) {
    assert(digits.size() > digits_after_hyphen);
    std::string out(digits);
    out.insert(out.size() - digits_after_hyphen, 1, '-');
    return out;
}

bool is_fundraising_bankgiro(std::string_view digits) noexcept {
    return digits.starts_with("90");
}

}  // namespace brygga
