#include "formats/layout/lines.hpp"

#include <bit>
#include <cstring>

#include "formats/layout/digits.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace brygga::layout {

namespace {

// First byte below 0x20 at or after `at`: one pass finds line ends, TABs and anything else that needs a closer look.
const char* find_control(const char* at, const char* end) noexcept {
#if defined(__SSE2__)
    const auto controls_in = [limit = _mm_set1_epi8(0x1F)](const char* from) noexcept {
        __m128i block;
        std::memcpy(&block, from, sizeof block);
        return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(block, limit), block)));
    };
    for (; end - at >= 32; at += 32)
        if (const std::uint32_t controls = controls_in(at) | controls_in(at + 16) << 16; controls != 0)
            return at + std::countr_zero(controls);
#endif
    while (at != end && static_cast<unsigned char>(*at) >= 0x20)
        ++at;
    return at;
}

bool is_continuation(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

// What stands in a line beyond the width: blanks, to be cut (TABs count as blanks), or something.
void judge_rest(std::string_view rest, fixed_line& out) noexcept {
    out.surplus = rest.find_first_not_of(" \t") != std::string_view::npos;
    out.cut = !out.surplus;
    out.tabs = out.tabs || (out.cut && rest.find('\t') != std::string_view::npos);
}

}  // namespace

bool line_cutter::next(physical_line& line) noexcept {
    if (at_ == end_) return false;
    const char* const first = at_;
    const char* stop = find_control(first, end_);
    line.has_control = false;
    while (stop != end_ && *stop != '\n' && *stop != '\r') {
        line.has_control = true;
        stop = find_control(stop + 1, end_);
    }
    std::size_t end_size = 0;
    if (stop != end_) end_size = *stop == '\r' && end_ - stop > 1 && stop[1] == '\n' ? 2 : 1;
    line.bytes = {first, static_cast<std::size_t>(stop - first)};
    line.end = {stop, end_size};
    line.number = number_++;
    line.offset = offset_ + static_cast<std::size_t>(first - begin_);
    at_ = stop + end_size;
    return true;
}

bool is_blank_line(std::string_view bytes) noexcept {
    if (!bytes.empty() && static_cast<unsigned char>(bytes.front()) > ' ') return false;  // nearly every line
    return bytes.find_first_not_of(" \t\x1A") == std::string_view::npos;
}

std::string_view without_end_mark(std::string_view line) noexcept {
    const std::size_t last = line.find_last_not_of(" \t\x1A");
    return line.substr(0, line.find('\x1A', last == std::string_view::npos ? 0 : last));
}

unsigned fixed_line::measured() const noexcept {
    if (surplus) return width + 1;
    if (columns.starts == nullptr) return static_cast<unsigned>(right_trimmed({columns.data, width}).size());
    unsigned column = width;
    while (column != 0 && columns.slice(column, column) == " ")
        --column;
    return column;
}

line_padder::buffer& line_padder::next_buffer() {
    if (used_ == buffers_.size()) buffers_.emplace_back();
    return buffers_[used_++];
}

fixed_line line_padder::pad(const physical_line& line) {
    fixed_line out;
    out.source = line;
    out.width = width_;
    out.columns.in = in_;
    const bool bytes_are_columns = in_ != encoding::utf_8 || is_ascii(line.bytes);
    if (bytes_are_columns && line.bytes.size() == width_ && !line.has_control) [[likely]] {
        out.columns.data = line.bytes.data();
        return out;
    }
    if (bytes_are_columns)
        pad_bytes(line, out);
    else
        pad_code_points(line, out);
    return out;
}

void line_padder::pad_bytes(const physical_line& line, fixed_line& out) {
    buffer& into = next_buffer();
    unsigned column = 0;
    std::size_t at = 0;
    const std::string_view from = line.bytes;
    if (!line.has_control) {
        column = static_cast<unsigned>(std::min<std::size_t>(from.size(), width_));
        std::memcpy(into.bytes, from.data(), column);
        at = column;
    }
    for (; at != from.size() && column != width_; ++at) {
        if (from[at] != '\t') {
            into.bytes[column++] = from[at];
            continue;
        }
        out.tabs = true;
        do
            into.bytes[column++] = ' ';
        while (column % tab_width != 0 && column != width_);
    }
    out.padded = column != width_;
    std::memset(into.bytes + column, ' ', width_ - column);
    out.columns.data = into.bytes;
    if (at != from.size()) judge_rest(from.substr(at), out);
}

void line_padder::pad_code_points(const physical_line& line, fixed_line& out) {
    buffer& into = next_buffer();
    unsigned column = 0;
    std::uint16_t size = 0;
    std::size_t at = 0;
    const std::string_view from = line.bytes;
    const auto put_blank = [&] {
        into.starts[column++] = size;
        into.bytes[size++] = ' ';
    };
    while (at != from.size() && column != width_) {
        if (from[at] == '\t') {
            out.tabs = true;
            do
                put_blank();
            while (column % tab_width != 0 && column != width_);
            ++at;
            continue;
        }
        into.starts[column++] = size;
        do
            into.bytes[size++] = from[at++];
        while (at != from.size() && is_continuation(from[at]) && size < sizeof into.bytes - width_);
        if (size >= sizeof into.bytes - width_) break;  // stray continuation bytes of a forced encoding
    }
    out.padded = column != width_;
    while (column != width_)
        put_blank();
    into.starts[width_] = size;
    out.columns.data = into.bytes;
    out.columns.starts = into.starts;
    if (at != from.size()) judge_rest(from.substr(at), out);
}

}  // namespace brygga::layout
