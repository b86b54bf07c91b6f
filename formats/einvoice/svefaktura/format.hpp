// Svefaktura 1.0 as the generic commands see it.
#pragma once

#include "formats/format.hpp"

namespace brygga::einvoice::svefaktura {

[[nodiscard]] const format& registered_format() noexcept;

}  // namespace brygga::einvoice::svefaktura
