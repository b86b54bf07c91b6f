// The rules of an address block, ADR-R01 to ADR-R08 (print-batch.md section 3.8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/print/address/block.hpp"

namespace brygga::print {

enum class address_rule : std::uint8_t {
    lines,           // ADR-R01
    postcode,        // ADR-R02
    town,            // ADR-R03
    country_line,    // ADR-R04
    other_text,      // ADR-R05
    characters,      // ADR-R06
    box_and_street,  // ADR-R07
    protection,      // ADR-R08
};

// Indexed by the enum.
[[nodiscard]] std::span<const rule_info> address_rules() noexcept;

struct address_finding {
    address_rule rule{};
    std::size_t line{};  // from 1; 0 for the whole block
    std::string found;   // never the text itself: a length, a character, or the text masked
    std::string expected;
};

struct address_demands {
    address_limits limits;
    // Whether the letter's font has a character. Control characters are refused whatever it says; without it all others are
    // printable.
    std::function<bool(char32_t)> printable;
    std::string customer_number;  // must not stand in the block; empty for none
    bool protected_recipient = false;
};

// `country` is alpha-2. Empty when all is right. For a protected recipient any line is ADR-R08, and nothing else is looked at.
[[nodiscard]] std::vector<address_finding> check_address(std::span<const std::string> lines, std::string_view country,
                                                         const address_demands& demands = {});

// As the above, and ADR-R07 for a street that address_lines left out.
[[nodiscard]] std::vector<address_finding> check_address(const address_block& block, const address_demands& demands = {});

}  // namespace brygga::print
