#include "formats/layout/segments.hpp"

#include <algorithm>
#include <cstring>

namespace brygga::layout {

namespace {

constexpr std::size_t search_block_bytes = std::size_t{4} << 20;

bool begins_line(std::string_view bytes, std::size_t at) noexcept {
    return at == 0 || bytes[at - 1] == '\n' || bytes[at - 1] == '\r' || bytes[at - 1] == '\x1A';
}

}  // namespace

std::string_view without_head(std::string_view bytes) noexcept {
    const auto drop_blanks = [&bytes] { bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n\x1A"), bytes.size())); };
    drop_blanks();
    if (!bytes.starts_with(utf8_byte_order_mark)) return bytes;
    bytes.remove_prefix(utf8_byte_order_mark.size());
    drop_blanks();
    return bytes;
}

std::string_view without_end(std::string_view logical_file) noexcept {
    return logical_file.substr(0, logical_file.find_last_not_of(" \t\r\n\x1A") + 1);
}

bool only_blank(std::string_view bytes) noexcept {
    return bytes.find_first_not_of(" \t\r\n\x1A") == std::string_view::npos;
}

// Looks for the mark's last letter, which is rare in these files ("01BGMAX": X), and then at what stands before it: several
// times faster than a search for the whole mark, whose digits stand everywhere.
std::size_t find_opening(std::string_view bytes, std::string_view mark, std::size_t from,
                         const std::function<void(std::size_t)>& passed) {
    const std::size_t lead = mark.size() - 1;
    std::size_t told = from;
    for (std::size_t at = from + lead; at < bytes.size();) {
        if (passed && at - told >= search_block_bytes) {
            passed(at - lead);
            told = at;
        }
        const std::size_t block = std::min(bytes.size() - at, search_block_bytes);
        const void* const found = std::memchr(bytes.data() + at, mark.back(), block);
        if (found == nullptr) {
            at += block;
            continue;
        }
        const auto last = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
        const std::size_t first = last - lead;
        at = last + 1;
        if (bytes.substr(first, mark.size()) != mark) continue;
        if (begins_line(bytes, first)) return first;
        const std::size_t size = utf8_byte_order_mark.size();
        if (first >= from + size && bytes.substr(first - size, size) == utf8_byte_order_mark && begins_line(bytes, first - size))
            return first - size;
    }
    return bytes.size();
}

segment next_segment(std::string_view bytes, std::string_view mark, std::size_t from, bool skip_title_lines,
                     const std::function<void(std::size_t)>& passed) {
    segment out{from, from, bytes.size()};
    const std::size_t first = find_opening(bytes, mark, from, passed);
    const std::string_view before = bytes.substr(from, first - from);
    if (from == 0 && (skip_title_lines || without_head(before).empty())) out.opens = first;
    out.end = first;
    if (out.opens != first) return out;
    out.end = find_opening(bytes, mark, std::min(first + utf8_byte_order_mark.size() + 1, bytes.size()), passed);
    return out;
}

detected_encoding detect_encoding(std::string_view bytes, const segment& part, std::optional<encoding> forced,
                                  const std::function<void(std::size_t)>& whole_passed, eight_bit_guess guess) {
    const std::string_view own = bytes.substr(part.begin, part.end - part.begin);
    const std::size_t first = std::min(own.find_first_not_of(" \t\r\n\x1A"), own.size());
    const bool marked = own.substr(first).starts_with(utf8_byte_order_mark);
    const auto passed = [&](std::size_t size) {
        if (whole_passed) whole_passed(part.opens + size);
    };
    return brygga::detect_encoding(bytes.substr(part.opens, part.end - part.opens), forced, marked, passed, guess);
}

}  // namespace brygga::layout
