#include "formats/einvoice/decimal.hpp"

#include <gtest/gtest.h>

namespace brygga::einvoice {

namespace {

decimal of(std::string_view text) {
    return decimal::parse(text).value();
}

TEST(decimal_test, is_what_xml_schema_says) {
    for (const std::string_view text : {"0", "-0", "+1", "1.", ".5", " 12.50\n", "123456789012345678901234567890"})
        EXPECT_TRUE(decimal::parse(text)) << text;
    for (const std::string_view text :
         {"", " ", ".", "-", "1e3", "1,5", "1 000", "0x1", "--1", "1.2.3", "NaN", "INF", "1234567890123456789012345678901"})
        EXPECT_FALSE(decimal::parse(text)) << text;
}

TEST(decimal_test, is_exact) {
    EXPECT_EQ(of("0.1") + of("0.2"), of("0.30"));
    EXPECT_EQ(of("412") * of("0.2560"), of("105.472"));
    EXPECT_EQ((of("123456789012345678901234567890") * of("0.00000000000000000000000000001")).text(),
              "1.23456789012345678901234567890");
    EXPECT_EQ((of("10") - of("0.005")).text(), "9.995");
    EXPECT_LT(of("-2.5"), of("-2.4999"));
    EXPECT_EQ(of("12.5").over_100(), of("0.125"));
    EXPECT_EQ(of("-3").abs(), 3);
    EXPECT_EQ((-of("0.05")).text(), "-0.05");
}

TEST(decimal_test, a_half_is_rounded_towards_plus_infinity) {
    const std::pair<const char*, const char*> cases[] = {{"2.345", "2.35"},   {"-2.345", "-2.34"},    {"-2.3451", "-2.35"},
                                                         {"2.3449", "2.34"},  {"-0.005", "0.00"},     {"-0.0051", "-0.01"},
                                                         {"27.725", "27.73"}, {"647.8225", "647.82"}, {"1", "1"}};
    for (const auto& [text, rounded] : cases)
        EXPECT_EQ(of(text).rounded(2), of(rounded)) << text;
    EXPECT_EQ(of("24.5").rounded(0), 25);
    EXPECT_EQ(of("-24.5").rounded(0), -24);
}

}  // namespace

}  // namespace brygga::einvoice
