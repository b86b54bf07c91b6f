// The lines of a recipient's address as they are printed (print-batch.md section 3.8).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga::print {

// All UTF-8; what is not there is empty. Personal data.
struct address_parts {
    std::string name;        // of the person or organisation
    std::string department;  // of an organisation
    std::string attention;   // a person there, without "Att:"
    std::string care_of;     // without "c/o"
    std::string supplement;  // building, floor or apartment: "lgh 1102"
    std::string street;      // with number and entrance
    std::string box;         // "Box 12", or its number
    std::string postcode;    // of Sweden in any form that swedish_postcode takes
    std::string town;
    std::string country = "SE";  // alpha-2
};

struct address_limits {
    std::size_t line_characters = 35;  // the width of SPAR's fields
    std::size_t least_lines = 2, most_lines = 6;
    std::size_t town_characters = 27;
};

struct address_block {
    std::vector<std::string> lines;  // trimmed, without runs of blanks, none empty
    std::string country;             // alpha-2
    bool street_left_out = false;    // there was a box too, and mail goes to the box (ADR-R07)
};

// Lines in the order of the section, country line in Swedish. Nothing is cut: lines that are too long or too many are
// check_address's to tell. A Swedish postcode that is none stays as it stands. invalid_argument for a country that ISO 3166-1
// does not list. The recipient must not be protected: such letters have no address lines (ADR-R08).
[[nodiscard]] result<address_block> address_lines(const address_parts& parts, const address_limits& limits = {});

// Blanks of any kind at the ends removed, and runs of them made one.
[[nodiscard]] std::string without_extra_blanks(std::string_view utf8);

}  // namespace brygga::print
