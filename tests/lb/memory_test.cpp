// Memory does not follow the input, whatever it holds: what a reading, a generic command or the generator takes from the heap at
// once stays below a bound. Every allocation of this program is counted.
#include <gtest/gtest.h>

#include "formats/bankgirot/supplier_payment/generator.hpp"
#include "formats/bankgirot/supplier_payment/reader.hpp"
#include "tests/rule_cases/counted_memory.hpp"

namespace brygga::supplier_payment::testing {

namespace {

using counted_memory::bound_bytes;
using counted_memory::hostile_input;
using counted_memory::peak_of;
using counted_memory::repeated;

std::string opening(std::string_view kind) {
    return "110009912346261123LEVERANT\xD6RSBETALNINGAR      " + std::string(kind) + "            SEK\n";
}

const std::string payments = opening(" ");
const std::string payment = payments + "1400505010551234567897               000000100000261126\n";
const std::string payment_in_utf_8 =
    "110009912346261123LEVERANT\xC3\x96RSBETALNINGAR                   SEK\n1400505010551234567897               "
    "000000100000261126\n";

const hostile_input inputs[] = {
    {"texts_of_one_payment", payment, [](std::uint64_t) { return std::string("25x\n"); }, 1'000'000},
    {"texts_in_utf_8", payment_in_utf_8, [](std::uint64_t) { return std::string("25\xC3\xA5\n"); }, 1'000'000},
    {"unknown_lines_of_one_payment", payment, [](std::uint64_t) { return std::string("77x\n"); }, 1'000'000},
    {"rejections_of_one_payment", opening("6") + "1400505010551234567897               000000100000261126\n",
     [](std::uint64_t) { return std::string("49MTRV0042\n"); }, 1'000'000},
    {"rejections_of_one_recipient", opening("6") + "40000000001 3300001212121213\n",
     [](std::uint64_t) { return std::string("49MTRV0013\n"); }, 1'000'000},
    {"held_payments", payments, [](std::uint64_t) { return std::string("14x\n"); }, 700'000},
    {"recipients", payments,
     [](std::uint64_t i) {
         std::string number = std::to_string(i % 100'000);
         number.insert(0, 5 - number.size(), '0');
         return "400000" + number + " 3300001212121212\n140000" + number + "\n";
     },
     400'000},
    {"unknown_codes", payments,
     [](std::uint64_t i) {
         return std::string{static_cast<char>('A' + i % 26), static_cast<char>('a' + i / 26 % 26), '\n'};
     },
     1'000'000},
    {"days_on_watch", opening("2"), [](std::uint64_t) { return std::string("43261126\n"); }, 700'000},
    {"returned_orders", "12611232611230009912346\n", [](std::uint64_t) { return std::string("2000000001\n"); }, 700'000},
    {"sections", "", [](std::uint64_t) { return payments; }, 300'000},
    {"lines_outside_all_sections", "", [](std::uint64_t) { return std::string("hello\n"); }, 1'000'000},
};

class lb_memory : public ::testing::TestWithParam<hostile_input> {};

TEST_P(lb_memory, of_reading_stays_below_a_bound) {
    const std::string bytes = repeated(GetParam(), GetParam().lines);
    EXPECT_LT(peak_of([&] { static_cast<void>(read(bytes)); }), bound_bytes);
}

TEST_P(lb_memory, of_the_generic_commands_stays_below_a_bound) {
    counted_memory::expect_bound_of_generic_commands("lb", GetParam());
}

INSTANTIATE_TEST_SUITE_P(hostile, lb_memory, ::testing::ValuesIn(inputs),
                         [](const auto& each) { return std::string(each.param.name); });

// Of reports a whole section is held.
TEST(lb_generator_memory, does_not_grow_with_the_number_of_payments) {
    for (const std::string_view layout : generated_layouts()) {
        SCOPED_TRACE(layout);
        generate_settings settings;
        settings.layout = layout;
        settings.count = 200'000;
        const std::size_t bound = layout == "payments" ? std::size_t{8} << 20 : std::size_t{16} << 20;
        const std::size_t peak = peak_of([&] { EXPECT_TRUE(generate(settings, [](std::string_view) {})); });
        EXPECT_LT(peak, bound);
    }
}

}  // namespace

}  // namespace brygga::supplier_payment::testing
