// A format that a layout file describes, as every other one (formats/format.hpp).
#pragma once

#include <memory>

#include "formats/format.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::described {

[[nodiscard]] std::unique_ptr<const format> make_format(language::description what);

}  // namespace brygga::layout::described
