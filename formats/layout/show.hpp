// Annotated records for people: each line with its record's title and every field with position, name and value.
#pragma once

#include <string_view>

#include "formats/format.hpp"
#include "formats/layout/document.hpp"

namespace brygga::layout {

void show(std::string_view bytes, const document_layout& layout, const document_options& options, const show_settings& how,
          const output& to);

}  // namespace brygga::layout
