// Memory does not follow the input, whatever it holds: what a reading, a generic command or the generator takes from the heap at
// once stays below a bound. Every allocation of this program is counted.
#include <atomic>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>
#include <malloc.h>

#include "formats/bankgirot/autogiro/generator.hpp"
#include "formats/bankgirot/autogiro/reader.hpp"
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

namespace brygga::autogiro::testing {

namespace {

constexpr std::size_t bound_bytes = std::size_t{40} << 20;  // far below the 64 MB of DESIGN section 13
const std::string mandates = "512026112399000009912346AG-EMEDGIV\n";
const std::string mandate = mandates + "5200099123460000000000007008890100323232323219121212121200000 0\n";
const std::string requests = "0120261123AUTOGIRO                                            4711170009912346\n";
const std::string specification = "01AUTOGIRO              20261130061502000001BET. SPEC & STOPP TK4711170009912346\n";

struct hostile_input {
    std::string_view name;
    std::string head;
    std::string (*line)(std::uint64_t number);
    std::uint64_t lines;
};

const hostile_input inputs[] = {
    {"texts_of_one_mandate", mandate, [](std::uint64_t) { return std::string("53x\n"); }, 1'000'000},
    {"texts_in_utf_8", mandate, [](std::uint64_t) { return std::string("53\xC3\xA5\n"); }, 1'000'000},
    {"addresses_of_one_mandate", mandate, [](std::uint64_t) { return std::string("54x\n55y\n56z\n"); }, 500'000},
    {"unknown_lines_of_one_mandate", mandate, [](std::uint64_t) { return std::string("57\xC3\xA5\n"); }, 1'000'000},
    {"mandates", mandates, [](std::uint64_t) { return std::string("52x\n53y\n"); }, 500'000},
    {"held_payments", requests, [](std::uint64_t) { return std::string("82x\n"); }, 700'000},
    {"unknown_codes", requests,
     [](std::uint64_t i) {
         return std::string{static_cast<char>('A' + i % 26), static_cast<char>('a' + i / 26 % 26), '\n'};
     },
     1'000'000},
    {"entries", specification, [](std::uint64_t) { return std::string("15x\n82\n"); }, 500'000},
    {"sections", "", [](std::uint64_t) { return specification; }, 300'000},
    {"lines_outside_all_sections", "", [](std::uint64_t) { return std::string("hello\n"); }, 1'000'000},
};

std::ostream& operator<<(std::ostream& out, const hostile_input& input) {
    return out << input.name;
}

std::string repeated(const hostile_input& input, std::uint64_t lines) {
    std::string out(input.head);
    for (std::uint64_t i = 0; i != lines; ++i)
        out += input.line(i);
    return out;
}

template <class Use>
std::size_t peak_of(const Use& use) {
    const std::size_t before = in_use;
    most_in_use = before;
    use();
    return most_in_use - before;
}

class autogiro_memory : public ::testing::TestWithParam<hostile_input> {};

TEST_P(autogiro_memory, of_reading_stays_below_a_bound) {
    const std::string bytes = repeated(GetParam(), GetParam().lines);
    EXPECT_LT(peak_of([&] { static_cast<void>(read(bytes)); }), bound_bytes);
}

// The commands that go line by line keep nothing at all: fewer lines show it.
TEST_P(autogiro_memory, of_the_generic_commands_stays_below_a_bound) {
    constexpr std::size_t small_bound_bytes = std::size_t{4} << 20;
    const std::string bytes = repeated(GetParam(), GetParam().lines / 50);
    const format& autogiro = *find_format("autogiro");
    const auto ignore = [](std::string_view) {};
    EXPECT_LT(peak_of([&] { autogiro.to_json(bytes, {}, ignore); }), small_bound_bytes);
    EXPECT_LT(peak_of([&] { autogiro.show(bytes, {}, {}, ignore); }), small_bound_bytes);
    EXPECT_LT(peak_of([&] { autogiro.mask(bytes, "a key of the test", {}, ignore); }), bound_bytes);  // remembers numbers
}

INSTANTIATE_TEST_SUITE_P(hostile, autogiro_memory, ::testing::ValuesIn(inputs),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(autogiro_generator_memory, does_not_grow_with_the_number_of_payers) {
    for (const std::string_view layout : generated_layouts()) {
        generate_settings settings;
        settings.layout = layout;
        settings.count = 50'000;
        const auto ignore = [](std::string_view) {};
        EXPECT_LT(peak_of([&] { EXPECT_TRUE(generate(settings, ignore)); }), std::size_t{8} << 20) << layout;
    }
}

}  // namespace

}  // namespace brygga::autogiro::testing
