// Countries as envelopes name them: ISO 3166-1 with Swedish names (print-batch.md section 3.8, ADR-R04).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace brygga::print {

// Where a country writes the postcode. Ours: section 3.8 says "in the country's own order" and no more.
enum class postcode_place : std::uint8_t {
    before_town,     // "0313 OSLO"
    town_first,      // "SPRINGFIELD IL 62701"
    postcode_below,  // on a line of its own
};

struct country {
    std::string_view code;     // alpha-2
    std::string_view swedish;  // in capitals, at most 35 characters
    std::string_view english;  // as partners write it
    postcode_place postcode = postcode_place::before_town;
};

inline constexpr std::string_view sweden = "SE";

// All that ISO 3166-1 lists, by code.
[[nodiscard]] std::span<const country> countries() noexcept;

// By code in capitals; nothing for another code.
[[nodiscard]] const country* find_country(std::string_view code) noexcept;

// By code, Swedish or English name, whatever the capitals: what customer systems write ("Sweden", "norge", "NO"). Nothing for
// another name.
[[nodiscard]] const country* country_named(std::string_view name);

}  // namespace brygga::print
