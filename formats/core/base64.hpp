// Base64 with the standard alphabet (RFC 4648 section 4), padded.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace brygga {

[[nodiscard]] std::string in_base64(std::string_view bytes);

// Strict: no blanks, no line ends, padded, and the bits that say nothing are zero. Nothing for anything else.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace brygga
