// The order in which kinds of records stand, from the sequences that were seen.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace brygga::layout::infer::detail {

// An order of the layout language that allows every one of these sequences of kinds; `names` has the kinds' names. Each kind
// stands in it once. Sequences hold something.
[[nodiscard]] std::string order_of(const std::vector<std::vector<std::size_t>>& sequences, const std::vector<std::string>& names);

}  // namespace brygga::layout::infer::detail
