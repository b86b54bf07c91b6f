// Whether the elements of a message stand in the order of its schema and are complete (P1-R01). The lists are those of
// iso20022-incoming.md section 7 with the further elements that pain.001.001.03 and 09 allow between them; what stands
// below party addresses, regulatory reporting and the like is not looked into.
#pragma once

#include <cstdint>
#include <string_view>

#include "formats/iso20022/pain/detail/reporter.hpp"

namespace brygga::pain::detail {

// Of a well-formed pain.001.
void check_structure(std::string_view bytes, std::uint16_t version, reporter& report);

}  // namespace brygga::pain::detail
