// What differs between two XML documents of the same format, element by element and value by value. How they are indented, which
// prefixes they use and in what encoding they are does not count.
#pragma once

#include <string_view>

#include "formats/format.hpp"
#include "formats/xml/document.hpp"

namespace brygga::xml {

// Keeps the values of the elements that differ, and some 60 bytes for each other one. True when both carry the same.
bool diff(std::string_view before, std::string_view after, const document_type& type, const document_options& options,
          const output& to);

}  // namespace brygga::xml
