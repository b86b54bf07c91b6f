// Rejected files that can be taken now, and days that a restored ledger has lost.
#include "connectors/intake/redelivery.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/intake/swedish_day.hpp"
#include "tests/intake/route_site.hpp"

namespace brygga::intake {
namespace {

namespace fs = std::filesystem;
using intake_test::site;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class redelivery : public ::testing::Test {
 protected:
    intake_test::scratch_folder folder;

    [[nodiscard]] fs::path ledger() const { return folder.path() / "brygga.db"; }
    [[nodiscard]] fs::path backup() const { return folder.path() / "backup"; }
    void back_up() const {
        fs::remove_all(backup());
        fs::create_directory(backup());
        for (const char* const each : {"", "-wal", ".head"})
            if (fs::exists(ledger().string() + each))
                fs::copy(ledger().string() + each, backup() / (std::string("brygga.db") + each));
    }
    void restore() const {
        for (const char* const each : {"", "-wal", "-shm", ".head"})
            fs::remove(ledger().string() + each);
        for (const auto& each : fs::directory_iterator(backup()))
            fs::copy(each.path(), folder.path() / each.path().filename());
    }
    [[nodiscard]] static day_to_rebuild today(const site& at) {
        return {at.tenant().id, swedish_day(at.clock.now_ms), false, false};
    }
};

TEST_F(redelivery, a_rejected_file_comes_again) {
    site at(folder.path());
    at.how.sniff = [](std::string_view) { return std::string(); };
    at.deliver("a.txt", intake_test::paid_file());
    const std::string claim = at.run().files.at(0).claim;
    at.how.sniff = intake_test::sniff_for_test;
    EXPECT_EQ(replay(at.with, *at.store, at.how, at.tenant().id, claim).value(), "a.txt");
    const auto again = at.run();
    ASSERT_THAT(again.files, SizeIs(1));
    EXPECT_EQ(again.files[0].outcome, ledger::file_outcome::archived);
    for (const std::string& booked : {again.files[0].claim, again.files[0].file_id})
        EXPECT_EQ(replay(at.with, *at.store, at.how, at.tenant().id, booked).error().code, error_code::conflict);
    EXPECT_EQ(replay(at.with, *at.store, at.how, at.tenant().id, "a.txt").error().code, error_code::invalid_argument);
    EXPECT_EQ(replay(at.with, *at.store, at.how, at.tenant().id, "b.txt").error().code, error_code::not_found);
    EXPECT_EQ(replay(at.with, *at.store, at.how, "nobody", claim).error().code, error_code::not_found);
}

TEST_F(redelivery, what_waits_for_a_decision_does_not_come_again) {
    site at(folder.path());
    at.deliver("held.txt", intake_test::held_file());
    const std::string claim = at.run().files.at(0).claim;
    EXPECT_EQ(replay(at.with, *at.store, at.how, at.tenant().id, claim).error().code, error_code::conflict);
}

TEST_F(redelivery, a_name_that_is_taken_in_the_inbox_is_not_replaced) {
    site at(folder.path());
    at.deliver("cut.txt", intake_test::truncated_file());
    const std::string claim = at.run().files.at(0).claim;
    at.deliver("cut.txt", intake_test::other_file());
    EXPECT_EQ(replay(at.with, *at.store, at.how, at.tenant().id, claim).value(), claim + "-cut.txt");
    EXPECT_EQ(replay(at.with, *at.store, at.how, at.tenant().id, claim).error().code, error_code::already_exists);
    EXPECT_EQ(intake_test::get(at.tenant().inbox() / "cut.txt"), intake_test::other_file());
}

void deliver_all(const site& at) {
    at.deliver("paid.txt", intake_test::paid_file());
    at.deliver("held.txt", intake_test::held_file());
    at.deliver("cut.txt", intake_test::truncated_file());
}

TEST_F(redelivery, a_day_that_the_ledger_has_lost_is_booked_again_wherever_the_work_is_cut_off) {
    struct dead {};
    std::string expected;
    for (int death = 0;; ++death) {
        SCOPED_TRACE(death);
        fs::remove_all(folder.path());
        fs::create_directory(folder.path());
        { const site seeded(folder.path()); }
        back_up();
        {
            site at(folder.path(), false);
            deliver_all(at);
            static_cast<void>(at.run());
            expected = at.everything();
        }
        restore();
        site at(folder.path(), false);
        const auto told = rebuild(at.with, *at.store, at.how, {at.tenant().id, swedish_day(at.clock.now_ms), false, true});
        EXPECT_THAT(told.value().taken, SizeIs(3)) << "only told";
        EXPECT_THAT(at.files_in(at.tenant().work()), IsEmpty());
        int steps = 0;
        bool died = false;
        at.how.at_step = [&](std::string_view) {
            if (++steps == death) throw dead{};
        };
        try {
            static_cast<void>(rebuild(at.with, *at.store, at.how, today(at)));
        } catch (const dead&) {
            died = true;
        }
        at.how.at_step = {};
        EXPECT_TRUE(rebuild(at.with, *at.store, at.how, today(at)));
        static_cast<void>(at.run());
        EXPECT_EQ(at.everything(), expected);
        const auto after = rebuild(at.with, *at.store, at.how, today(at));
        EXPECT_EQ(after.value().known, 3U);
        EXPECT_THAT(after->taken, IsEmpty());
        if (death != 0 && !died) break;
    }
}

TEST_F(redelivery, of_another_day_or_with_other_bytes_nothing_is_taken) {
    { const site seeded(folder.path()); }
    back_up();
    {
        site at(folder.path(), false);
        at.deliver("paid.txt", intake_test::paid_file());
        static_cast<void>(at.run());
    }
    restore();
    site at(folder.path(), false);
    day_to_rebuild other = today(at);
    other.day = date(std::chrono::sys_days(other.day) - std::chrono::days(1));
    EXPECT_THAT(rebuild(at.with, *at.store, at.how, other).value().taken, IsEmpty());
    intake_test::put(at.tenant().archive() / "paid.txt", "other bytes");
    intake_test::put(at.tenant().archive() / "mine.receipt.json", "{}");
    fs::copy(at.tenant().archive() / "paid.txt.receipt.json", at.tenant().archive() / "gone.txt.receipt.json");
    const auto told = rebuild(at.with, *at.store, at.how, today(at));
    EXPECT_THAT(told.value().taken, IsEmpty());
    EXPECT_THAT(told->foreign, ElementsAre("gone.txt.receipt.json", "mine.receipt.json", "paid.txt.receipt.json"));
    EXPECT_TRUE(fs::exists(at.tenant().archive() / "paid.txt"));
}

TEST_F(redelivery, a_decision_that_the_ledger_has_lost_is_told) {
    {
        site at(folder.path());
        at.deliver("held.txt", intake_test::held_file());
        static_cast<void>(at.run());
    }
    back_up();
    {
        site at(folder.path(), false);
        for (const std::uint32_t section : {2U, 3U})
            EXPECT_TRUE(at.release("held.txt", {1, section}));
        EXPECT_EQ(at.files_in(at.tenant().archive()), std::vector<std::string>{"held.txt"});
    }
    restore();
    site at(folder.path(), false);
    const auto told = rebuild(at.with, *at.store, at.how, today(at));
    EXPECT_EQ(told.value().known, 1U);
    EXPECT_THAT(told->foreign, ElementsAre("held.txt.receipt.json"));
}

TEST_F(redelivery, what_a_route_has_handed_on_is_left_unless_that_is_wanted) {
    { const site seeded(folder.path()); }
    back_up();
    {
        site at(folder.path(), false);
        at.deliver("in.xml", intake_test::example());
        ASSERT_THAT(at.run().files.at(0).routes, SizeIs(1));
        EXPECT_THAT(intake_test::collect(at), SizeIs(1));
    }
    restore();
    site at(folder.path(), false);
    day_to_rebuild what = today(at);
    const auto told = rebuild(at.with, *at.store, at.how, what);
    EXPECT_THAT(told.value().taken, IsEmpty());
    EXPECT_THAT(told->handed_on, SizeIs(1));
    what.hand_on_again = true;
    EXPECT_THAT(rebuild(at.with, *at.store, at.how, what).value().taken, SizeIs(1));
    EXPECT_EQ(at.run().files.at(0).outcome, ledger::file_outcome::archived);
}

}  // namespace
}  // namespace brygga::intake
