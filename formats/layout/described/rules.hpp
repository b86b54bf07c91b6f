// The rules of a described format as every format's are (../../core/finding.hpp). Internal to the engine.
#pragma once

#include <span>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::described {

// Views into the description, which must outlive them. The built-in tests first, in the order of `built_in`.
[[nodiscard]] std::vector<rule_info> rule_infos(const language::description& of);

}  // namespace brygga::layout::described
