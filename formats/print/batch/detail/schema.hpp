// The schema of manifest.xml (print-batch.md 3.2) as tables.
#pragma once

#include "formats/xml/schema.hpp"

namespace brygga::print::batch::detail {

[[nodiscard]] const xml::schema::element& manifest_schema() noexcept;

}  // namespace brygga::print::batch::detail
