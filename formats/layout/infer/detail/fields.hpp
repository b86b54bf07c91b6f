// The fields of a kind of record.
#pragma once

#include "formats/layout/infer/detail/proposal.hpp"

namespace brygga::layout::infer::detail {

// Fills in `parts`: what stands where, all columns but those of the code.
void find_fixed_fields(const proposal& of, proposed_kind& kind);
void find_separated_fields(const proposal& of, proposed_kind& kind);

// A stretch of columns with nothing in it but one field, as well as can be told.
[[nodiscard]] proposed_line typed_line(const proposal& of, const proposed_kind& kind, std::size_t first, std::size_t last);

// Numbers whose columns hold several ones, by the zeros that the later ones begin with. After totals have shown where some end.
void split_by_zeros(const proposal& of, proposed_kind& kind);

}  // namespace brygga::layout::infer::detail
