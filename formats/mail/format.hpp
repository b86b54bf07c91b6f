// mail-report for the registry: what comes back for messages that we sent.
#pragma once

#include "formats/format.hpp"

namespace brygga::mail {

[[nodiscard]] const format& registered_format() noexcept;

}  // namespace brygga::mail
