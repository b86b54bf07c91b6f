#include "connectors/timing/schedule.hpp"

#include <ostream>
#include <string>

#include <gtest/gtest.h>

namespace brygga::timing {
namespace {

moment utc(int year, int month, int day, int hour = 0, int minute = 0) {
    return std::chrono::sys_days(std::chrono::year(year) / month / day) + std::chrono::hours(hour) + std::chrono::minutes(minute);
}

std::string text(const result<moment>& when) {
    if (!when) return when.error().text;
    const auto day = std::chrono::floor<std::chrono::days>(*when);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::minutes>(*when - day));
    char out[20];
    std::snprintf(out, sizeof out, "%s %02d:%02d", format_iso_date(date(day)).c_str(), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()));
    return out;
}

struct due {
    const char* name;
    const char* schedule;
    moment now;
    const char* next;    // UTC, after now
    const char* latest;  // UTC, not after now
};
void PrintTo(const due& of, std::ostream* to) {
    *to << of.name;
}

class schedule_due : public ::testing::TestWithParam<due> {};

TEST_P(schedule_due, next_and_latest) {
    const due& with = GetParam();
    const auto made = schedule::parse(with.schedule);
    ASSERT_TRUE(made) << made.error().text;
    EXPECT_EQ(text(made->next_after(with.now)), with.next);
    EXPECT_EQ(text(made->latest_until(with.now)), with.latest);
}

// 2026-11-20 is a Friday; Swedish winter time is UTC+1.
INSTANTIATE_TEST_SUITE_P(
    all, schedule_due,
    ::testing::Values(
        due{"bankday_before", "bankday 17:00", utc(2026, 11, 20, 15, 59), "2026-11-20 16:00", "2026-11-19 16:00"},
        due{"bankday_at", "bankday 17:00", utc(2026, 11, 20, 16), "2026-11-23 16:00", "2026-11-20 16:00"},
        due{"bankday_weekend", "bankday 17:00", utc(2026, 11, 22, 12), "2026-11-23 16:00", "2026-11-20 16:00"},
        due{"bankday_holidays", "bankday 17:00", utc(2026, 12, 23, 17), "2026-12-28 16:00", "2026-12-23 16:00"},
        due{"bankday_midsummer", "bankday 17:00", utc(2026, 6, 18, 16), "2026-06-22 15:00", "2026-06-18 15:00"},
        due{"last_bankday", "last bankday 09:00", utc(2026, 12, 1), "2026-12-30 08:00", "2026-11-30 08:00"},
        due{"first_bankday", "first bankday 08:30", utc(2027, 1, 1), "2027-01-04 07:30", "2026-12-01 07:30"},
        due{"daily_two_times", "daily 06:00 18:30", utc(2026, 11, 20, 6), "2026-11-20 17:30", "2026-11-20 05:00"},
        due{"daily_comma", "daily 06:00, 18:30", utc(2026, 11, 20, 18), "2026-11-21 05:00", "2026-11-20 17:30"},
        due{"weekdays", "mon-wed,sat 07:15", utc(2026, 11, 20, 12), "2026-11-21 06:15", "2026-11-18 06:15"},
        due{"weekdays_round_the_end", "sat-mon 07:15", utc(2026, 11, 22, 12), "2026-11-23 06:15", "2026-11-22 06:15"},
        due{"several_rules", "mon-fri 07:15; sat 10:00", utc(2026, 11, 20, 12), "2026-11-21 09:00", "2026-11-20 06:15"},
        due{"every", "every 15 min", utc(2026, 11, 20, 12, 15), "2026-11-20 12:30", "2026-11-20 12:15"},
        due{"every_hours", "every 6 h", utc(2026, 11, 20, 12, 15), "2026-11-20 17:00", "2026-11-20 11:00"},
        due{"every_in_a_window", "bankday every 30 min from 07:00 to 18:00", utc(2026, 11, 20, 17, 1), "2026-11-23 06:00",
            "2026-11-20 17:00"},
        due{"every_on_a_day", "sat every 12 h", utc(2026, 11, 20, 17, 1), "2026-11-20 23:00", "2026-11-14 11:00"},
        due{"cron", "*/5 7-18 * * 1-5", utc(2026, 11, 20, 17, 56), "2026-11-23 06:00", "2026-11-20 17:55"},
        due{"cron_list", "0 12 1,15 * *", utc(2026, 11, 20), "2026-12-01 11:00", "2026-11-15 11:00"},
        due{"cron_either_day", "0 12 1 * 7", utc(2026, 11, 24), "2026-11-29 11:00", "2026-11-22 11:00"},
        due{"cron_month", "30 4 29 2 *", utc(2026, 11, 24), "2028-02-29 03:30", "2024-02-29 03:30"},
        due{"skipped_hour", "daily 02:30", utc(2026, 3, 29), "2026-03-29 01:30", "2026-03-28 01:30"},
        due{"skipped_hour_in_order", "daily 02:30 03:00", utc(2026, 3, 29, 0, 30), "2026-03-29 01:00", "2026-03-28 02:00"},
        due{"skipped_hour_between", "daily 02:30 03:00", utc(2026, 3, 29, 1, 15), "2026-03-29 01:30", "2026-03-29 01:00"},
        due{"repeated_hour", "daily 02:30", utc(2026, 10, 25), "2026-10-25 00:30", "2026-10-24 00:30"},
        due{"repeated_hour_once", "daily 02:30", utc(2026, 10, 25, 1), "2026-10-26 01:30", "2026-10-25 00:30"},
        due{"just_after_midnight", "daily 00:30", utc(2026, 11, 20, 23), "2026-11-20 23:30", "2026-11-19 23:30"}),
    [](const auto& of) { return of.param.name; });

TEST(schedule_text, that_is_not_understood_is_refused_with_its_place) {
    struct wrong {
        const char* text;
        const char* place;
    };
    for (const auto& [given, place] : std::initializer_list<wrong>{{"", "character 1 "},
                                                                   {"   ", "character 4 "},
                                                                   {"bankday", "character 1 "},
                                                                   {"bankday 24:00", "character 1 "},
                                                                   {"bankday 17:60", "character 1 "},
                                                                   {"bankday 1:00", "character 1 "},
                                                                   {"bankday 17:00;", "character 15 "},
                                                                   {"bankday 17:00 x", "character 15 "},
                                                                   {"daily 06:00; noday 07:00", "character 14 "},
                                                                   {"every 0 min", "character 1 "},
                                                                   {"every 7 min", "character 1 "},
                                                                   {"every 30 min from 09:00 to 08:00", "character 14 "},
                                                                   {"60 * * * *", "character 1 "},
                                                                   {"* * * *", "character 1 "},
                                                                   {"5-1 * * * *", "character 1 "},
                                                                   {"*/0 * * * *", "character 1 "},
                                                                   {"* * 0 * *", "character 1 "},
                                                                   {"* * * * 8", "character 1 "}}) {
        const auto made = schedule::parse(given);
        ASSERT_FALSE(made) << given;
        EXPECT_NE(made.error().text.find(place), std::string::npos) << given << ": " << made.error().text;
    }
    EXPECT_FALSE(schedule::parse(std::string(1000, ' ') + "daily 06:00"));
}

TEST(schedule_text, that_names_no_time_is_refused) {
    struct wrong {
        const char* text;
        const char* place;
    };
    for (const auto& [given, place] :
         std::initializer_list<wrong>{{"0 9 31 2 *", "character 1 "},
                                      {"0 9 31 2,4,6,9,11 *", "character 1 "},
                                      {"daily 06:00; 0 9 30 2 *", "character 14 "},
                                      {"every 15 min from 07:01 to 07:14", "character 1 "},
                                      {"0 9 29 2 */7", "character 1 "}}) {  // a Sunday: each 28 years
        const auto made = schedule::parse(given);
        ASSERT_FALSE(made) << given;
        EXPECT_EQ(made.error().code, error_code::invalid_argument);
        EXPECT_EQ(made.error().text, "the schedule from " + std::string(place) + "on names no time within ten years");
    }
    EXPECT_TRUE(schedule::parse("0 9 29 2 *"));
    EXPECT_TRUE(schedule::parse("0 9 31 2 1")) << "or a Monday in February";
    EXPECT_TRUE(schedule::parse("0 9 31 1-3 *"));
    EXPECT_FALSE(schedule().next_after(utc(2026, 1, 1)));
    EXPECT_FALSE(schedule().latest_until(utc(2026, 1, 1)));
}

}  // namespace
}  // namespace brygga::timing
