// A format that a layout file describes, as every other one (formats/format.hpp).
#pragma once

#include <memory>
#include <vector>

#include "formats/format.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::described {

[[nodiscard]] std::unique_ptr<const format> make_format(language::description what);

// Those of one id with different versions are one format: a file is of the version that its first lines fit best, where several
// do of that of the day. Fails with conflict where two have the same id and the same version, or are valid on the same day.
[[nodiscard]] result<std::vector<std::unique_ptr<const format>>> make_formats(std::vector<language::description> all);

}  // namespace brygga::layout::described
