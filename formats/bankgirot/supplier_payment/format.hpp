// Leverantörsbetalningar for the generic commands.
#pragma once

#include "formats/format.hpp"

namespace brygga::supplier_payment {

[[nodiscard]] const format& registered_format() noexcept;

}  // namespace brygga::supplier_payment
