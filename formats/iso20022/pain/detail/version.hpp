// The first look at a document: is it the message that is wanted (P1-R01)?
#pragma once

#include <string_view>

#include "formats/iso20022/pain/detail/reporter.hpp"
#include "formats/iso20022/pain/reader.hpp"

namespace brygga::pain::detail {

// Tells what is wrong with the root, its namespace or the version. Nothing when it is no document of this kind; a document whose
// root tag is not whole passes, for the reading says why.
[[nodiscard]] std::optional<message_version> recognise(std::string_view bytes, message_kind wanted, reporter& report);

}  // namespace brygga::pain::detail
