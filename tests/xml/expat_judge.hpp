// An independent and strict opinion on whether a document is well-formed XML 1.0 with namespaces.
#pragma once

#include <string_view>

namespace brygga::xml {

[[nodiscard]] bool expat_judges(std::string_view document);

}  // namespace brygga::xml
