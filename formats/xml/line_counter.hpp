// Line numbers of places in a document, for findings.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace brygga::xml {

// Places that come in the order of the document, or nearly, cost no more than one pass: counting goes on from the last one.
class line_counter {
 public:
    explicit line_counter(std::string_view bytes) : bytes_(bytes) {}

    [[nodiscard]] std::uint64_t line_of(std::size_t offset) {
        offset = std::min(offset, bytes_.size());
        if (offset < counted_to_) {
            counted_to_ = 0;
            lines_ = 1;
        }
        lines_ += static_cast<std::uint64_t>(std::count(bytes_.begin() + static_cast<std::ptrdiff_t>(counted_to_),
                                                        bytes_.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
        counted_to_ = offset;
        return lines_;
    }

 private:
    std::string_view bytes_;
    std::size_t counted_to_ = 0;
    std::uint64_t lines_ = 1;
};

}  // namespace brygga::xml
