#include "formats/layout/lines.hpp"

#include <cstring>

#include "formats/layout/digits.hpp"

namespace brygga::layout {

namespace {

bool is_continuation(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

// What stands in a line beyond the width: blanks, to be cut (TABs count as blanks), or something.
void judge_rest(std::string_view rest, record_line& out) noexcept {
    out.surplus = rest.find_first_not_of(" \t") != std::string_view::npos;
    out.cut = !out.surplus;
    out.tabs = out.tabs || (out.cut && rest.find('\t') != std::string_view::npos);
}

}  // namespace

bool is_blank_line(std::string_view bytes) noexcept {
    if (!bytes.empty() && static_cast<unsigned char>(bytes.front()) > ' ') return false;  // nearly every line
    return bytes.find_first_not_of(" \t\x1A") == std::string_view::npos;
}

std::string_view without_end_mark(std::string_view line) noexcept {
    const std::size_t last = line.find_last_not_of(" \t\x1A");
    return line.substr(0, line.find('\x1A', last == std::string_view::npos ? 0 : last));
}

unsigned record_line::measured() const noexcept {
    if (surplus) return width + 1;
    if (columns.starts == nullptr) return static_cast<unsigned>(right_trimmed({columns.data, width}).size());
    unsigned column = width;
    while (column != 0 && columns.slice(column, column) == " ")
        --column;
    return column;
}

line_padder::buffer& line_padder::next_buffer() {
    if (used_ == buffers_.size()) {
        buffer& made = buffers_.emplace_back();
        made.bytes.resize(std::size_t{width_} * 5);
        made.starts.resize(std::size_t{width_} + 1);
    }
    return buffers_[used_++];
}

record_line line_padder::pad_copy(const physical_line& line, bool bytes_are_columns) {
    record_line out;
    out.source = line;
    out.width = width_;
    out.columns.in = in_;
    if (bytes_are_columns)
        pad_bytes(line, out);
    else
        pad_code_points(line, out);
    return out;
}

void line_padder::pad_bytes(const physical_line& line, record_line& out) {
    buffer& into = next_buffer();
    unsigned column = 0;
    std::size_t at = 0;
    const std::string_view from = line.bytes;
    if (!line.has_control) {
        column = static_cast<unsigned>(std::min<std::size_t>(from.size(), width_));
        std::memcpy(into.bytes.data(), from.data(), column);
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
    std::memset(into.bytes.data() + column, ' ', width_ - column);
    out.columns.data = into.bytes.data();
    if (at != from.size()) judge_rest(from.substr(at), out);
}

void line_padder::pad_code_points(const physical_line& line, record_line& out) {
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
        while (at != from.size() && is_continuation(from[at]) && size < into.bytes.size() - width_);
        if (size >= into.bytes.size() - width_) break;  // stray continuation bytes of a forced encoding
    }
    out.padded = column != width_;
    while (column != width_)
        put_blank();
    into.starts[width_] = size;
    out.columns.data = into.bytes.data();
    out.columns.starts = into.starts.data();
    if (at != from.size()) judge_rest(from.substr(at), out);
}

}  // namespace brygga::layout
