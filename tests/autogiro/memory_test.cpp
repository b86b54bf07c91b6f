// Memory does not follow the input, whatever it holds: what a reading, a generic command or the generator takes from the heap at
// once stays below a bound. Every allocation of this program is counted.
#include <gtest/gtest.h>

#include "formats/bankgirot/autogiro/generator.hpp"
#include "formats/bankgirot/autogiro/reader.hpp"
#include "tests/rule_cases/counted_memory.hpp"

namespace brygga::autogiro::testing {

namespace {

using counted_memory::bound_bytes;
using counted_memory::hostile_input;
using counted_memory::peak_of;
using counted_memory::repeated;

const std::string mandates = "512026112399000009912346AG-EMEDGIV\n";
const std::string mandate = mandates + "5200099123460000000000007008890100323232323219121212121200000 0\n";
const std::string requests = "0120261123AUTOGIRO                                            4711170009912346\n";
const std::string specification = "01AUTOGIRO              20261130061502000001BET. SPEC & STOPP TK4711170009912346\n";

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

class autogiro_memory : public ::testing::TestWithParam<hostile_input> {};

TEST_P(autogiro_memory, of_reading_stays_below_a_bound) {
    const std::string bytes = repeated(GetParam(), GetParam().lines);
    EXPECT_LT(peak_of([&] { static_cast<void>(read(bytes)); }), bound_bytes);
}

TEST_P(autogiro_memory, of_the_generic_commands_stays_below_a_bound) {
    counted_memory::expect_bound_of_generic_commands("autogiro", GetParam());
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
