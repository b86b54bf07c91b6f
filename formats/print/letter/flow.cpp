#include "formats/print/letter/detail/flow.hpp"

namespace brygga::print::detail {

namespace {

// From this block to the next at which a page may end.
std::size_t end_of_run(const std::vector<block>& blocks, std::size_t from) {
    while (from + 1 < blocks.size() && blocks[from].stays_with_next)
        ++from;
    return from + 1;
}

micrometres height_of(const std::vector<block>& blocks, std::size_t from, std::size_t to) {
    micrometres out = 0;
    for (; from != to; ++from)
        out += blocks[from].height;
    return out;
}

}  // namespace

std::vector<page> paginate(const std::vector<block>& blocks, frame first, frame others) {
    std::vector<page> out(1);
    frame in = first;
    micrometres top = in.top;
    const std::string* title_above = nullptr;  // of the block before
    for (std::size_t begin = 0; begin != blocks.size();) {
        const std::size_t end = end_of_run(blocks, begin);
        const bool is_new_page = top + height_of(blocks, begin, end) > in.bottom && (!out.back().empty() || out.size() == 1);
        if (is_new_page) {
            out.emplace_back();
            in = others;
            top = in.top;
        }
        for (; begin != end; ++begin) {
            const block& each = blocks[begin];
            const bool is_at_top = out.size() > 1 && out.back().empty();
            if (is_at_top && !each.draw) continue;
            const bool is_continued = is_at_top && !each.under.empty() && title_above != nullptr && *title_above == each.under;
            if (is_continued) top += continued_title;
            out.back().push_back({&each, top, is_continued});
            top += each.height;
            title_above = &each.under;
        }
    }
    return out;
}

}  // namespace brygga::print::detail
