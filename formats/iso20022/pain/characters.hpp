// The characters of Swedish pain.001 files (supplier-payments.md section 2): Latin letters, digits, åäöÅÄÖ, /-?:().,'+ and blank.
#pragma once

#include <string>
#include <string_view>

namespace brygga::pain {

struct allowed_text {
    std::string text;         // without blanks on both sides
    bool replaced = false;    // a character became another: the caller reports it
    bool impossible = false;  // a character has no replacement, or the bytes are no UTF-8: text is not to be used
};

// Other Latin letters lose their marks (é e, ü u), ligatures are written out (æ ae, ß ss), signs become those that are allowed
// (& +, dashes -, quotation marks '), white space becomes a blank; formats/core/transliteration.cpp holds the whole table.
// Combining marks go, except that those of å, ä and ö make these letters.
[[nodiscard]] allowed_text to_allowed(std::string_view utf8);

// One character of the allowed ones other than åäöÅÄÖ.
[[nodiscard]] bool is_allowed_ascii(char c) noexcept;

}  // namespace brygga::pain
