// Fixed columns or separated ones.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layout/infer/detail/samples.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::infer::detail {

struct file_shape {
    std::optional<separation> separated;
    std::size_t width{};                               // of fixed lines
    std::string note;                                  // what that rests on
    std::vector<std::string> headings;                 // of separated lines with header, which is no line any more
    std::vector<std::vector<std::string_view>> cells;  // of separated lines, without quotes
};

// Of fixed lines all are brought to the width. Errors: limit_exceeded.
[[nodiscard]] result<file_shape> shape_of(sample_lines& samples);

}  // namespace brygga::layout::infer::detail
