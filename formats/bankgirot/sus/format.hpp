// SUS for the generic commands.
#pragma once

#include "formats/format.hpp"

namespace brygga::sus {

[[nodiscard]] const format& registered_format() noexcept;

}  // namespace brygga::sus
