// Whether the elements of a message stand in the order of its schema, are complete, and hold what their types allow (P1-R01).
// The lists (schema.hpp) are those of iso20022-incoming.md section 7 with the further elements that pain.001.001.03 and 09 allow
// between them.
#pragma once

#include <cstdint>
#include <string_view>

#include "formats/iso20022/pain/detail/reporter.hpp"

namespace brygga::pain::detail {

// Of a well-formed pain.001.
void check_structure(std::string_view bytes, std::uint16_t version, reporter& report);

}  // namespace brygga::pain::detail
