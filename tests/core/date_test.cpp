#include "formats/core/date.hpp"

#include <array>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace brygga {
namespace {

using namespace std::chrono_literals;

struct parse_case {
    std::string_view text;
    std::optional<date> day;
};

TEST(date, ccyymmdd) {
    const std::array<parse_case, 12> table = {{{"20260302", date{2026y / 3 / 2}},
                                               {"20240229", date{2024y / 2 / 29}},
                                               {"19991231", date{1999y / 12 / 31}},
                                               {"20250229", std::nullopt},
                                               {"20260431", std::nullopt},
                                               {"20261301", std::nullopt},
                                               {"20260100", std::nullopt},
                                               {"00000000", std::nullopt},
                                               {"2026030", std::nullopt},
                                               {"202603021", std::nullopt},
                                               {"2026 302", std::nullopt},
                                               {"", std::nullopt}}};
    for (const parse_case& row : table)
        EXPECT_EQ(parse_ccyymmdd(row.text), row.day) << row.text;
}

TEST(date, yymmdd_turns_at_70) {
    const std::array<parse_case, 9> table = {{{"260302", date{2026y / 3 / 2}},
                                              {"000229", date{2000y / 2 / 29}},
                                              {"691231", date{2069y / 12 / 31}},
                                              {"700101", date{1970y / 1 / 1}},
                                              {"991231", date{1999y / 12 / 31}},
                                              {"250229", std::nullopt},
                                              {"26030", std::nullopt},
                                              {"GENAST", std::nullopt},
                                              {"26-302", std::nullopt}}};
    for (const parse_case& row : table)
        EXPECT_EQ(parse_yymmdd(row.text), row.day) << row.text;
}

TEST(date, iso) {
    const std::array<parse_case, 7> table = {{{"2026-03-02", date{2026y / 3 / 2}},
                                              {"2026-02-30", std::nullopt},
                                              {"2026-03-02Z", std::nullopt},
                                              {"20260302", std::nullopt},
                                              {"2026/03/02", std::nullopt},
                                              {"-026-03-02", std::nullopt},
                                              {"2026-3-02", std::nullopt}}};
    for (const parse_case& row : table)
        EXPECT_EQ(parse_iso_date(row.text), row.day) << row.text;
}

TEST(date, arithmetic) {
    EXPECT_EQ(add_days(2024y / 2 / 28, 2), date{2024y / 3 / 1});
    EXPECT_EQ(add_days(2026y / 1 / 1, -1), date{2025y / 12 / 31});
    EXPECT_EQ(days_between(2024y / 2 / 28, 2024y / 3 / 1), 2);
    EXPECT_EQ(days_between(2026y / 1 / 1, 2025y / 1 / 1), -365);
}

RC_GTEST_PROP(date, written_dates_come_back, ()) {
    const date day = add_days(1970y / 1 / 1, *rc::gen::inRange(0, 365 * 100));  // to 2069, as far as two digits reach
    RC_ASSERT(parse_ccyymmdd(format_ccyymmdd(day)) == day);
    RC_ASSERT(parse_yymmdd(format_yymmdd(day)) == day);
    RC_ASSERT(parse_iso_date(format_iso_date(day)) == day);
    const int step = *rc::gen::inRange(-40000, 40000);
    RC_ASSERT(days_between(day, add_days(day, step)) == step);
}

}  // namespace
}  // namespace brygga
