// What a field holds, in words for people and in those of a layout file.
#pragma once

#include <string>

#include "formats/layout/language/description.hpp"

namespace brygga::layout::language::detail {

// "an amount in öre, zero-filled". How it is filled is said of fixed records only. Of a code: without its table.
[[nodiscard]] std::string type_words(const described_field& field, bool fixed);

// Type, form and modifiers.
[[nodiscard]] std::string type_text(const description& of, const described_field& field);

}  // namespace brygga::layout::language::detail
