#include "formats/core/bank_days.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace brygga {
namespace {

using namespace std::chrono_literals;

struct year_case {
    std::chrono::year year;
    std::string_view easter;
    int bank_days;
    std::string_view weekday_closings;
};

// references.md section 5.
constexpr std::array<year_case, 8> years = {
    {{2024y, "2024-03-31", 251, "01-01 03-29 04-01 05-01 05-09 06-06 06-21 12-24 12-25 12-26 12-31"},
     {2025y, "2025-04-20", 249, "01-01 01-06 04-18 04-21 05-01 05-29 06-06 06-20 12-24 12-25 12-26 12-31"},
     {2026y, "2026-04-05", 251, "01-01 01-06 04-03 04-06 05-01 05-14 06-19 12-24 12-25 12-31"},
     {2027y, "2027-03-28", 253, "01-01 01-06 03-26 03-29 05-06 06-25 12-24 12-31"},
     {2028y, "2028-04-16", 251, "01-06 04-14 04-17 05-01 05-25 06-06 06-23 12-25 12-26"},
     {2029y, "2029-04-01", 250, "01-01 03-30 04-02 05-01 05-10 06-06 06-22 12-24 12-25 12-26 12-31"},
     {2030y, "2030-04-21", 250, "01-01 04-19 04-22 05-01 05-30 06-06 06-21 12-24 12-25 12-26 12-31"},
     {2031y, "2031-04-13", 249, "01-01 01-06 04-11 04-14 05-01 05-22 06-06 06-20 12-24 12-25 12-26 12-31"}}};

bool is_weekend(date day) {
    const std::chrono::weekday weekday{std::chrono::sys_days{day}};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

TEST(bank_days, table_of_years) {
    for (const year_case& row : years) {
        std::string closings;
        int count = 0;
        for (date day = row.year / 1 / 1; day.year() == row.year; day = add_days(day, 1)) {
            if (is_bank_day(day))
                ++count;
            else if (!is_weekend(day))
                closings += (closings.empty() ? "" : " ") + format_iso_date(day).substr(5);
        }
        EXPECT_EQ(closings, row.weekday_closings);
        EXPECT_EQ(count, row.bank_days) << static_cast<int>(row.year);
        EXPECT_EQ(format_iso_date(easter_sunday(row.year)), row.easter);
    }
}

TEST(bank_days, weekends_are_closed) {
    for (date day = 2020y / 1 / 1; day < 2027y / 1 / 1; day = add_days(day, 1))
        EXPECT_FALSE(is_weekend(day) && is_bank_day(day)) << format_iso_date(day);
}

// Until 2004 Whit Monday was closed and 6 June open.
TEST(bank_days, before_2005) {
    EXPECT_TRUE(is_bank_day(2003y / 6 / 6));
    EXPECT_FALSE(is_bank_day(2003y / 6 / 9));
    EXPECT_FALSE(is_bank_day(2004y / 5 / 31));
    EXPECT_TRUE(is_bank_day(2005y / 5 / 16));
    EXPECT_FALSE(is_bank_day(2005y / 6 / 6));
}

TEST(bank_days, easter_extremes) {
    EXPECT_EQ(format_iso_date(easter_sunday(2008y)), "2008-03-23");
    EXPECT_EQ(format_iso_date(easter_sunday(2038y)), "2038-04-25");
    EXPECT_EQ(format_iso_date(easter_sunday(1818y)), "1818-03-22");
}

TEST(bank_days, steps_over_closings) {
    const date maundy_thursday = 2026y / 4 / 2;
    const date tuesday = 2026y / 4 / 7;
    EXPECT_EQ(next_bank_day(maundy_thursday, true), maundy_thursday);
    EXPECT_EQ(next_bank_day(maundy_thursday, false), tuesday);
    EXPECT_EQ(next_bank_day(2026y / 4 / 3, true), tuesday);
    EXPECT_EQ(previous_bank_day(tuesday, true), tuesday);
    EXPECT_EQ(previous_bank_day(tuesday, false), maundy_thursday);
    EXPECT_EQ(previous_bank_day(2026y / 4 / 6, true), maundy_thursday);
    EXPECT_EQ(add_bank_days(maundy_thursday, 0), maundy_thursday);
    EXPECT_EQ(add_bank_days(2026y / 4 / 4, 0), tuesday);
    EXPECT_EQ(add_bank_days(2026y / 4 / 4, 1), tuesday);
    EXPECT_EQ(add_bank_days(maundy_thursday, 2), date{2026y / 4 / 8});
    EXPECT_EQ(add_bank_days(2026y / 4 / 8, -2), maundy_thursday);
    EXPECT_EQ(add_bank_days(2025y / 12 / 30, 1), date{2026y / 1 / 2});
}

RC_GTEST_PROP(bank_days, functions_agree, ()) {
    const date day = add_days(2005y / 1 / 1, *rc::gen::inRange(0, days_between(2005y / 1 / 1, 2100y / 1 / 1)));
    const date next = next_bank_day(day, false);
    const date previous = previous_bank_day(day, false);
    RC_ASSERT(is_bank_day(next) && is_bank_day(previous) && previous < day && day < next);
    for (date between = add_days(previous, 1); between < next; between = add_days(between, 1))
        RC_ASSERT(is_bank_day(between) == (between == day && is_bank_day(day)));
    RC_ASSERT(next_bank_day(day, true) == (is_bank_day(day) ? day : next));
    RC_ASSERT(previous_bank_day(day, true) == (is_bank_day(day) ? day : previous));
    RC_ASSERT(previous_bank_day(next, false) == previous_bank_day(day, true));
    const int count = *rc::gen::inRange(1, 60);
    RC_ASSERT(add_bank_days(next_bank_day(day, true), count) ==
              add_bank_days(add_bank_days(next_bank_day(day, true), 1), count - 1));
    RC_ASSERT(add_bank_days(add_bank_days(next, count), -count) == next);
}

}  // namespace
}  // namespace brygga
