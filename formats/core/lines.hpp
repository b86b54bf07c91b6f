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

namespace detail {

// First byte below 0x20 at or after `at`: one pass finds line ends, TABs and anything else that needs a closer look.
[[nodiscard]] const char* find_control(const char* at, const char* end) noexcept;

}  // namespace detail

// Cuts bytes at CRLF, LF and CR, mixed. No other byte ends a line.
class line_cutter {
 public:
    explicit line_cutter(std::string_view bytes, std::uint64_t first_number = 1, std::size_t offset = 0) noexcept
        : begin_(bytes.data()), at_(bytes.data()), end_(bytes.data() + bytes.size()), number_(first_number), offset_(offset) {}
    [[nodiscard]] bool next(physical_line& line) noexcept;
    [[nodiscard]] const char* end() const noexcept { return end_; }

 private:
    // In bytes. The processor itself does not look beyond the page that is being read.
    static constexpr std::ptrdiff_t fetched_ahead = 4096;

    const char *begin_, *at_, *end_;
    std::uint64_t number_;
    std::size_t offset_;
};

// Inline, so that who takes line after line has them in registers.
inline bool line_cutter::next(physical_line& line) noexcept {
    if (at_ == end_) return false;
    const char* const first = at_;
    if (end_ - first > fetched_ahead) __builtin_prefetch(first + fetched_ahead);
    const char* stop = detail::find_control(first, end_);
    line.has_control = false;
    while (stop != end_ && *stop != '\n' && *stop != '\r')
        [[unlikely]] {
            line.has_control = true;
            stop = detail::find_control(stop + 1, end_);
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

}  // namespace brygga
