// The list of letters of a department, sandlista-NAME.csv (last paragraph of print-batch.md section 3.6): ISO 8859-1, separated
// by commas.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga::print::index {

struct letter_row {
    std::string name, care_of, street, apartment, postcode, town;  // UTF-8

    [[nodiscard]] bool operator==(const letter_row&) const = default;
};

// Quoted as RFC 4180 has it, or without quotes where each row has exactly six fields. invalid_content with the line, never with
// what it holds.
[[nodiscard]] result<std::vector<letter_row>> read_sending_list(std::string_view bytes);

// Every field of a row between quotes, lines ended by CRLF. invalid_content for text that ISO 8859-1 cannot hold.
[[nodiscard]] result<std::string> write_sending_list(const std::vector<letter_row>& rows);

}  // namespace brygga::print::index
