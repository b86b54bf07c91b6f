#include "formats/bankgirot/seal/places.hpp"

#include <algorithm>

#include "formats/bankgirot/seal/layout.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::seal {

namespace {

constexpr std::string_view line_ends = "\r\n";
constexpr std::size_t dated_columns = 8;

bool begins_like_closing(std::string_view line) noexcept {
    return line.size() > dated_columns && line.starts_with("99") && all_digits(line.substr(2, dated_columns - 2));
}

std::size_t after_line_end(std::string_view bytes, std::size_t at) noexcept {
    if (at == bytes.size()) return at;
    return at + (bytes.substr(at).starts_with("\r\n") ? 2 : 1);
}

}  // namespace

seal_places locate(std::string_view bytes) noexcept {
    seal_places out;
    std::size_t begin = 0, end = bytes.size();
    const std::string_view from_first = layout::without_head(bytes);
    const std::string_view first = from_first.substr(0, from_first.find_first_of(line_ends));
    if (layouts::is_opening(first)) {
        const auto offset = static_cast<std::size_t>(first.data() - bytes.data());
        out.opening = record_place{offset, first.size()};
        if (layouts::read_opening(first).type.bytes == layouts::nexus_type) out.type = seal_type::nexus;
        begin = after_line_end(bytes, offset + first.size());
    }
    const std::string_view to_last = layout::without_end(bytes);
    const std::size_t offset = to_last.find_last_of(line_ends) + 1;
    const std::string_view last = to_last.substr(offset);
    if (offset >= begin && (layouts::is_closing(last) || (out.opening && begins_like_closing(last)))) {
        const std::string_view whole = bytes.substr(offset, bytes.find_first_of("\r\n\x1A", offset) - offset);
        out.closing = record_place{offset, whole.size()};
        end = offset;
    }
    out.inner = bytes.substr(begin, end - begin);
    return out;
}

}  // namespace brygga::seal
