// print-receipt for the registry.
#pragma once

#include "formats/format.hpp"
#include "formats/xml/document.hpp"

namespace brygga::print::receipt {

[[nodiscard]] const format& registered_format() noexcept;

}  // namespace brygga::print::receipt
