// A description as the text of a layout file.
#pragma once

#include <string>

#include "formats/layout/language/description.hpp"

namespace brygga::layout::language {

// Parsed again it gives an equal description, where `made` came from the parser and the text stays within its limits. One file,
// whatever was included. Of the built-in tests those rules are written that differ from what a layout says by itself; the
// order comes from `order_text`.
[[nodiscard]] std::string text_of(const description& made);

}  // namespace brygga::layout::language
