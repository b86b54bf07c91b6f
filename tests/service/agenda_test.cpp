#include "connectors/service/agenda.hpp"

#include <gtest/gtest.h>

namespace brygga::service {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using timing::moment;

// Monday 2026-11-23, at this time in Swedish winter time.
constexpr moment at(int hour, int minute) {
    return moment(std::chrono::sys_days(std::chrono::year{2026} / 11 / 23)) + hours(hour - 1) + minutes(minute);
}

class agenda_test : public testing::Test {
 protected:
    agenda_test() {
        whom.fetches.resize(2);
        whom.fetches[0].when = timing::schedule::parse("bankday 09:00 17:00").value();
        whom.first_retry = seconds(30);
        whom.longest_retry = hours(1);
    }
    [[nodiscard]] static std::uint32_t most() { return ~0U; }

    partners::partner whom;
};

TEST_F(agenda_test, looks_into_every_folder_at_the_start_and_then_when_each_is_due) {
    agenda on(whom, at(8, 0), most);
    EXPECT_EQ(on.due(at(8, 0)).size(), 2u);
    on.reached(on.due(at(8, 0)), std::nullopt, at(8, 0));
    EXPECT_EQ(on.due(at(8, 0)).size(), 0u);
    EXPECT_EQ(on.next(), at(8, 5)) << "the folder without schedule";
    ASSERT_EQ(on.due(at(8, 5)).size(), 1u);
    EXPECT_EQ(on.due(at(8, 5)).front(), &whom.fetches[1]);
    EXPECT_EQ(on.due(at(9, 0)).size(), 2u);
    on.reached(on.due(at(9, 0)), std::nullopt, at(9, 0));
    on.reached({&whom.fetches[1]}, std::nullopt, at(16, 58));
    EXPECT_EQ(on.next(), at(17, 0));
}

TEST_F(agenda_test, a_time_that_passed_during_a_long_visit_is_not_lost) {
    agenda on(whom, at(8, 59), most);
    const auto begun = on.due(at(8, 59));
    on.reached({begun.back()}, std::nullopt, at(9, 2));
    EXPECT_EQ(on.due(at(9, 2)).size(), 1u) << "the other was not looked into";
}

TEST_F(agenda_test, the_queue_can_be_due_before_the_folders) {
    agenda on(whom, at(8, 0), most);
    on.reached(on.due(at(8, 0)), at(8, 2), at(8, 0));
    EXPECT_EQ(on.next(), at(8, 2));
    on.reached({}, std::nullopt, at(8, 2));
    EXPECT_EQ(on.next(), at(8, 5));
}

// Of the time that backoff.hpp gives a random part between a half and the whole is taken.
void expect_rest(const agenda& on, moment from, milliseconds whole) {
    EXPECT_TRUE(on.rests(from));
    EXPECT_GE(on.next() - from, whole / 2);
    EXPECT_LE(on.next() - from, whole);
}

TEST_F(agenda_test, after_failures_it_rests_longer_and_longer_and_nothing_is_forgotten) {
    agenda on(whom, at(8, 0), most);
    on.not_reached(at(8, 0));
    expect_rest(on, at(8, 0), seconds(30));
    EXPECT_FALSE(on.rests(on.next()));
    EXPECT_EQ(on.due(on.next()).size(), 2u);
    on.not_reached(at(8, 1));
    expect_rest(on, at(8, 1), minutes(1));
    for (int times = 0; times < 40; ++times)
        on.not_reached(at(9, 0));
    expect_rest(on, at(9, 0), hours(1));
    on.reached(on.due(at(10, 0)), std::nullopt, at(10, 0));
    on.not_reached(at(10, 5));
    expect_rest(on, at(10, 5), seconds(30));
}

TEST_F(agenda_test, without_folders_and_queue_nothing_is_wanted) {
    whom.fetches.clear();
    agenda on(whom, at(8, 0), most);
    on.reached({}, std::nullopt, at(8, 0));
    EXPECT_EQ(on.next(), moment::max());
}

}  // namespace
}  // namespace brygga::service
