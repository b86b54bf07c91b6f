// What makes two payments one in different files and formats, and what does not.
#include "mapping/ledger/payment_trace.hpp"

#include <gtest/gtest.h>

namespace brygga::ledger {
namespace {

TEST(payment_trace, a_placeholder_or_a_short_number_does_not_tell_payments_apart) {
    for (const char* text : {"", "0", "-", "NONREF", "NOTPROVIDED", "4711", "000000004711", "000000000000", "99999999", "      "})
        EXPECT_FALSE(tells_apart(text)) << text;
    for (const char* text : {"900000000001", "EXBK1", "EXBK20260302000010", " 900000000001", "10000"})
        EXPECT_TRUE(tells_apart(text)) << text;
}

const payment_trace one = trace_of("EXBK1", 1000, "1000300101");
const payment_trace two = trace_of("EXBK2", 1000, "1000300200");

TEST(payment_trace, the_same_payments_are_those_with_the_same_numbers_and_amounts) {
    EXPECT_TRUE(same_payments({one, two}, {two, one}));
    EXPECT_FALSE(same_payments({}, {}));
    EXPECT_FALSE(same_payments({one}, {one, one})) << "counted";
    EXPECT_FALSE(same_payments({one}, {trace_of("EXBK1", -1000, "")})) << "a deduction";
    EXPECT_FALSE(same_payments({trace_of("", 1000, "1")}, {trace_of("", 1000, "1")})) << "without numbers they may be twins";
    EXPECT_TRUE(numbers_differ({one}, {two}));
    EXPECT_FALSE(numbers_differ({one, two}, {two, one}));
    EXPECT_FALSE(numbers_differ({one}, {trace_of("", 1000, "")})) << "what is not told contradicts nothing";
}

TEST(payment_trace, payments_whose_references_are_all_others_are_others) {
    EXPECT_TRUE(no_common_reference({one}, {two}));
    EXPECT_FALSE(no_common_reference({one, two}, {two}));
    EXPECT_FALSE(no_common_reference({one}, {trace_of("", 1000, "")})) << "what is not told contradicts nothing";
    EXPECT_FALSE(no_common_reference({one}, {trace_of("", 500, "1000300101")})) << "two parts of one";
    EXPECT_TRUE(same_references({one, two}, {two, one}));
    EXPECT_FALSE(same_references({one}, {trace_of("EXBK1", 1000, "")}));
    EXPECT_FALSE(same_references({}, {}));
    EXPECT_FALSE(same_references({one}, {trace_of("EXBK1", 500, "1000300101")})) << "another amount";
}

struct reference_case {
    std::string_view a, b;
    bool differ;
};

TEST(payment_trace, references_of_one_amount_contradict_where_each_side_has_one_of_its_own) {
    constexpr reference_case cases[] = {
        {"1000300101", "1000300200", true},
        {"1000300101", "1000300101", false},
        {"1000300101", "      0001000300101 ", false},
        {"1000300101", "", false},
        {"", "", false},
        {"Faktura 1", "Faktura 2", false},
        {"1000300101", "Faktura 1000", false},
    };
    for (const reference_case& each : cases)
        EXPECT_EQ(references_differ({trace_of("", 1000, each.a)}, {trace_of("", 1000, each.b)}), each.differ)
            << each.a << " and " << each.b;
    EXPECT_FALSE(references_differ({one, two}, {two, one}));
    EXPECT_FALSE(references_differ({one}, {trace_of("", 2000, "1000300200")})) << "another amount";
    EXPECT_FALSE(references_differ({one, two}, {one})) << "one side tells less";
    EXPECT_TRUE(references_differ({one, two}, {one, trace_of("", 1000, "4")}));
}

}  // namespace
}  // namespace brygga::ledger
