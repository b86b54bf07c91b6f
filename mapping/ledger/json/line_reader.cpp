#include "mapping/ledger/json/line_reader.hpp"

#include <algorithm>

#include "formats/core/text.hpp"

namespace brygga::ledger {

namespace {

constexpr std::size_t block_bytes = 64 * 1024;

}  // namespace

bool line_reader::fill() {
    if (!*from_) return false;
    block_.resize(block_bytes);
    from_->read(block_.data(), static_cast<std::streamsize>(block_bytes));
    block_.resize(static_cast<std::size_t>(from_->gcount()));
    used_ = 0;
    return !block_.empty();
}

std::optional<line_reader::line> line_reader::next() {
    text_.clear();
    std::size_t size = 0;  // of the whole line, kept or not
    bool ended = false;
    bool any = false;
    while (!ended && (used_ < block_.size() || fill())) {
        any = true;
        const std::string_view rest = std::string_view(block_).substr(used_);
        const std::size_t newline = rest.find('\n');
        ended = newline != std::string_view::npos;
        const std::string_view piece = rest.substr(0, newline);
        size += piece.size();
        // One byte more than allowed is kept: it may be the CR of the line ending.
        text_.append(piece.substr(0, max_bytes_ + 1 - std::min(max_bytes_ + 1, text_.size())));
        used_ += piece.size() + (ended ? 1 : 0);
    }
    if (!any) return std::nullopt;
    ++number_;
    std::string_view text = text_;
    if (size == text.size() && text.size() != 0 && text.back() == '\r') {
        text.remove_suffix(1);
        --size;
    }
    if (size > max_bytes_) return line{{}, true};
    if (number_ == 1 && text.substr(0, utf8_byte_order_mark.size()) == utf8_byte_order_mark)
        text.remove_prefix(utf8_byte_order_mark.size());
    return line{text, false};
}

}  // namespace brygga::ledger
