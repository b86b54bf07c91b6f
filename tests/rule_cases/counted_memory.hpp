// What a program takes from the heap at once. Whoever adds counted_memory.cpp to a program's sources has every allocation of it
// counted.
#pragma once

#include <cstddef>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>

namespace brygga::counted_memory {

// The most bytes that were in use during `use` beyond those in use before it.
[[nodiscard]] std::size_t peak_of(const std::function<void()>& use);

inline constexpr std::size_t bound_bytes = std::size_t{40} << 20;  // far below the 64 MB of DESIGN section 13

// Input that fills one place of a reader: a head, and lines without end.
struct hostile_input {
    std::string_view name;
    std::string head;
    std::string (*line)(std::uint64_t number);
    std::uint64_t lines;
};
std::ostream& operator<<(std::ostream& out, const hostile_input& input);

[[nodiscard]] std::string repeated(const hostile_input& input, std::uint64_t lines);

// The commands that go line by line keep nothing at all: fewer lines show it.
void expect_bound_of_generic_commands(std::string_view format_id, const hostile_input& input);

}  // namespace brygga::counted_memory
