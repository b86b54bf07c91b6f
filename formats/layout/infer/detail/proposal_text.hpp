// A proposal as the text of a layout file, with a comment behind each guess.
#pragma once

#include <string>

#include "formats/layout/infer/detail/proposal.hpp"

namespace brygga::layout::infer::detail {

[[nodiscard]] std::string text_of(const proposal& of);

}  // namespace brygga::layout::infer::detail
