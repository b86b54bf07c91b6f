// A first layout (formats/layout/language) from sample files of a format that nobody has described yet: a proposal for a person
// to correct. README.md says how it is found.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "formats/core/result.hpp"

namespace brygga::layout::infer {

// Of a larger sample the first lines are looked at, and the last ones.
inline constexpr std::size_t max_first_lines = 90'000;
inline constexpr std::size_t max_last_lines = 10'000;

struct sample {
    std::string name;  // in errors only
    std::string_view bytes;
};

// The text of a layout file without faults. Comments say what each guess rests on; of the samples' values there are codes and
// short constants in it, and the headings of columns. Errors: invalid_content for samples that have no two lines or are no text;
// limit_exceeded for lines that are wider than a layout may be.
[[nodiscard]] result<std::string> infer_layout(std::span<const sample> samples);

}  // namespace brygga::layout::infer
