#include "formats/core/bank_identity.hpp"

#include <algorithm>

#include "formats/core/check_digit.hpp"

namespace brygga {

namespace {

constexpr std::size_t number_digits = 12;
constexpr std::size_t agreement_digits = 11;
constexpr std::size_t century_digits = 2;  // no part of what the check digit is of
constexpr std::size_t most_bank_letters = 4;

// Up to the next full stop; nothing where there is none. `rest` is what follows.
std::optional<std::string_view> part(std::string_view& rest) {
    const std::size_t end = rest.find('.');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view out = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return out;
}

bool is_number(std::string_view text) {
    return text.size() == number_digits && all_digits(text) && modulus_10_valid(text.substr(century_digits));
}

bool is_bank(std::string_view text) {
    return !text.empty() && text.size() <= most_bank_letters &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

}  // namespace

std::optional<issuer_identity> parse_issuer_identity(std::string_view text) {
    const auto number = part(text), agreement = part(text), bank = part(text);
    if (!number || !agreement || !bank || text != "SE") return std::nullopt;
    const bool is_agreement = agreement->size() == agreement_digits && all_digits(*agreement);
    if (!is_number(*number) || !is_agreement || !is_bank(*bank)) return std::nullopt;
    return issuer_identity{std::string(number->substr(century_digits)), std::string(*agreement), std::string(*bank)};
}

std::optional<receiver_identity> parse_receiver_identity(std::string_view text) {
    const auto number = part(text), bank = part(text);
    if (!number || !bank || text != "SE" || !is_number(*number) || !is_bank(*bank)) return std::nullopt;
    return receiver_identity{std::string(*number), std::string(*bank)};
}

}  // namespace brygga
