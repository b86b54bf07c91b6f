// BgMax for the registry.
#pragma once

#include "formats/format.hpp"
#include "formats/layout/document.hpp"

namespace brygga::bgmax {

[[nodiscard]] const format& registered_format() noexcept;

[[nodiscard]] const layout::document_layout& document() noexcept;

}  // namespace brygga::bgmax
