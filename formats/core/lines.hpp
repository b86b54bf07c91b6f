// Physical lines of a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace brygga {

struct physical_line {
    std::string_view bytes;  // without its line end
    std::string_view end;    // CRLF, LF, CR, or empty for a last line without one
    std::uint64_t number{};  // 1-based
    std::size_t offset{};    // of the first byte
    bool has_control{};      // a byte below 0x20 stands in it

    // A line without a line end goes on in what comes next: the next number is its own.
    [[nodiscard]] std::uint64_t number_of_next() const noexcept { return end.empty() ? number : number + 1; }
};

// Cuts bytes at CRLF, LF and CR, mixed. No other byte ends a line.
class line_cutter {
 public:
    explicit line_cutter(std::string_view bytes, std::uint64_t first_number = 1, std::size_t offset = 0) noexcept
        : begin_(bytes.data()), at_(bytes.data()), end_(bytes.data() + bytes.size()), number_(first_number), offset_(offset) {}
    [[nodiscard]] bool next(physical_line& line) noexcept;

 private:
    const char *begin_, *at_, *end_;
    std::uint64_t number_;
    std::size_t offset_;
};

}  // namespace brygga
