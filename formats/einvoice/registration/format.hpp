// Registration files of the banks (EFA) as the generic commands see them, where no layout of the bank's own manual is at hand
// (einvoice.md section 3.2). One that has such a layout is read by it, as any format in the layouts folder.
#pragma once

#include "formats/format.hpp"

namespace brygga::einvoice::registration {

[[nodiscard]] const format& registered_format() noexcept;

}  // namespace brygga::einvoice::registration
