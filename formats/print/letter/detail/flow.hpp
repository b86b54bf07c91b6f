// What flows over the pages of a letter, from top to bottom: blocks that are measured first, so that every page can say how many
// there are. Internal to formats/print/letter.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "formats/print/letter/detail/canvas.hpp"

namespace brygga::print::detail {

struct block {
    micrometres height{};
    bool stays_with_next = false;                                // no page ends behind it
    std::string under;                                           // title that is repeated on the page where this begins anew
    std::function<void(canvas& on, micrometres top)> draw = {};  // empty: only space
};

struct frame {
    micrometres top{}, bottom{};
};

// A block and where it begins.
struct placed_block {
    const block* what{};
    micrometres top{};
    bool is_continued = false;  // its title is to be repeated above it
};
using page = std::vector<placed_block>;

inline constexpr micrometres continued_title = 7'000;  // height of a repeated title

// On the first page, and on those that follow. At least one page; what is higher than a page begins one and runs over its edge.
// Space at the top of a page other than the first is left out.
[[nodiscard]] std::vector<page> paginate(const std::vector<block>& blocks, frame first, frame others);

}  // namespace brygga::print::detail
