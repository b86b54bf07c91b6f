// Text as people type it, to compare it without minding capitals.
#pragma once

#include <string>
#include <string_view>

namespace brygga {

// UTF-8 with the letters of Latin-1 small ("ÅKE" is "åke"); any other byte as it is.
[[nodiscard]] std::string in_small_letters(std::string_view utf8);

}  // namespace brygga
