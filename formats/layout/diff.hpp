// What differs between two files of the same fixed-width format, record by record and field by field. How the lines are
// trimmed, filled or encoded does not count.
#pragma once

#include <string_view>

#include "formats/format.hpp"
#include "formats/layout/document.hpp"

namespace brygga::layout {

// Keeps 40 bytes for each record of either file, twice that while the lists grow: half the size of files of 80 columns, more
// where lines are shorter. Nothing else follows the size of the files. True when both carry the same records in the same order.
bool diff(std::string_view before, std::string_view after, const document_layout& layout, const document_options& options,
          const output& to);

}  // namespace brygga::layout
