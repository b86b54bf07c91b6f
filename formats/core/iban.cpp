#include "formats/core/iban.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"

namespace brygga {

namespace {

struct country_length {
    std::string_view country;
    std::uint8_t length;
};

constexpr std::array<country_length, 87> countries = {
    {{"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22}, {"BH", 22}, {"BI", 27},
     {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DJ", 27}, {"DK", 18}, {"DO", 28},
     {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23},
     {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27},
     {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20}, {"LV", 21}, {"LY", 25},
     {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MN", 20}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18},
     {"NO", 15}, {"OM", 23}, {"PK", 24}, {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33},
     {"SA", 24}, {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"SO", 23}, {"ST", 25}, {"SV", 28},
     {"TL", 23}, {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}}};

constexpr std::size_t head_size = 4;
constexpr std::size_t swedish_bank_digits = 3;
constexpr std::size_t swedish_account_digits = 17;

bool is_capital_or_digit(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

std::string capitals(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

bool head_is_formed(std::string_view iban) noexcept {
    const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    return iban.size() > head_size && letter(iban[0]) && letter(iban[1]) && all_digits(iban.substr(2, 2));
}

// 98 minus a remainder is 02 to 98: others may satisfy the modulus, but nobody issues them.
bool check_digits_possible(std::string_view digits) noexcept {
    return digits >= "02" && digits <= "98";
}

}  // namespace

std::string_view expectation(iban_fault fault) noexcept {
    switch (fault) {
        case iban_fault::characters:
            return "country, two check digits, then letters and digits";
        case iban_fault::country:
            return "a country with IBANs";
        case iban_fault::length:
            return "the length of its country";
        case iban_fault::check_digits:
            return "check digits by modulus 97";
    }
    return "unknown";
}

std::optional<std::size_t> iban_length(std::string_view country) noexcept {
    const auto before = [](const country_length& row, std::string_view wanted) { return row.country < wanted; };
    const auto* const found = std::lower_bound(countries.begin(), countries.end(), country, before);
    if (found == countries.end() || found->country != country) return std::nullopt;
    return found->length;
}

tl::expected<std::string, iban_fault> parse_iban(std::string_view utf8) {
    std::string iban = capitals(without_blanks(utf8));
    if (!std::all_of(iban.begin(), iban.end(), is_capital_or_digit) || !head_is_formed(iban))
        return tl::unexpected(iban_fault::characters);
    const std::optional<std::size_t> length = iban_length(std::string_view(iban).substr(0, 2));
    if (!length) return tl::unexpected(iban_fault::country);
    if (iban.size() != *length) return tl::unexpected(iban_fault::length);
    if (iban.starts_with("SE") && !all_digits(std::string_view(iban).substr(2))) return tl::unexpected(iban_fault::characters);
    const std::string turned = iban.substr(head_size) + iban.substr(0, head_size);
    if (!check_digits_possible(std::string_view(iban).substr(2, 2)) || modulus_97(turned) != 1u)
        return tl::unexpected(iban_fault::check_digits);
    return iban;
}

std::optional<std::string> iban_check_digits(std::string_view country, std::string_view own_part) {
    const std::optional<std::size_t> length = iban_length(country);
    if (!length || own_part.size() + head_size != *length) return std::nullopt;
    const std::optional<unsigned> rest = modulus_97(std::string(own_part).append(country).append("00"));
    if (!rest) return std::nullopt;
    return fmt::format("{:02}", 98 - *rest);
}

std::string display_iban(std::string_view iban) {
    std::string out;
    for (std::size_t i = 0; i < iban.size(); ++i) {
        if (i != 0 && i % 4 == 0) out += ' ';
        out += iban[i];
    }
    return out;
}

bool iban_may_hold(std::string_view iban, const bank_account& account) {
    if (!iban.starts_with("SE") || !parse_iban(iban)) return false;
    const std::string_view digits = iban.substr(head_size + swedish_bank_digits);
    const auto is = [digits](std::string_view own) {
        return own.size() <= swedish_account_digits && digits == zero_filled(own, swedish_account_digits);
    };
    if (is(account.account) || is(account.clearing + account.account)) return true;
    if (!account.clearing.starts_with('8') || !modulus_10_digit(account.clearing)) return false;
    return is(account.clearing + *modulus_10_digit(account.clearing) + account.account);
}

}  // namespace brygga
