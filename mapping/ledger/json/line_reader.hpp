// Lines of a stream in bounded memory.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

namespace brygga::ledger {

// LF or CRLF, a byte order mark before the first line is skipped, the last line needs no ending.
class line_reader {
 public:
    line_reader(std::istream& from, std::size_t max_bytes) : from_(&from), max_bytes_(max_bytes) {}

    struct line {
        std::string_view text;  // until the next call; empty when too long
        bool too_long = false;
    };
    // Nothing at the end of the stream; the stream then tells whether it ended badly.
    [[nodiscard]] std::optional<line> next();
    [[nodiscard]] std::uint64_t number() const noexcept { return number_; }  // of the last line, 1-based

 private:
    [[nodiscard]] bool fill();

    std::istream* from_;
    std::size_t max_bytes_;
    std::string block_;
    std::size_t used_ = 0;  // of block_
    std::string text_;
    std::uint64_t number_ = 0;
};

}  // namespace brygga::ledger
