// Conditions as text.
#pragma once

#include <string>
#include <string_view>

#include "formats/layout/language/description.hpp"

namespace brygga::layout::language::detail {

[[nodiscard]] std::string quoted(std::string_view text);
// Of a condition on this record.
[[nodiscard]] std::string text_of(const description& made, std::size_t record, const condition& of);

}  // namespace brygga::layout::language::detail
