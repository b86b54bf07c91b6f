// From the text of a layout file to what it describes, or to all that is wrong with it. README.md has the language. No file is
// opened here: included ones come through `opener`. Nothing throws but std::bad_alloc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "formats/core/result.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::language {

inline constexpr std::size_t max_layout_bytes = 1 << 20;    // of a file
inline constexpr std::size_t max_layout_line_bytes = 2000;  // without its line end
inline constexpr std::size_t max_included_files = 50;
inline constexpr std::size_t max_include_depth = 8;     // files that include one another
inline constexpr std::size_t max_layout_faults = 100;   // told at once
inline constexpr std::size_t max_layout_nesting = 50;   // of parentheses and `not`
inline constexpr std::size_t max_layout_records = 200;  // also sections and code tables
inline constexpr std::size_t max_layout_fields = 500;   // of a record, fillers included
inline constexpr std::size_t max_layout_rules = 1000;   // also totals and meanings in the ledger
inline constexpr std::size_t max_layout_width = 9999;   // columns of a record
inline constexpr std::size_t max_order_names = 400;     // records named in one order
inline constexpr std::size_t max_order_states = 1000;   // of its automaton

// Lines and columns are 1-based; columns count code points and are inclusive. A place behind the last character of its line has
// the column after it.
struct layout_fault {
    std::string file;  // as it was given, or as it was included
    std::uint32_t line{}, first_column{}, last_column{};
    std::string expected;     // what would have been right
    std::string source_line;  // without its line end

    [[nodiscard]] bool operator==(const layout_fault&) const = default;
};

// Three lines: FILE:LINE:COLUMN and what was expected, the line, and a caret below the place. No line end behind the last.
[[nodiscard]] std::string describe(const layout_fault& fault);

// The text of an included file. The path is relative to the folder of the first file, has no "." or ".." in it and uses "/".
using opener = std::function<result<std::string>(const std::string& path)>;

// `name` is what faults call the file. Faults come file by file, in the order of the
// text.
[[nodiscard]] tl::expected<description, std::vector<layout_fault>> parse_layout(std::string_view text, std::string name,
                                                                                const opener& open);

}  // namespace brygga::layout::language
