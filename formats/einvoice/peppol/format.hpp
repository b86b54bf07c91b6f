// Peppol BIS Billing 3 as the generic commands see it.
#pragma once

#include "formats/format.hpp"

namespace brygga::einvoice::peppol {

[[nodiscard]] const format& registered_format() noexcept;

}  // namespace brygga::einvoice::peppol
