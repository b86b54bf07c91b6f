// What the generic commands do with a report, apart from checking and masking. Internal to the format.
#pragma once

#include <string_view>

#include "formats/format.hpp"

namespace brygga::mail::detail {

inline constexpr std::string_view format_id = "mail-report";

void show(std::string_view bytes, const show_settings& how, const output& to);

// A first line with what the report says, then one per line of the message: {"line": ...}, {"latin1": ...} where it is no UTF-8;
// "end" where the line does not end with CRLF.
void to_json(std::string_view bytes, const output& to);
[[nodiscard]] result<void> from_json(std::string_view json_lines, const output& to);

// Line by line; line ends do not count.
bool diff(std::string_view before, std::string_view after, const output& to);

}  // namespace brygga::mail::detail
