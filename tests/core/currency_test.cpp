#include "formats/core/currency.hpp"

#include <gtest/gtest.h>

namespace brygga {
namespace {

TEST(currency_test, knows_the_codes_of_the_standard) {
    for (const char* code : {"AED", "CHF", "DKK", "EUR", "GBP", "HRK", "JPY", "NOK", "SEK", "USD", "ZWL"})
        EXPECT_TRUE(is_currency(code)) << code;
}

TEST(currency_test, knows_no_other_words) {
    for (const char* code : {"", "S", "SE", "SEKR", "sek", "XQZ", "XXX", "XTS", "AAA", "ZZZ", "EDA", "\xC3\x85"})
        EXPECT_FALSE(is_currency(code)) << code;
}

TEST(currency_test, knows_those_of_thousandths) {
    for (const char* code : {"BHD", "KWD", "TND"}) {
        EXPECT_TRUE(is_currency(code)) << code;
        EXPECT_TRUE(has_three_decimals(code)) << code;
    }
    for (const char* code : {"", "EUR", "JPY", "SEK", "kwd"})
        EXPECT_FALSE(has_three_decimals(code)) << code;
}

}  // namespace
}  // namespace brygga
