// The documentation table of fixed-width records, as the manuals print it.
#pragma once

#include "formats/format.hpp"
#include "formats/layout/document.hpp"

namespace brygga::layout {

void describe(const document_layout& layout, const output& to);

}  // namespace brygga::layout
