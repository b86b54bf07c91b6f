// Between the values of a document (layout.hpp) and records. What a value cannot mean becomes nothing, zero or the first code:
// whoever needs to know has held the document against its schema before.
#pragma once

#include "formats/print/batch/layout.hpp"
#include "formats/print/batch/records.hpp"
#include "formats/xml/texts.hpp"

namespace brygga::print::batch::detail {

[[nodiscard]] header header_of(const layout::header& from);
[[nodiscard]] document document_of(const layout::document& from);
[[nodiscard]] totals totals_in(const layout::totals& from);

// The texts live in `keep`.
void fill(const header& from, xml::texts& keep, layout::header& to);
void fill(const document& from, xml::texts& keep, layout::document& to);
void fill(const totals& from, xml::texts& keep, layout::totals& to);

}  // namespace brygga::print::batch::detail
