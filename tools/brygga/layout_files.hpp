// Layout files: formats that are described, not compiled (formats/layout/language).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "formats/layout/language/parser.hpp"
#include "tools/brygga/session.hpp"

namespace brygga::command {

// What the file describes, with those that it includes. Errors: those of reading it.
[[nodiscard]] result<tl::expected<layout::language::description, std::vector<layout::language::layout_fault>>> read_layout(
    const std::filesystem::path& file);

// Its three lines on standard error.
void complain(const layout::language::layout_fault& fault);

// Adds the formats that the files *.layout of the folder describe, in the order of their names. What is wrong with one is told on
// standard error, all of it.
[[nodiscard]] exit_code load_layouts(const std::filesystem::path& folder);

}  // namespace brygga::command
