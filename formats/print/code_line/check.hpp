// The rules of the code line, OCRL-R01 to OCRL-R07 (print-batch.md section 3.4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/core/ocr.hpp"
#include "formats/print/code_line/code_line.hpp"

namespace brygga::print {

enum class code_line_rule : std::uint8_t {
    layout,        // OCRL-R01
    reference,     // OCRL-R02
    amount_digit,  // OCRL-R03
    account,       // OCRL-R04
    amount,        // OCRL-R05
    not_in_page,   // OCRL-R06
    typeface,      // OCRL-R07
};

// Indexed by the enum.
[[nodiscard]] std::span<const rule_info> code_line_rules() noexcept;

struct code_line_finding {
    code_line_rule rule{};
    std::size_t position{};  // in the line, from 1; 0 for the whole
    std::string found;       // references and accounts masked
    std::string expected;    // never a reference or an account
};

// What a line must say: the payment of its document, and what was agreed with the bank for the account's references.
struct code_line_demands {
    code_line payment;
    ocr_agreement agreement;  // without a level the check digit is tested: a code line has no free text
    alignment_mark mark = alignment_mark::none;
};

// OCRL-R01 to OCRL-R05. Nothing but OCRL-R01 for a line that cannot be read. Empty when all is right.
[[nodiscard]] std::vector<code_line_finding> check_code_line(std::string_view line, const code_line_demands& demands);

// OCRL-R06: whether the text of a page holds the line. Compared without blanks and line ends, for a page's text has them where it
// pleases the program that extracted it. `page_text` is UTF-8. An empty line is in no text.
[[nodiscard]] bool is_in_text(std::string_view line, std::string_view page_text);

inline constexpr std::int64_t code_line_pitch_mpt = 7200;          // 1/10 inch in 1/1000 of a point
inline constexpr std::int64_t code_line_pitch_tolerance_mpt = 72;  // 1 %

// OCRL-R07: the face by the PostScript name of its font, subset tag ("ABCDEF+") or not, and from one character to the next in
// 1/1000 of a point.
[[nodiscard]] std::vector<code_line_finding> check_code_line_print(std::string_view font_name, std::int64_t advance_mpt);

}  // namespace brygga::print
