// GS1 identifiers, references.md section 3.8: GLN (location of an e-invoice party) and GSRN (electricity installation,
// anläggnings-id). District heating, water, waste and fibre have local ids without a check digit: not these.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace brygga {

// 13 digits, check digit right, not all zeros.
[[nodiscard]] bool gln_valid(std::string_view digits) noexcept;

inline constexpr std::string_view swedish_gsrn_prefix = "735999";

enum class gsrn_fault : std::uint8_t { characters, length, prefix, check_digit };

// What would have been right, for a finding's `expected`.
[[nodiscard]] std::string_view expectation(gsrn_fault fault) noexcept;

// The 18 digits; blanks are ignored, as is the application identifier 8018 or (8018) that a GS1-128 barcode puts before them.
[[nodiscard]] tl::expected<std::string, gsrn_fault> parse_gsrn(std::string_view utf8);

// The whole number from what people say: 8 running digits, or 9 with the check digit, which must then be right.
// `network_company` is the grid owner's 3 digits: without it the short form says nothing, so it gives nothing.
[[nodiscard]] std::optional<std::string> gsrn_from_short_form(std::string_view utf8, std::string_view network_company);

}  // namespace brygga
