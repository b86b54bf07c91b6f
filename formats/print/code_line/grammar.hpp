// Reading a code line (print-batch.md section 3.4). Layout only: check digits and values are check.hpp's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "formats/print/code_line/code_line.hpp"

namespace brygga::print {

struct read_line {
    code_line line;
    char amount_digit{};  // as it stands, right or wrong
    bool marked{};        // the alignment mark stands before it
};

// What was not understood: at `position` (1 is the first '#', 80 is what should be the end) stands something else than
// `expected`.
struct code_line_fault {
    std::size_t position{};
    std::string expected;
};

// Bytes as extracted from a page or a manifest, without line end. The alignment mark is understood only when `mark` says that it
// may be there, and need not be there then. The reference and the account keep their leading zeros.
[[nodiscard]] tl::expected<read_line, code_line_fault> read_code_line(std::string_view text,
                                                                      alignment_mark mark = alignment_mark::none);

}  // namespace brygga::print
