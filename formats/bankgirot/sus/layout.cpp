#include "formats/bankgirot/sus/layout.hpp"

#include <array>

#include "formats/bankgirot/record_table.hpp"
#include "formats/core/date.hpp"

namespace brygga::sus {

namespace {

using layout::record_info;

constexpr std::array records{layouts::opening::info(),
                             layouts::payment::info(),
                             layouts::address::info(),
                             layouts::closing::info(),
                             layouts::other<"10", "sender's address (title known only)">::info(),
                             layouts::other<"15", "general information (title known only)">::info(),
                             layouts::other<"20", "sender's address (title known only)">::info(),
                             layouts::other<"21", "sender's address (title known only)">::info(),
                             layouts::other<"22", "cash card recipients (title known only)">::info(),
                             layouts::other<"25", "information per administration (title known only)">::info(),
                             layouts::other<"31", "payment abroad (title known only)">::info(),
                             layouts::other<"33", "correction (title known only)">::info(),
                             layouts::other<"35", "address, older layout (title known only)">::info(),
                             layouts::other<"37", "extended address (title known only)">::info(),
                             layouts::other<"41", "extended or foreign address (title known only)">::info(),
                             layouts::other<"42", "foreign address (title known only)">::info(),
                             layouts::other<"43", "cash card (title known only)">::info(),
                             layouts::other<"54", "payslip (title known only)">::info(),
                             layouts::other<"55", "payslip (title known only)">::info(),
                             layouts::other<"60", "recipient information (title known only)">::info(),
                             layouts::other<"65", "advice text (title known only)">::info(),
                             layouts::other<"66", "OCR for giro (title known only)">::info(),
                             layouts::other<"70", "letter text (title known only)">::info(),
                             layouts::other<"73", "account details (title known only)">::info(),
                             layouts::other<"75", "information (title known only)">::info(),
                             layouts::other<"76", "information (title known only)">::info()};

constexpr std::array<layout::section_layout, 1> sections{{{"", records}}};
constexpr bankgirot::record_table by_code(sections);

}  // namespace

bool opens(const layout::record_line& line) noexcept {
    return line.code() == "05" && parse_ccyymmdd(line.columns.slice(59, 66)).has_value();
}

layout::line_place place_of(const layout::record_line& line, const layout::section_layout* now) noexcept {
    const layout::section_layout& section = sections.front();
    const unsigned code = bankgirot::code_number(line.code());
    if (code == 5) {
        if (opens(line)) return {&section.records.front(), &section, &section};
        return now == nullptr ? layout::line_place{} : layout::line_place{nullptr, now, now};
    }
    if (now == nullptr) return {};
    return {by_code.find(section, code), &section, code == 80 ? nullptr : now};
}

const layout::document_layout& document() noexcept {
    static const layout::document_layout layout{.format_id = "sus",
                                                .version = "",
                                                .width = layouts::width,
                                                .code_width = 2,
                                                .opening_mark = {},
                                                .sections = sections,
                                                .guesses_cp850 = false,
                                                .place = &place_of};
    return layout;
}

}  // namespace brygga::sus
