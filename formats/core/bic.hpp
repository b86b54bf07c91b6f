// Bank identifier codes, references.md section 3.7.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace brygga {

// 8 or 11 characters: four letters or digits, two letters of a country, two and then three letters or digits. Capitals, without
// blanks and without the branch XXX, which equals none. Nothing when the form is wrong.
[[nodiscard]] std::optional<std::string> parse_bic(std::string_view utf8);

}  // namespace brygga
