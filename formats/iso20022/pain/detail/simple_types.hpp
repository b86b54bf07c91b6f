// The simple types of pain.001: which texts an element without children may hold (P1-R01).
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string_view>

namespace brygga::pain::detail {

// Of the text of an element without children. Sizes are in characters, white space included, as a schema counts them.
struct simple_type {
    std::string_view expected;  // in words, for findings
    std::size_t shortest = 1;
    std::size_t longest = std::numeric_limits<std::size_t>::max();
    bool (*form)(std::string_view text) noexcept = nullptr;  // nothing: any text
    std::span<const std::string_view> codes{};               // empty: any
    bool personal = true;                                    // findings do not show it
};

// True when the text is of the type.
[[nodiscard]] bool holds(const simple_type& type, std::string_view text);

namespace forms {

// White space around days, moments and indicators is of no matter to a schema; in other texts it is a character.
[[nodiscard]] bool is_day(std::string_view text) noexcept;
[[nodiscard]] bool is_moment(std::string_view text) noexcept;
[[nodiscard]] bool is_indicator(std::string_view text) noexcept;
[[nodiscard]] bool is_country(std::string_view text) noexcept;
[[nodiscard]] bool is_currency(std::string_view text) noexcept;
[[nodiscard]] bool is_bank(std::string_view text) noexcept;
[[nodiscard]] bool is_bank_of_version_03(std::string_view text) noexcept;
[[nodiscard]] bool is_iban(std::string_view text) noexcept;
[[nodiscard]] bool is_legal_entity(std::string_view text) noexcept;
[[nodiscard]] bool is_uetr(std::string_view text) noexcept;

}  // namespace forms

namespace types {

constexpr simple_type max(std::size_t longest, std::string_view expected) {
    return {.expected = expected, .longest = longest};
}
constexpr simple_type form(bool (*of)(std::string_view) noexcept, std::string_view expected) {
    return {.expected = expected, .form = of, .personal = false};
}
constexpr simple_type code(std::span<const std::string_view> of, std::string_view expected) {
    return {.expected = expected, .codes = of, .personal = false};
}

inline constexpr simple_type max16 = max(16, "1 to 16 characters"), max34 = max(34, "1 to 34 characters"),
                             max35 = max(35, "1 to 35 characters"), max70 = max(70, "1 to 70 characters"),
                             max140 = max(140, "1 to 140 characters"), max2048 = max(2048, "1 to 2048 characters");
inline constexpr simple_type max4 = max(4, "a code of 1 to 4 characters"), max5 = max(5, "a code of 1 to 5 characters");
inline constexpr simple_type day = form(forms::is_day, "a day as 2026-11-26");
inline constexpr simple_type moment = form(forms::is_moment, "a moment as 2026-11-26T10:00:00");
inline constexpr simple_type indicator = form(forms::is_indicator, "true or false");
inline constexpr simple_type country = form(forms::is_country, "a country of two capitals");
inline constexpr simple_type currency = form(forms::is_currency, "a currency of three capitals");
inline constexpr simple_type bic = form(forms::is_bank, "a BIC of 8 or 11 characters");
inline constexpr simple_type bic_of_version_03 = form(forms::is_bank_of_version_03, "a BIC of 8 or 11 characters");
inline constexpr simple_type lei = form(forms::is_legal_entity, "a LEI of 20 characters");
inline constexpr simple_type uetr = form(forms::is_uetr, "a UUID of version 4 in small letters");
inline constexpr simple_type iban{.expected = "an IBAN without blanks", .form = forms::is_iban};

inline constexpr std::string_view priorities[] = {"HIGH", "NORM"};
inline constexpr simple_type priority = code(priorities, "HIGH or NORM");
inline constexpr std::string_view bearers[] = {"DEBT", "CRED", "SHAR", "SLEV"};
inline constexpr simple_type charge_bearer = code(bearers, "DEBT, CRED, SHAR or SLEV");
inline constexpr std::string_view address_types[] = {"ADDR", "PBOX", "HOME", "BIZZ", "MLTO", "DLVY"};
inline constexpr simple_type address_type = code(address_types, "ADDR, PBOX, HOME, BIZZ, MLTO or DLVY");
inline constexpr std::string_view reference_types[] = {"RADM", "RPIN", "FXDR", "DISP", "PUOR", "SCOR"};
inline constexpr simple_type reference_type = code(reference_types, "RADM, RPIN, FXDR, DISP, PUOR or SCOR");
inline constexpr std::string_view document_types[] = {"MSIN", "CNFA", "DNFA", "CINV", "CREN", "DEBN", "HIRI", "SBIN",
                                                      "CMCN", "SOAC", "DISP", "BOLD", "VCHR", "AROI", "TSUT", "PUOR"};
inline constexpr simple_type document_type = code(document_types, "a document type such as CINV or CREN");

}  // namespace types

}  // namespace brygga::pain::detail
