// The documentation table of an XML format: every element that Brygga understands, what it means and how long it may be.
#pragma once

#include "formats/format.hpp"
#include "formats/xml/document.hpp"

namespace brygga::xml {

void describe(const document_type& type, const output& to);

}  // namespace brygga::xml
