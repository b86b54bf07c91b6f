// An XML document for people: piece by piece, each value with its path and what it means.
#pragma once

#include <string_view>

#include "formats/format.hpp"
#include "formats/xml/document.hpp"

namespace brygga::xml {

void show(std::string_view bytes, const document_type& type, const document_options& options, const show_settings& how,
          const output& to);

}  // namespace brygga::xml
