// Line numbers of places in a document, for findings.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "formats/xml/detail/characters.hpp"

namespace brygga::xml {

// Places that come in the order of the document cost no more than one pass: counting goes on from the last one. Going back costs
// at most one block, whose first line is remembered.
class line_counter {
 public:
    explicit line_counter(std::string_view bytes) : bytes_(bytes), form_(detail::utf16_form_of(bytes)) {}

    [[nodiscard]] std::uint64_t line_of(std::size_t offset) {
        offset = std::min(offset, bytes_.size());
        const std::size_t block = offset / block_bytes;
        if (offset < counted_to_) {
            counted_to_ = block * block_bytes;
            lines_ = line_at_block_[block];
        }
        while (line_at_block_.size() <= block) {
            count_to(line_at_block_.size() * block_bytes);
            line_at_block_.push_back(lines_);
        }
        count_to(offset);
        return lines_;
    }

 private:
    static constexpr std::size_t block_bytes = std::size_t{64} << 10;

    void count_to(std::size_t offset) {
        if (form_ != detail::utf16_form::none) return count_utf16_to(offset);
        lines_ += static_cast<std::uint64_t>(std::count(bytes_.begin() + static_cast<std::ptrdiff_t>(counted_to_),
                                                        bytes_.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
        counted_to_ = offset;
    }

    // LF is two bytes; other letters may hold one of them.
    void count_utf16_to(std::size_t offset) {
        const std::string_view line_feed =
            form_ == detail::utf16_form::big ? std::string_view("\0\n", 2) : std::string_view("\n\0", 2);
        for (std::size_t at = counted_to_; at + 1 < offset; at += 2)
            if (bytes_.substr(at, 2) == line_feed) ++lines_;
        counted_to_ = offset;
    }

    std::string_view bytes_;
    detail::utf16_form form_;
    std::size_t counted_to_ = 0;
    std::uint64_t lines_ = 1;
    std::vector<std::uint64_t> line_at_block_ = {1};
};

}  // namespace brygga::xml
