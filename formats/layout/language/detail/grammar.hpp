// One function per kind of line; each takes the whole of it. Where false comes back, `progress` says where it was not understood
// and what could have stood there. What they fill is theirs to change also then.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/layout/language/detail/syntax.hpp"

namespace brygga::layout::language::detail {

// The furthest place at which something else stood than what could have. Shared by the parsers of one line.
struct progress {
    const char* behind = nullptr;  // where what was understood ends
    const char* at = nullptr;      // the next character that is no blank; the end of the text when there is none
    std::vector<std::string_view> expected;
    std::size_t depth = 0;  // of what is open in parentheses

    void missed(const char* end_of_last, const char* place, std::string_view what);
};

[[nodiscard]] const char* skip_blanks(const char* first, const char* last) noexcept;  // line ends and comments as well
[[nodiscard]] std::string_view first_word(std::string_view text) noexcept;
// The word, text or character that stands at `at`.
[[nodiscard]] std::string_view token_at(const char* at, const char* last) noexcept;
[[nodiscard]] std::string listed(const std::vector<std::string_view>& words);  // "a, b or c"

// The statements of one line: format, version, include, direction, fixed, separated, encoding, line, code. `included` takes the
// file name of an include.
[[nodiscard]] bool parse_format(view text, layout_tree& into, progress& seen);
[[nodiscard]] bool parse_version(view text, layout_tree& into, progress& seen);
[[nodiscard]] bool parse_include(view text, view& path, progress& seen);
[[nodiscard]] bool parse_direction(view text, layout_tree& into, progress& seen);
[[nodiscard]] bool parse_fixed(view text, layout_tree& into, progress& seen);
[[nodiscard]] bool parse_separated(view text, layout_tree& into, progress& seen);
[[nodiscard]] bool parse_encoding_line(view text, layout_tree& into, progress& seen);
[[nodiscard]] bool parse_line_end(view text, layout_tree& into, progress& seen);
[[nodiscard]] bool parse_code_place(view text, layout_tree& into, progress& seen);

[[nodiscard]] bool parse_codes(view text, codes_tree& into, progress& seen);
[[nodiscard]] bool parse_codes_line(view text, codes_tree& into, progress& seen);
[[nodiscard]] bool parse_section(view text, section_tree& into, progress& seen);
[[nodiscard]] bool parse_section_line(view text, section_tree& into, progress& seen);
[[nodiscard]] bool parse_ledger(view text, ledger_tree& into, progress& seen);
[[nodiscard]] bool parse_ledger_line(view text, ledger_tree& into, progress& seen);

[[nodiscard]] bool parse_record(view text, record_tree& into, progress& seen);
[[nodiscard]] bool parse_record_line(view text, record_tree& into, progress& seen);

[[nodiscard]] bool parse_condition(view text, condition_tree& into, progress& seen);
[[nodiscard]] bool parse_rule(view text, rule_tree& into, progress& seen);
[[nodiscard]] bool parse_order(view text, order_statement_tree& into, progress& seen);
[[nodiscard]] bool parse_total(view text, total_tree& into, progress& seen);

}  // namespace brygga::layout::language::detail
