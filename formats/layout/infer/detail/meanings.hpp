// Whether values are of a type of the layout language: asked of the judges that check files by a layout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layout/infer/detail/proposal.hpp"

namespace brygga::layout::infer::detail {

// Of the values between two columns in all lines of a kind.
struct value_count {
    std::size_t given = 0;   // neither blank nor zeros
    std::size_t absent = 0;  // zeros
    std::size_t blank = 0;
    std::size_t distinct = 0;  // of those given; counted up to most_distinct
};
inline constexpr std::size_t most_distinct = 1000;

struct candidate {
    language::described_field field;
    std::size_t size = 0;      // columns; 0: any
    std::size_t distinct = 1;  // so many different values make chance unlikely
};

// Of one exact size, the one that chance is least likely to make first: these are looked for at every column.
[[nodiscard]] const std::vector<candidate>& sized_candidates();
// What fills a stretch between boundaries, of `columns` columns (0: separated).
[[nodiscard]] std::vector<candidate> stretch_candidates(std::size_t columns);

[[nodiscard]] value_count count_values(const proposal& of, const proposed_kind& kind, std::size_t first, std::size_t last);
// Whether each value is of the type, or blank, or zeros where zeros are none; and one is given. Stops at the first that is not.
[[nodiscard]] bool all_fit(const proposal& of, const proposed_kind& kind, const candidate& what, std::size_t first,
                           std::size_t last);

// The line of a record for values that all fit: named by its type and first column, said to be optional where values are missing,
// and guarded where it tells something of a person.
[[nodiscard]] proposed_line line_of(const candidate& what, const value_count& counted, std::size_t first, std::size_t last);

// "12 values, 7 different".
[[nodiscard]] std::string words_of(const value_count& counted);

}  // namespace brygga::layout::infer::detail
