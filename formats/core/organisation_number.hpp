// Organisation numbers (organisationsnummer), references.md section 3.5: ten digits, modulus 10 over all, third digit at
// least 2. Sole traders have their personnummer instead.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "formats/core/identity.hpp"

namespace brygga {

// By the first digit, whose value each has; digits without a meaning are `other`.
enum class organisation_kind : std::uint8_t {
    other = 0,
    estate = 1,         // dödsbo
    public_sector = 2,  // state, regions, municipalities, parishes
    foreign_company = 3,
    limited_company = 5,      // aktiebolag
    simple_partnership = 6,   // enkelt bolag: partnership without registration
    association = 7,          // ekonomisk förening, bostadsrättsförening
    non_profit = 8,           // ideell förening, stiftelse
    trading_partnership = 9,  // handelsbolag, kommanditbolag
};

struct organisation_number {
    std::string digits;  // 10
    organisation_kind kind{};
};

// NNNNNNNNNC, NNNNNN-NNNC and both with prefix 16; blanks are ignored.
[[nodiscard]] tl::expected<organisation_number, identity_fault> parse_organisation_number(std::string_view utf8);

// Each takes the ten digits.
[[nodiscard]] organisation_kind organisation_kind_of(std::string_view digits) noexcept;
[[nodiscard]] std::string display_organisation_number(std::string_view digits);  // NNNNNN-NNNC
[[nodiscard]] std::string organisation_customer_key(std::string_view digits);    // prefix 16: 12 digits
[[nodiscard]] std::string tk29_field(std::string_view digits);                   // 12 positions, zero-filled
[[nodiscard]] std::string vat_number(std::string_view digits);  // SE and 01 around it; a sole trader's ten digits too

// The ten digits inside SE...01; blanks are ignored. Says nothing of their check digit.
[[nodiscard]] std::optional<std::string> digits_of_vat_number(std::string_view utf8);

}  // namespace brygga
