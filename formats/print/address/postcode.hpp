// Swedish postcodes (postnummer), print-batch.md section 3.8, ADR-R02.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace brygga::print {

// "12345", "123 45", "SE-12345", "S-123 45" -> "123 45", as it is printed. The prefix may stand with either form, blanks around
// are ignored. Nothing for anything else: five digits, the first 1 to 9.
[[nodiscard]] std::optional<std::string> swedish_postcode(std::string_view text);

}  // namespace brygga::print
