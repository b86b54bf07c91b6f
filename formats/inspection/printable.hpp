// Text from a file, made safe to print: what a terminal or a page would take for a command is spelled out.
#pragma once

#include <string>
#include <string_view>

namespace brygga::inspection {

// Control characters (U+0000-001F, U+007F-009F) and bytes that are no UTF-8 become \xNN; everything else stays.
[[nodiscard]] std::string printable(std::string_view utf8);

// printable(), and the five characters that mean something to HTML as entities.
[[nodiscard]] std::string html_escaped(std::string_view utf8);

// The text with blanks after it, so that it fills `columns`; columns are counted in code points.
[[nodiscard]] std::string left_in(std::string_view utf8, std::size_t columns);

}  // namespace brygga::inspection
