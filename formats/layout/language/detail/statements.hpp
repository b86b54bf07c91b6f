// From text to the syntax tree: statements with their lines, included files, and what was not understood.
#pragma once

#include <string>
#include <string_view>

#include "formats/layout/language/detail/source.hpp"
#include "formats/layout/language/detail/syntax.hpp"

namespace brygga::layout::language::detail {

// Faults go to `texts`, which must outlive the tree.
[[nodiscard]] layout_tree read_statements(source_texts& texts, std::string name, std::string_view text, const opener& open);

}  // namespace brygga::layout::language::detail
