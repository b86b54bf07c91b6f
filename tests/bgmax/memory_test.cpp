// Memory does not follow the input, whatever it holds: what a reading or a generic command takes from the heap at once stays
// below a bound for hostile input many times as large. Every allocation of this program is counted.
#include <atomic>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>
#include <malloc.h>

#include "formats/bankgirot/bgmax/reader.hpp"
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

namespace brygga::bgmax::testing {

namespace {

constexpr std::size_t bound_bytes = std::size_t{40} << 20;  // far below the 64 MB of DESIGN section 13
constexpr std::string_view start = "01BGMAX               0120260302163005123456P\r\n";
constexpr std::string_view opening = "050009912346          SEK\r\n";
constexpr std::string_view payment = "200000000000               1000234706000000000000084950213149850000100\r\n";

std::string digits(std::uint64_t value, std::size_t width) {
    const std::string text = std::to_string(value);
    return std::string(width - text.size(), '0') + text;
}

struct hostile_input {
    std::string_view name;
    std::string_view head;
    std::string (*line)(std::uint64_t number);
    std::uint64_t lines;
};

std::string repeated(const hostile_input& input, std::uint64_t lines) {
    std::string out(input.head);
    for (std::uint64_t i = 0; i != lines; ++i)
        out += input.line(i);
    return out;
}

const std::string one_payment = std::string(start) + std::string(opening) + std::string(payment);
const std::string one_payment_in_utf_8 = one_payment + "26\xC3\x85sa\r\n";
const std::string one_section = std::string(start) + std::string(opening);

// In the order of what they fill: one payment, one section, one logical file, the physical file.
const hostile_input inputs[] = {
    {"information_of_one_payment", one_payment, [](std::uint64_t) { return std::string("25x\r\n"); }, 2'000'000},
    {"information_in_utf_8", one_payment_in_utf_8, [](std::uint64_t) { return std::string("25\xC3\xA5\r\n"); }, 2'000'000},
    {"unknown_lines_of_one_payment", one_payment, [](std::uint64_t) { return std::string("99x\r\n"); }, 1'000'000},
    {"unknown_lines_in_utf_8", one_payment_in_utf_8, [](std::uint64_t) { return std::string("99\xC3\xA5\r\n"); }, 1'000'000},
    {"names_of_one_payment", one_payment, [](std::uint64_t) { return std::string("26x\r\n"); }, 1'000'000},
    {"extra_references_of_one_payment", one_payment, [](std::uint64_t) { return std::string("22x\r\n"); }, 1'000'000},
    {"payers_of_one_section", one_section,
     [](std::uint64_t i) { return "20" + digits(i + 1, 10) + digits(0, 25) + digits(100, 18) + "31" + digits(i, 12) + "0\n"; },
     600'000},
    {"deductions_of_one_section", one_section,
     [](std::uint64_t i) { return "21" + digits(i + 1, 10) + digits(0, 25) + digits(100, 18) + "31" + digits(i, 12) + "00\n"; },
     600'000},
    {"held_payments", one_section,
     [](std::uint64_t i) { return std::string("20\n23") + digits(0, 10) + digits(i, 25) + digits(0, 18) + "31\n"; }, 1'000'000},
    {"sections", start, [](std::uint64_t) { return std::string("05\n15\n"); }, 1'000'000},
    {"logical_files", "", [](std::uint64_t) { return std::string("01BGMAX\n"); }, 1'000'000},
    {"logical_files_in_utf_8", "", [](std::uint64_t) { return std::string("01BGMAX\n26\xC3\xA5\n"); }, 500'000},
};

std::ostream& operator<<(std::ostream& out, const hostile_input& input) {
    return out << input.name;
}

template <class Use>
std::size_t peak_of(const Use& use) {
    const std::size_t before = in_use;
    most_in_use = before;
    use();
    return most_in_use - before;
}

class memory : public ::testing::TestWithParam<hostile_input> {};

TEST_P(memory, of_reading_stays_below_a_bound) {
    const std::string bytes = repeated(GetParam(), GetParam().lines);
    EXPECT_LT(peak_of([&] { static_cast<void>(read(bytes)); }), bound_bytes);
}

// The commands that go line by line keep nothing at all: fewer lines show it.
TEST_P(memory, of_the_generic_commands_stays_below_a_bound) {
    constexpr std::size_t small_bound_bytes = std::size_t{4} << 20;
    const std::string bytes = repeated(GetParam(), GetParam().lines / 50);
    const format& bgmax = *find_format("bgmax");
    const auto ignore = [](std::string_view) {};
    EXPECT_LT(peak_of([&] { bgmax.to_json(bytes, {}, ignore); }), small_bound_bytes);
    EXPECT_LT(peak_of([&] { bgmax.show(bytes, {}, {}, ignore); }), small_bound_bytes);
    EXPECT_LT(peak_of([&] { bgmax.mask(bytes, "a key of the test", {}, ignore); }), bound_bytes);  // remembers numbers
}

// check has no limit on logical files: it keeps none of them.
TEST(memory_of_check, stays_below_a_bound_whatever_the_number_of_logical_files) {
    std::string bytes;
    for (unsigned i = 0; i != 200'000; ++i)
        bytes += "01BGMAX\n";
    std::size_t files = 0;
    const format& bgmax = *find_format("bgmax");
    EXPECT_LT(peak_of([&] { bgmax.check(bytes, {}, [&](const check_report&) { ++files; }); }), std::size_t{1} << 20);
    EXPECT_EQ(files, 200'000u);
}

INSTANTIATE_TEST_SUITE_P(hostile, memory, ::testing::ValuesIn(inputs),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace

}  // namespace brygga::bgmax::testing
