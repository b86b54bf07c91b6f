#include "formats/layout/byte_columns.hpp"

#include <algorithm>

namespace brygga::layout {

namespace {

std::size_t next_character(std::string_view bytes, std::size_t at, encoding in) noexcept {
    if (at == bytes.size()) return at;
    ++at;
    while (in == encoding::utf_8 && at != bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0u) == 0x80u)
        ++at;
    return at;
}

}  // namespace

byte_columns::byte_columns(const record_line& line) : bytes_(line.source.bytes), rows_(line.rows) {
    if (rows_ != nullptr)
        cells_ = cells_of(bytes_, rows_->by());
    else if (line.source.has_control || (line.columns.in == encoding::utf_8 && !is_ascii(bytes_)))
        expand(line.columns.in, line.width);
}

void byte_columns::expand(encoding in, unsigned width) {
    starts_.reserve(width + 1);
    for (std::size_t at = 0; at != bytes_.size() && starts_.size() < width;) {
        starts_.push_back(at);
        if (bytes_[at] != '\t') {
            at = next_character(bytes_, at, in);
            continue;
        }
        ++at;
        while (starts_.size() % tab_width != 0 && starts_.size() < width)
            starts_.push_back(at);
    }
    // The line that names the columns has no width of its own.
    end_ = width != 0 && starts_.size() == width ? next_character(bytes_, starts_.back(), in) : bytes_.size();
    if (starts_.empty()) starts_.push_back(end_);
}

std::size_t byte_columns::begin_of(unsigned column) const noexcept {
    if (rows_ != nullptr) return of(column, column).begin;
    if (starts_.empty()) return std::min<std::size_t>(column - 1, bytes_.size());
    return column <= starts_.size() ? starts_[column - 1] : end_;
}

byte_range byte_columns::of(unsigned first, unsigned last) const noexcept {
    if (rows_ == nullptr) return {begin_of(first), begin_of(last + 1)};
    const byte_range nowhere{bytes_.size(), bytes_.size()};
    if (first == 0 || last > rows_->width()) return nowhere;
    const std::size_t from = rows_->cell_of(first), to = rows_->cell_of(last);
    if (from == 0 || to == 0 || from > cells_.size() || to > cells_.size()) return nowhere;
    return {cells_[from - 1].begin, cells_[to - 1].end};
}

unsigned byte_columns::column_of(std::size_t cell) const noexcept {
    for (unsigned column = 1; column <= rows_->width(); ++column)
        if (rows_->cell_of(column) == cell + 1) return column;
    return 0;
}

}  // namespace brygga::layout
