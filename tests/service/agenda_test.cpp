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

    // What a visit that began then found everywhere.
    void visit(agenda& on, moment begun, intake::look_end end = intake::look_end::settled) const {
        std::vector<intake::folder_look> looks;
        for (const partners::fetch_rule* const each : on.due(begun))
            looks.push_back({each, end});
        on.looked(looks, begun);
        on.done(std::nullopt);
    }

    partners::partner whom;
};

TEST_F(agenda_test, looks_into_every_folder_at_the_start_and_then_when_each_is_due) {
    agenda on(whom, at(8, 0), most);
    EXPECT_EQ(on.due(at(8, 0)).size(), 2u);
    visit(on, at(8, 0));
    EXPECT_EQ(on.due(at(8, 0)).size(), 0u);
    EXPECT_EQ(on.next(), at(8, 5)) << "the folder without schedule";
    ASSERT_EQ(on.due(at(8, 5)).size(), 1u);
    EXPECT_EQ(on.due(at(8, 5)).front(), &whom.fetches[1]);
    EXPECT_EQ(on.due(at(9, 0)).size(), 2u);
    visit(on, at(9, 0));
    on.looked({{&whom.fetches[1], intake::look_end::settled}}, at(16, 58));
    EXPECT_EQ(on.next(), at(17, 0));
}

TEST_F(agenda_test, a_time_that_passed_during_a_long_visit_is_not_lost) {
    agenda on(whom, at(8, 59), most);
    on.looked({{&whom.fetches[0], intake::look_end::settled}}, at(8, 59));
    on.done(std::nullopt);
    EXPECT_EQ(on.due(at(9, 2)).size(), 2u) << "the visit lasted until then; one was not looked into";
}

TEST_F(agenda_test, a_file_that_was_still_growing_does_not_wait_for_the_next_time) {
    for (const auto end : {intake::look_end::changing, intake::look_end::failed}) {
        agenda on(whom, at(17, 0), most);
        visit(on, at(17, 0), end);
        EXPECT_LE(on.next(), at(17, 0) + seconds(30));
        visit(on, at(17, 1), end);
        EXPECT_GT(on.next(), at(17, 1) + seconds(29)) << "and then less and less often";
        visit(on, at(17, 3));
        EXPECT_EQ(on.next(), at(17, 8));
        visit(on, at(17, 8));
        EXPECT_EQ(on.due(at(17, 20)).size(), 1u) << "the other's next time is tomorrow";
    }
}

TEST_F(agenda_test, the_queue_can_be_due_before_the_folders) {
    agenda on(whom, at(8, 0), most);
    visit(on, at(8, 0));
    on.done(at(8, 2));
    EXPECT_EQ(on.next(), at(8, 2));
    on.done(std::nullopt);
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
    on.not_done(at(8, 0));
    expect_rest(on, at(8, 0), seconds(30));
    EXPECT_FALSE(on.rests(on.next()));
    EXPECT_EQ(on.due(on.next()).size(), 2u);
    on.not_done(at(8, 1));
    expect_rest(on, at(8, 1), minutes(1));
    for (int times = 0; times < 40; ++times)
        on.not_done(at(9, 0));
    expect_rest(on, at(9, 0), hours(1));
    visit(on, at(10, 0));
    on.not_done(at(10, 5));
    expect_rest(on, at(10, 5), seconds(30));
}

TEST_F(agenda_test, without_folders_and_queue_nothing_is_wanted) {
    whom.fetches.clear();
    agenda on(whom, at(8, 0), most);
    on.done(std::nullopt);
    EXPECT_EQ(on.next(), moment::max());
}

}  // namespace
}  // namespace brygga::service
