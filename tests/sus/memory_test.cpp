// Memory does not follow the input, whatever it holds: what a reading, a generic command or the generator takes from the heap at
// once stays below a bound. Every allocation of this program is counted.
#include <gtest/gtest.h>

#include "formats/bankgirot/sus/generator.hpp"
#include "formats/bankgirot/sus/reader.hpp"
#include "tests/rule_cases/counted_memory.hpp"

namespace brygga::sus::testing {

namespace {

using counted_memory::bound_bytes;
using counted_memory::hostile_input;
using counted_memory::peak_of;
using counted_memory::repeated;

const std::string opening = "05123456" + std::string(50, ' ') + "20261126000005560000001\n";
const std::string payment = opening + "30123456\n";

const hostile_input inputs[] = {
    {"addresses_of_one_payment", payment, [](std::uint64_t) { return std::string("36x\n"); }, 500'000},
    {"texts_of_one_payment", payment, [](std::uint64_t) { return std::string("60x\n"); }, 1'000'000},
    {"texts_in_utf_8", payment, [](std::uint64_t) { return std::string("60\xC3\xA5\n"); }, 500'000},
    {"unknown_lines_of_one_payment", payment, [](std::uint64_t) { return std::string("99x\n"); }, 1'000'000},
    {"held_payments", opening, [](std::uint64_t) { return std::string("30x\n"); }, 700'000},
    {"unknown_codes", opening,
     [](std::uint64_t i) {
         return std::string{static_cast<char>('A' + i % 26), static_cast<char>('a' + i / 26 % 26), '\n'};
     },
     1'000'000},
    {"sections", "", [](std::uint64_t) { return opening; }, 300'000},
    {"lines_outside_all_sections", "", [](std::uint64_t) { return std::string("hello\n"); }, 1'000'000},
};

class sus_memory : public ::testing::TestWithParam<hostile_input> {};

TEST_P(sus_memory, of_reading_stays_below_a_bound) {
    const std::string bytes = repeated(GetParam(), GetParam().lines);
    EXPECT_LT(peak_of([&] { static_cast<void>(read(bytes)); }), bound_bytes);
}

TEST_P(sus_memory, of_the_generic_commands_stays_below_a_bound) {
    counted_memory::expect_bound_of_generic_commands("sus", GetParam());
}

INSTANTIATE_TEST_SUITE_P(hostile, sus_memory, ::testing::ValuesIn(inputs),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(sus_generator_memory, does_not_grow_with_the_number_of_payments) {
    generate_settings settings;
    settings.count = 200'000;
    EXPECT_LT(peak_of([&] { EXPECT_TRUE(generate(settings, [](std::string_view) {})); }), std::size_t{8} << 20);
}

}  // namespace

}  // namespace brygga::sus::testing
