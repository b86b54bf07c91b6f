// Which records of a generated file are bad, and what a tool on the way may have done to them. Internal to the generators.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace brygga::invented {

// Spread evenly: record n is bad when it makes the share of bad ones reach the percentage.
class bad_share {
 public:
    explicit constexpr bad_share(std::uint32_t percent) noexcept : percent_(percent) {}
    constexpr bool next() noexcept {
        const std::uint64_t before = records_ * percent_ / 100;
        return ++records_ * percent_ / 100 != before;
    }

 private:
    std::uint64_t percent_, records_ = 0;
};

// A TAB for the last blanks of a line that it means, in the line of `width` columns at `line`; nothing where no TAB would.
void put_tab(std::string& bytes, std::size_t line, std::size_t width);

}  // namespace brygga::invented
