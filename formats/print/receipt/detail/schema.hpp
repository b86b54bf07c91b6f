// The schema of a receipt (print-batch.md 3.3) as tables.
#pragma once

#include "formats/xml/schema.hpp"

namespace brygga::print::receipt::detail {

[[nodiscard]] const xml::schema::element& receipt_schema() noexcept;

}  // namespace brygga::print::receipt::detail
