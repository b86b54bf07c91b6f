// Memory does not follow the input, whatever it holds: what a reading or a generic command takes from the heap at once stays
// below a bound for hostile input many times as large. Every allocation of this program is counted.
#include <gtest/gtest.h>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/registry.hpp"
#include "tests/rule_cases/counted_memory.hpp"

namespace brygga::bgmax::testing {

namespace {

using counted_memory::bound_bytes;
using counted_memory::hostile_input;
using counted_memory::peak_of;
using counted_memory::repeated;

const std::string start = "01BGMAX               0120260302163005123456P\r\n";
const std::string opening = "050009912346          SEK\r\n";
const std::string payment = "200000000000               1000234706000000000000084950213149850000100\r\n";

std::string digits(std::uint64_t value, std::size_t width) {
    const std::string text = std::to_string(value);
    return std::string(width - text.size(), '0') + text;
}

const std::string one_payment = start + opening + payment;
const std::string one_payment_in_utf_8 = one_payment + "26\xC3\x85sa\r\n";
const std::string one_section = start + opening;

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

class memory : public ::testing::TestWithParam<hostile_input> {};

TEST_P(memory, of_reading_stays_below_a_bound) {
    const std::string bytes = repeated(GetParam(), GetParam().lines);
    EXPECT_LT(peak_of([&] { static_cast<void>(read(bytes)); }), bound_bytes);
}

TEST_P(memory, of_the_generic_commands_stays_below_a_bound) {
    counted_memory::expect_bound_of_generic_commands("bgmax", GetParam());
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
