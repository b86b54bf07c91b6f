// Whether a value is what its row says that it holds: what is not may be anything that slipped there, a name or a number of
// somebody.
#pragma once

#include <string_view>

#include "formats/xml/table.hpp"

namespace brygga::xml {

// Blanks around the value do not count.
[[nodiscard]] bool fits(const details& about, std::string_view value) noexcept;

}  // namespace brygga::xml
