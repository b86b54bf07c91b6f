// The kinds of records that lines are of.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layout/infer/detail/samples.hpp"
#include "formats/layout/infer/detail/shape.hpp"

namespace brygga::layout::infer::detail {

inline constexpr std::size_t max_kinds = 24;
inline constexpr std::size_t max_code_columns = 4;

// Short, of capitals and digits; what a code may look like.
[[nodiscard]] bool is_code(std::string_view text) noexcept;

struct line_kinds {
    std::size_t code_columns = 0;      // of fixed lines; of separated ones 1, the first column. 0: a single kind without a code
    bool longer_would_do = false;      // one column more tells the same kinds
    std::vector<std::string> codes;    // by kind, in the order of their values
    std::vector<std::size_t> kind_of;  // by line
};

[[nodiscard]] line_kinds kinds_of(const sample_lines& samples, const file_shape& shape);

}  // namespace brygga::layout::infer::detail
