// Numbers that equal what can be counted.
#pragma once

#include "formats/layout/infer/detail/proposal.hpp"

namespace brygga::layout::infer::detail {

// Finds counts and sums that hold wherever they stand, of whole files or from one record of a kind to the next; cuts fields where
// a total ends within one, and says of fields in totals whether they are numbers or amounts.
void find_totals(proposal& of);

}  // namespace brygga::layout::infer::detail
