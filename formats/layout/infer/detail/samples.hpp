// The lines of sample files. Whatever encoding they came in, they are ISO 8859-1 here: a byte for each column. What that cannot
// hold stands as 0x7F.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/text.hpp"
#include "formats/layout/infer/infer.hpp"

namespace brygga::layout::infer::detail {

inline constexpr char no_latin_letter = 0x7F;

struct file_range {
    std::size_t begin{}, end{};  // into sample_lines::lines
    bool whole = true;           // else lines in the middle were left out
};

struct sample_lines {
    std::vector<std::string_view> lines;  // without line ends; blank ones are left out
    std::vector<file_range> files;
    std::vector<encoding> encodings;  // of samples with other than ASCII, each once
    bool crlf = true;
    std::deque<std::string> made;  // what lines and cells point into that do not point into the samples
};

[[nodiscard]] result<sample_lines> lines_of(std::span<const sample> samples);

}  // namespace brygga::layout::infer::detail
