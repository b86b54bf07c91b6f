// Where the logical files of a physical file begin, and what encoding each is in (bgmax.md section 2; the other Bankgirot
// formats are found in the same encodings).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "formats/core/encoding_detection.hpp"

namespace brygga::layout {

// Offset of the next line at or after `from` that begins with `mark` (a byte order mark before it included), or the size. The
// end-of-file mark 0x1A of a file put before it may stand where a line end should. `passed` is told how far the search has come.
[[nodiscard]] std::size_t find_opening(std::string_view bytes, std::string_view mark, std::size_t from,
                                       const std::function<void(std::size_t)>& passed = {});

// The next logical file of a physical one whose logical files all open with a line that begins with `mark`. Blank lines,
// and title lines where `skip_title_lines` says so, belong to the first logical file.
struct segment {
    std::size_t begin{}, opens{}, end{};  // opens: where the opening line stands; begin where there is none
};
[[nodiscard]] segment next_segment(std::string_view bytes, std::string_view mark, std::size_t from, bool skip_title_lines,
                                   const std::function<void(std::size_t)>& passed = {});

// What stands before the first record is skipped to tell a format: a byte order mark and blank lines, in either order.
[[nodiscard]] std::string_view without_head(std::string_view bytes) noexcept;

// Without the blanks, TABs, line ends and 0x1A after the last record.
[[nodiscard]] std::string_view without_end(std::string_view logical_file) noexcept;

// Blanks, TABs, line ends and 0x1A only.
[[nodiscard]] bool only_blank(std::string_view bytes) noexcept;

// detect_encoding() of a logical file that lies in a larger one; `passed` is told how far each look at its bytes (there are
// several) has come, as an offset in the larger one.
[[nodiscard]] detected_encoding detect_encoding(std::string_view bytes, const segment& part, std::optional<encoding> forced,
                                                const std::function<void(std::size_t)>& passed,
                                                eight_bit_guess guess = eight_bit_guess::by_letters);

}  // namespace brygga::layout
