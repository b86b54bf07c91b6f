// Characters as others that more files can hold, as Swedish banks write them (supplier-payments.md section 2).
#pragma once

#include <optional>
#include <string_view>

namespace brygga {

struct spelled_character {
    std::string_view spelling;   // a view of the text: a letter with the combining mark behind it, or one character
    std::string_view character;  // å, ä, ö, Å, Ä, Ö for such a letter, else the same
};
// Of valid UTF-8 that is not empty.
[[nodiscard]] spelled_character first_character(std::string_view utf8) noexcept;

// Other Latin letters lose their marks (é e, ü u, Ł L), ligatures are written out (æ ae, ß ss), signs become plain ones (& +,
// dashes
// -, quotation marks '), white space becomes a blank. Empty for what goes altogether: combining marks and characters without
// width. Nothing when there is no replacement.
[[nodiscard]] std::optional<std::string_view> replacement_of(std::string_view character) noexcept;

}  // namespace brygga
