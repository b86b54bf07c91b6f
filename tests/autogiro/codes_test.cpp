// The code tables of autogiro.md section 5.
#include "formats/bankgirot/autogiro/codes.hpp"

#include <gmock/gmock.h>

namespace brygga::autogiro {

namespace {

std::string codes(code_table which, bool old_only) {
    std::string out;
    for (const code_text& each : codes_of(which))
        if (each.old_only == old_only) out += (out.empty() ? "" : " ") + std::string(each.code);
    return out;
}

TEST(autogiro_codes, are_those_of_the_page) {
    EXPECT_EQ(codes(code_table::period, false), "0 1 2 3 4 5 6 7 8");
    EXPECT_EQ(codes(code_table::refund, false), "01 02 03");
    EXPECT_EQ(codes(code_table::mandate_information, false), "03 04 05 10 42 43 44 46 93");
    EXPECT_EQ(codes(code_table::mandate_comment, false), "02 03 04 05 07 09 10 20 21 23 29 30 32 33 98");
    EXPECT_EQ(codes(code_table::mandate_comment, true), "01 06 11 12 24");
    EXPECT_EQ(codes(code_table::rejection_comment, false), "01 02 06 07 08 09 10 12 13 15 24");
    EXPECT_EQ(codes(code_table::rejection_comment, true), "03 04 05");
    EXPECT_EQ(codes(code_table::amendment_comment, false), "01 02 04 05 06 10 11 12 13 14 15 18");
    EXPECT_EQ(codes(code_table::amendment_comment, true), "22");
}

TEST(autogiro_codes, say_what_they_mean) {
    EXPECT_EQ(text_of(code_table::payment_status, "1"), "not executed, no cover");
    EXPECT_EQ(text_of(code_table::mandate_comment, "77"), "unknown code");
    EXPECT_TRUE(is_carried_out("18"));
    EXPECT_FALSE(is_carried_out("13"));
}

}  // namespace

}  // namespace brygga::autogiro
