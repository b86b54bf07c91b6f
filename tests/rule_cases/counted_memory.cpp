#include "tests/rule_cases/counted_memory.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>
#include <malloc.h>

#include "formats/registry.hpp"

namespace {

std::atomic<std::size_t> in_use{0}, most_in_use{0};

void* counted(std::size_t size) {
    void* const made = std::malloc(size == 0 ? 1 : size);
    if (made == nullptr) throw std::bad_alloc();
    const std::size_t now = in_use += ::malloc_usable_size(made);
    if (now > most_in_use) most_in_use = now;
    return made;
}

void forget(void* made) noexcept {
    if (made == nullptr) return;
    in_use -= ::malloc_usable_size(made);
    std::free(made);
}

}  // namespace

void* operator new(std::size_t size) {
    return counted(size);
}
void* operator new[](std::size_t size) {
    return counted(size);
}
void operator delete(void* made) noexcept {
    forget(made);
}
void operator delete[](void* made) noexcept {
    forget(made);
}
void operator delete(void* made, std::size_t) noexcept {
    forget(made);
}
void operator delete[](void* made, std::size_t) noexcept {
    forget(made);
}

namespace brygga::counted_memory {

std::size_t peak_of(const std::function<void()>& use) {
    const std::size_t before = in_use;
    most_in_use = before;
    use();
    return most_in_use - before;
}

std::ostream& operator<<(std::ostream& out, const hostile_input& input) {
    return out << input.name;
}

std::string repeated(const hostile_input& input, std::uint64_t lines) {
    std::string out = input.head;
    for (std::uint64_t i = 0; i != lines; ++i)
        out += input.line(i);
    return out;
}

void expect_bound_of_generic_commands(std::string_view format_id, const hostile_input& input) {
    constexpr std::size_t small_bound_bytes = std::size_t{4} << 20;
    const std::string bytes = repeated(input, input.lines / 50);
    const format& which = *find_format(format_id);
    const auto ignore = [](std::string_view) {};
    EXPECT_LT(peak_of([&] { which.to_json(bytes, {}, ignore); }), small_bound_bytes);
    EXPECT_LT(peak_of([&] { which.show(bytes, {}, {}, ignore); }), small_bound_bytes);
    EXPECT_LT(peak_of([&] { which.mask(bytes, "a key of the test", {}, ignore); }),
              bound_bytes);  // remembers numbers
}

}  // namespace brygga::counted_memory
