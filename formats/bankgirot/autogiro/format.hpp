// Autogiro for the generic commands.
#pragma once

#include "formats/format.hpp"

namespace brygga::autogiro {

[[nodiscard]] const format& registered_format() noexcept;

}  // namespace brygga::autogiro
