// A description as a document for people who write or check such files.
#pragma once

#include <cstdint>
#include <string>

#include "formats/layout/language/description.hpp"

namespace brygga::layout::language {

enum class page : std::uint8_t { markdown, html };  // html: one page that needs nothing else

// UTF-8. Nothing in the description is taken for markup.
[[nodiscard]] std::string documentation(const description& made, page as);

}  // namespace brygga::layout::language
