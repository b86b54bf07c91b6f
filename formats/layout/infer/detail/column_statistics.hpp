// What the columns of the lines of one kind hold.
#pragma once

#include <cstddef>
#include <vector>

#include "formats/layout/infer/detail/proposal.hpp"

namespace brygga::layout::infer::detail {

struct column_statistics {
    std::size_t blank = 0, digit = 0, zero = 0;  // lines; a zero is a digit, too
    std::size_t begins = 0;                      // lines with something here and a blank before it
    std::size_t ends = 0;                        // lines with a blank here and something before it
};

// By column, from 1; the first is of none.
[[nodiscard]] std::vector<column_statistics> statistics_of(const proposal& of, const proposed_kind& kind);

}  // namespace brygga::layout::infer::detail
