#include "formats/layout/infer/detail/column_statistics.hpp"

namespace brygga::layout::infer::detail {

std::vector<column_statistics> statistics_of(const proposal& of, const proposed_kind& kind) {
    const std::size_t width = of.shape.width;
    std::vector<column_statistics> out(width + 1);
    for (const std::size_t line : kind.lines) {
        const std::string_view text = of.samples.lines[line];
        for (std::size_t i = 0; i != width; ++i) {
            column_statistics& at = out[i + 1];
            const char c = text[i];
            const bool blank = c == ' ', blank_before = i != 0 && text[i - 1] == ' ';
            at.blank += blank ? 1 : 0;
            at.digit += c >= '0' && c <= '9' ? 1 : 0;
            at.zero += c == '0' ? 1 : 0;
            at.begins += i != 0 && blank_before && !blank ? 1 : 0;
            at.ends += i != 0 && !blank_before && blank ? 1 : 0;
        }
    }
    return out;
}

}  // namespace brygga::layout::infer::detail
