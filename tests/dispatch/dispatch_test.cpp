// From an outbox to a partner: checked, queued, delivered once, whatever goes wrong on the way.
#include "connectors/dispatch/dispatch.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/dispatch/backoff.hpp"
#include "connectors/dispatch/steps.hpp"
#include "mapping/inbound/answers.hpp"
#include "tests/dispatch/office.hpp"
#include "tests/intake/scratch_folder.hpp"

namespace brygga::dispatch::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using transfer::test::all_mishaps;
using transfer::test::mishap;

class dispatch : public ::testing::Test {
 protected:
    intake_test::scratch_folder folder;
    office at{folder.path()};
};

TEST_F(dispatch, a_file_that_is_laid_into_the_outbox_reaches_the_partner) {
    at.lay("pain.xml", payment_order());
    const auto told = at.run();
    EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/pain.xml", payment_order())));
    EXPECT_THAT(at.queue(), ElementsAre("pain.xml sent 1 seen-there"));
    EXPECT_THAT(at.left_at_home(), IsEmpty());
    ASSERT_EQ(told.files.size(), 1u);
    EXPECT_EQ(told.files[0].state, ledger::sending::sent);
    EXPECT_THAT(told.troubles, IsEmpty());
    at.bank.calls = 0;
    EXPECT_THAT(at.run().files, IsEmpty());
    EXPECT_EQ(at.bank.calls, 0) << "nothing to do, nobody to call";
}

TEST_F(dispatch, without_the_key_of_the_originals_nothing_is_taken) {
    at.lay("pain.xml", payment_order());
    const auto key = folder.path() / "originals.key";
    at.with.original_keys = encryption::key_settings{"2026", {{"2026", {key, {}, {}}}}};
    const auto told = at.run();
    ASSERT_EQ(told.troubles.size(), 1u);
    EXPECT_EQ(told.troubles[0].at, "originals");
    EXPECT_THAT(told.troubles[0].text, HasSubstr("the key 2026 of the originals"));
    EXPECT_THAT(at.left_at_home(), ElementsAre("pain.xml"));
    EXPECT_EQ(at.bank.calls, 0);
    intake_test::put(key, std::string(64, 'a'));
    std::filesystem::permissions(key, std::filesystem::perms::owner_read);
    EXPECT_THAT(at.run().troubles, IsEmpty());
    EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/pain.xml", payment_order())));
}

TEST_F(dispatch, what_our_own_reader_does_not_take_is_not_sent) {
    std::string wrong = payment_order();
    const std::size_t sum = wrong.find("<CtrlSum>");
    ASSERT_NE(sum, std::string::npos);
    wrong.insert(sum + 9, "1");
    at.lay("wrong.xml", wrong);
    at.lay("notes.txt", "hello");
    at.lay("camt.xml", intake_test::get(std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures" / "pain" / "example.002.03.xml"));
    const auto told = at.run();
    ASSERT_EQ(told.refused.size(), 3u);
    EXPECT_THAT(told.refused[0].why, HasSubstr("it is pain.002, which is not among the formats"));
    EXPECT_THAT(told.refused[1].why, HasSubstr("of no format"));
    EXPECT_THAT(told.refused[2].why, HasSubstr("our own reader says P1-R"));
    EXPECT_THAT(at.bank.files, IsEmpty());
    EXPECT_THAT(at.queue(),
                ElementsAre(HasSubstr("camt.xml refused 0 it is pain.002"), HasSubstr("notes.txt refused 0 it is of no"),
                            HasSubstr("wrong.xml refused 0 our own reader says P1-R")));
    EXPECT_THAT(at.left_at_home(),
                ElementsAre("rejected/camt.xml", "rejected/camt.xml.reason.txt", "rejected/notes.txt",
                            "rejected/notes.txt.reason.txt", "rejected/wrong.xml", "rejected/wrong.xml.reason.txt"));
    EXPECT_THAT(intake_test::get(at.outbox() / "rejected/notes.txt.reason.txt"), HasSubstr("of no format"));
}

TEST(dispatch_together, many_small_files_need_few_notes) {
    const intake_test::scratch_folder folder;
    office at(folder.path(), "");
    for (int i = 0; i < 70; ++i)
        at.lay(fmt::format("{}.txt", i), fmt::format("text {}", i));
    int rounds = 0;
    at.how.base.at_step = [&](std::string_view step) { rounds += step == step::attempt ? 1 : 0; };
    EXPECT_EQ(at.run().files.size(), 70u);
    EXPECT_EQ(rounds, 2);
    EXPECT_EQ(at.bank.files.size(), 70u);
    EXPECT_THAT(at.left_at_home(), IsEmpty());
}

TEST(dispatch_together, the_same_bytes_twice_at_once_are_sent_once) {
    const intake_test::scratch_folder folder;
    office at(folder.path());
    at.lay("a.xml", payment_order());
    at.lay("b.xml", payment_order());
    const auto told = at.run();
    ASSERT_EQ(told.refused.size(), 1u);
    EXPECT_EQ(told.refused[0].name, "b.xml");
    EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/a.xml", payment_order())));
}

TEST(dispatch_together, those_behind_a_cut_lose_no_attempt) {
    const intake_test::scratch_folder folder;
    office at(folder.path());
    at.lay("a.xml", payment_order());
    at.lay("b.xml", other_order());
    at.bank.wrong_call = 2;
    at.bank.how = mishap::cut_before;
    const auto told = at.run();
    EXPECT_THAT(at.queue(), ElementsAre("a.xml queued 1 cut", "b.xml queued 0 cut"));
    EXPECT_EQ(told.waiting, 2u);
    EXPECT_EQ(told.files.size(), 1u);
    at.clock.now_ms += 8000;
    static_cast<void>(at.run());
    EXPECT_THAT(at.queue(), ElementsAre("a.xml sent 2 seen-there", "b.xml sent 1 seen-there"));
}

TEST(dispatch_order, a_file_waits_for_those_before_it) {
    const intake_test::scratch_folder folder;
    office at(folder.path(), "in_order = true\n");
    at.lay("1.txt", "one");
    at.lay("2.txt", "two");
    at.lay("3.txt", "three");
    at.bank.wrong_call = 2;
    at.bank.how = mishap::refuses;
    static_cast<void>(at.run());
    EXPECT_THAT(at.queue(), ElementsAre("1.txt queued 1 server-failure", "2.txt queued 0 ", "3.txt queued 0 "));
    at.clock.now_ms += 8000;
    at.decide("2.txt", ledger::sending::held);
    static_cast<void>(at.run());
    EXPECT_THAT(at.queue(), ElementsAre("1.txt sent 2 seen-there", "2.txt held 0 a test", "3.txt queued 0 "));
    at.bank.files["in/2.txt"] = "another";
    at.decide("2.txt", ledger::sending::queued);
    static_cast<void>(at.run());
    EXPECT_THAT(at.queue(), ElementsAre("1.txt sent 2 seen-there", "2.txt failed 1 name-taken", "3.txt queued 0 "));
    at.decide("2.txt", ledger::sending::closed);
    static_cast<void>(at.run());
    EXPECT_THAT(at.queue(), ElementsAre("1.txt sent 2 seen-there", "2.txt closed 0 a test", "3.txt sent 1 seen-there"));
}

TEST(dispatch_together, one_at_which_the_connection_was_lost_goes_last) {
    const intake_test::scratch_folder folder;
    office at(folder.path(), "");
    for (const char* const name : {"a.txt", "x.txt", "z.txt"})
        at.lay(name, std::string("text ") + name);
    std::vector<std::string> order;
    at.bank.after_rename = [&](transfer::test::partner& to) {
        for (const auto& [name, bytes] : to.files)
            if (!name.ends_with(".part") && std::find(order.begin(), order.end(), name) == order.end()) order.push_back(name);
    };
    at.bank.wrong_call = 10;
    at.bank.how = mishap::cut_before;
    static_cast<void>(at.run());
    EXPECT_THAT(at.queue(), ElementsAre("a.txt queued 0 cut", "x.txt queued 1 cut", "z.txt queued 0 cut"));
    at.clock.now_ms += 8000;
    static_cast<void>(at.run());
    EXPECT_THAT(order, ElementsAre("in/a.txt", "in/z.txt", "in/x.txt"));
}

TEST(dispatch_order, those_behind_an_obstacle_do_not_hide_other_folders) {
    const intake_test::scratch_folder folder;
    office at(folder.path(), "in_order = true\n[[tenant.partner.send]]\noutbox = 'energi/other'\nfolder = 'elsewhere'\n");
    for (int i = 0; i < 1001; ++i)
        at.lay(fmt::format("{:04}.txt", i), fmt::format("text {}", i));
    at.bank.files["in/0000.txt"] = "another";
    static_cast<void>(at.run());
    intake_test::put(folder.path() / "energi/other/now.txt", "now");
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, ElementsAre(Pair("elsewhere/now.txt", "now"), Pair("in/0000.txt", "another")));
}

// What a rule lets go has nothing to do with whether its answer is known.
TEST(dispatch_answer, finds_the_order_that_a_rule_without_formats_sent) {
    const intake_test::scratch_folder folder;
    office at(folder.path(), "");
    std::string wrong = payment_order();  // is refused where formats are named
    wrong.insert(wrong.find("<CtrlSum>") + 9, "1");
    at.lay("pain.xml", wrong);
    at.lay("broken.xml", other_order().substr(0, other_order().find("<MsgId>")));
    at.lay("notes.txt", "hello");
    EXPECT_THAT(at.run().refused, IsEmpty());
    EXPECT_EQ(at.bank.files.size(), 3u);
    const std::string answer =
        intake_test::get(std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures" / "pain" / "example.002.03.xml");
    auto into = at.store->begin("energi");
    ASSERT_TRUE(into);
    const auto booked = inbound::pain_status_mapping().book(answer, {}, {}, **into);
    ASSERT_TRUE(booked) << booked.error().text;
    ASSERT_TRUE((*into)->commit());
    EXPECT_THAT(at.queue(), ElementsAre("broken.xml sent 1 seen-there", "notes.txt sent 1 seen-there",
                                        testing::StartsWith("pain.xml rejected 1 not all")));
}

TEST_F(dispatch, the_same_bytes_are_not_sent_twice_by_mistake) {
    at.lay("pain.xml", payment_order());
    static_cast<void>(at.run());
    at.bank.files.clear();
    for (const char* const name : {"pain.xml", "again.xml"}) {
        at.lay(name, payment_order());
        const auto told = at.run();
        ASSERT_EQ(told.refused.size(), 1u) << name;
        EXPECT_THAT(told.refused[0].why, HasSubstr("were queued for this partner before"));
    }
    EXPECT_THAT(at.bank.files, IsEmpty());
    EXPECT_THAT(at.queue(),
                ElementsAre(HasSubstr("again.xml refused"), HasSubstr("pain.xml refused"), "pain.xml sent 1 seen-there"));
}

TEST_F(dispatch, what_may_help_is_tried_again_later_and_no_more_often_than_agreed) {
    at.lay("pain.xml", payment_order());
    at.how.connect = [this](const partners::partner&, const std::stop_token&) {
        at.bank.wrong_call = at.bank.calls + 1;
        at.bank.how = mishap::refuses;
        return at.bank.connect();
    };
    static_cast<void>(at.run());
    EXPECT_THAT(at.queue(), ElementsAre("pain.xml queued 1 server-failure"));
    EXPECT_EQ(at.run().waiting, 1u) << "not yet due";
    for (const char* const then : {"queued 2", "queued 3", "queued 4", "failed 5"}) {
        at.clock.now_ms += 8000;
        static_cast<void>(at.run());
        EXPECT_THAT(at.queue(), ElementsAre("pain.xml " + std::string(then) + " server-failure"));
    }
    at.clock.now_ms += 100'000'000;
    EXPECT_THAT(at.run().files, IsEmpty()) << "a person must look";
}

TEST_F(dispatch, what_is_given_up_after_all_attempts_leaves_no_temporary_file) {
    at.lay("pain.xml", payment_order());
    at.how.connect = [this](const partners::partner&, const std::stop_token&) {
        const bool first = at.bank.calls == 0;
        at.bank.wrong_call = at.bank.calls + (first ? 3 : 4);  // the bytes; a later attempt looks for two names
        at.bank.how = mishap::refuses;
        return at.bank.connect();
    };
    for (int attempt = 1; attempt <= 5; ++attempt, at.clock.now_ms += 8000) {
        EXPECT_THAT(at.bank.files.size(), attempt == 1 ? 0u : 1u);
        static_cast<void>(at.run());
    }
    EXPECT_THAT(at.queue(), ElementsAre("pain.xml failed 5 server-failure"));
    EXPECT_THAT(at.bank.files, IsEmpty());
}

TEST_F(dispatch, what_cannot_help_is_not_tried_again) {
    at.bank.files["in/pain.xml"] = "another file";
    at.lay("pain.xml", payment_order());
    at.lay("other.xml", other_order());
    static_cast<void>(at.run());
    EXPECT_THAT(at.queue(), ElementsAre("other.xml sent 1 seen-there", "pain.xml failed 1 name-taken"));
    EXPECT_EQ(at.bank.files["in/pain.xml"], "another file");
}

TEST_F(dispatch, a_partner_that_cannot_be_reached_is_told_once_and_costs_no_attempts) {
    at.lay("pain.xml", payment_order());
    at.lay("other.xml", other_order());
    const auto working = at.how.connect;
    at.how.connect = [](const partners::partner&,
                        const std::stop_token&) -> transfer::outcome<std::unique_ptr<transfer::remote_files>> {
        return transfer::failed(transfer::fault::host_key, "another key");
    };
    const auto told = at.run();
    ASSERT_EQ(told.troubles.size(), 1u);
    EXPECT_THAT(told.troubles[0].text, HasSubstr("host-key: another key; ask the partner"));
    EXPECT_EQ(told.waiting, 2u);
    EXPECT_THAT(at.queue(), ElementsAre("other.xml queued 0 ", "pain.xml queued 0 "));
    at.how.connect = working;
    static_cast<void>(at.run());
    EXPECT_EQ(at.bank.files.size(), 2u);
}

TEST(dispatch_window, a_file_waits_for_the_time_that_is_agreed) {
    intake_test::scratch_folder folder;
    office at(folder.path(), "when = 'bankday 17:00'\n");
    at.clock.now_ms = 1'795'176'000'000;  // Friday 2026-11-20 13:00 in Sweden
    at.lay("pain.xml", payment_order());
    EXPECT_EQ(at.run().waiting, 1u);
    at.clock.now_ms += std::int64_t{3} * 60 * 60 * 1000 + 59 * 60 * 1000;
    EXPECT_EQ(at.run().waiting, 1u);
    at.clock.now_ms += 60 * 1000;
    EXPECT_EQ(at.run().files.size(), 1u);
    EXPECT_EQ(at.bank.files.size(), 1u);
}

// Its time counts from when it was laid there, whenever somebody looks.
TEST(dispatch_window, a_time_that_passed_before_anybody_looked_is_not_lost) {
    intake_test::scratch_folder folder;
    office at(folder.path(), "when = 'daily 00:00 12:00'\n");
    at.lay("pain.xml", payment_order());
    const auto real_now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    at.clock.now_ms = real_now.count() + std::int64_t{13} * 60 * 60 * 1000;
    EXPECT_EQ(at.run().files.size(), 1u);
    EXPECT_EQ(at.bank.files.size(), 1u);
}

// A stale temporary file may be cleaned away there. After a rename that was refused nobody here knows what became of the file.
TEST(dispatch_doubt, a_file_whose_rename_was_refused_and_that_is_gone_is_asked_about) {
    for (const bool refused : {false, true}) {
        intake_test::scratch_folder folder;
        office at(folder.path());
        at.lay("pain.xml", payment_order());
        at.bank.how = refused ? mishap::refuses : mishap::cut_before;
        at.bank.wrong_call = 10;  // the rename
        static_cast<void>(at.run());
        EXPECT_THAT(at.queue(), ElementsAre(refused ? "pain.xml queued 1 server-failure" : "pain.xml queued 1 cut"));
        EXPECT_EQ(at.bank.files.size(), 1u);
        at.bank.files.clear();
        at.clock.now_ms += 8000;
        static_cast<void>(at.run());
        EXPECT_THAT(at.queue(), ElementsAre(refused ? "pain.xml failed 2 in-doubt" : "pain.xml sent 2 collected"));
    }
}

TEST_F(dispatch, what_is_decided_while_it_is_being_sent_does_not_get_its_name) {
    at.lay("pain.xml", payment_order());
    at.how.base.at_step = [this](std::string_view step) {
        if (step == transfer::delivery_step::proven) at.decide("pain.xml", ledger::sending::closed);
    };
    static_cast<void>(at.run());
    EXPECT_THAT(at.queue(), ElementsAre("pain.xml closed 0 a test"));
    EXPECT_FALSE(at.bank.files.contains("in/pain.xml"));
}

TEST_F(dispatch, what_a_person_holds_waits_and_goes_on_where_it_was) {
    at.lay("pain.xml", payment_order());
    const auto working = at.how.connect;
    at.how.connect = [](const partners::partner&,
                        const std::stop_token&) -> transfer::outcome<std::unique_ptr<transfer::remote_files>> {
        return transfer::failed(transfer::fault::timed_out, "no answer");
    };
    static_cast<void>(at.run());
    at.how.connect = working;
    at.decide("pain.xml", ledger::sending::held);
    EXPECT_THAT(at.run().files, IsEmpty());
    EXPECT_THAT(at.bank.files, IsEmpty());
    at.decide("pain.xml", ledger::sending::queued);
    EXPECT_EQ(at.run().files.size(), 1u);
    EXPECT_THAT(at.queue(), ElementsAre("pain.xml sent 1 seen-there"));
}

// The steps of the outbox, of the attempt and of the delivery itself: at each the process dies once.
TEST(dispatch_death, at_each_step_ends_with_one_of_each_file_at_the_partner) {
    struct dead {};
    for (const bool collects : {false, true})
        for (int death = 1;; ++death) {
            SCOPED_TRACE(testing::Message() << "death " << death << (collects ? ", collecting" : ""));
            intake_test::scratch_folder folder;
            transfer::test::partner bank;
            int copies = 0;
            bank.after_rename = [&](transfer::test::partner& to) {
                ++copies;
                if (collects) std::erase_if(to.files, [](const auto& each) { return !each.first.ends_with(".part"); });
            };
            bool died = false;
            int steps = 0;
            for (int process = 0; process < 2; ++process) {
                office at(folder.path());
                at.clock.now_ms = 1'700'000'000'000 + process * 100'000'000;
                at.how.connect = [&](const partners::partner&, const std::stop_token&) { return bank.connect(); };
                if (process == 0) {
                    at.lay("pain.xml", payment_order());
                    at.lay("other.xml", other_order());
                    at.how.base.at_step = [&](std::string_view) {
                        if (++steps == death) throw dead{};
                    };
                }
                try {
                    static_cast<void>(at.run());
                } catch (const dead&) {
                    died = true;
                }
                if (process == 0) continue;
                EXPECT_EQ(copies, 2);
                EXPECT_EQ(bank.files.size(), collects ? 0u : 2u);
                EXPECT_THAT(at.queue(), ElementsAre(HasSubstr("other.xml sent"), HasSubstr("pain.xml sent")));
                EXPECT_THAT(at.left_at_home(), IsEmpty());
            }
            if (died) continue;
            EXPECT_GT(death, 15);
            break;
        }
}

// The name is taken while the file is under way: the failure stands before the temporary file goes, and nobody goes on with it.
TEST(dispatch_death, while_a_delivery_is_given_up_leaves_it_to_a_person) {
    struct dead {};
    for (int death = 1; death <= 3; ++death) {
        SCOPED_TRACE(death);
        intake_test::scratch_folder folder;
        office at(folder.path());
        at.lay("pain.xml", payment_order());
        at.how.base.at_step = [&](std::string_view step) {
            if (step == transfer::delivery_step::noted) at.bank.files["in/pain.xml"] = "another file";
        };
        int moments = 0;
        at.bank.around_remove = [&] {
            if (++moments == death) throw dead{};
        };
        if (death < 3)
            EXPECT_THROW(static_cast<void>(at.run()), dead);
        else
            EXPECT_EQ(at.run().files.size(), 1u);
        EXPECT_THAT(at.queue(), ElementsAre("pain.xml failed 1 name-taken"));
        EXPECT_EQ(at.bank.files.size(), death == 1 ? 2u : 1u);
        EXPECT_EQ(at.bank.files["in/pain.xml"], "another file");
        at.bank.files.erase("in/pain.xml");
        EXPECT_THAT(at.run().files, IsEmpty());
    }
}

TEST(dispatch_bad_day, ends_with_one_file_whichever_call_goes_wrong_at_the_partner) {
    for (const mishap how : all_mishaps)
        for (int wrong = 1, reached = 1; reached >= wrong; ++wrong) {
            SCOPED_TRACE(testing::Message() << "call " << wrong << " goes wrong in way " << static_cast<int>(how));
            intake_test::scratch_folder folder;
            office at(folder.path());
            at.bank.wrong_call = wrong;
            at.bank.how = how;
            at.lay("pain.xml", payment_order());
            for (int pass = 0; pass < 3; ++pass, at.clock.now_ms += 8000)
                static_cast<void>(at.run());
            EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/pain.xml", payment_order())));
            EXPECT_THAT(at.bank.lost, IsEmpty());
            ASSERT_EQ(at.queue().size(), 1u);
            EXPECT_THAT(at.queue()[0], HasSubstr("pain.xml sent"));
            reached = at.bank.calls;
        }
}

// A stop costs no attempt, and must not look like a person's wish to send again: the bank has taken the file already.
TEST(dispatch_bad_day, a_stop_at_whichever_call_sends_nothing_twice) {
    for (const mishap how : {mishap::cut_before, mishap::cut_after})
        for (int wrong = 1, reached = 1; reached >= wrong; ++wrong) {
            SCOPED_TRACE(testing::Message() << "stopped at call " << wrong);
            intake_test::scratch_folder folder;
            office at(folder.path());
            int copies = 0;
            at.bank.after_rename = [&](transfer::test::partner& to) {
                ++copies;
                to.files.erase("in/pain.xml");
            };
            at.bank.cut_as = transfer::fault::stopped;
            at.bank.wrong_call = wrong;
            at.bank.how = how;
            at.lay("pain.xml", payment_order());
            static_cast<void>(at.run());
            static_cast<void>(at.run());
            EXPECT_EQ(copies, 1);
            EXPECT_THAT(at.queue(), ElementsAre("pain.xml sent 1 collected"));
            reached = at.bank.calls;
        }
}

TEST(dispatch_bad_day, ends_with_one_file_whichever_call_fails_at_home) {
    for (const auto moment : {intake_test::fault_moment::before, intake_test::fault_moment::after})
        for (std::size_t wrong = 1, reached = 1; reached >= wrong; ++wrong) {
            SCOPED_TRACE(wrong);
            intake_test::scratch_folder folder;
            office at(folder.path());
            at.files.fail_at = wrong;
            at.files.moment = moment;
            at.lay("pain.xml", payment_order());
            for (int pass = 0; pass < 3; ++pass, at.clock.now_ms += 8000)
                static_cast<void>(at.run());
            EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/pain.xml", payment_order())));
            ASSERT_EQ(at.queue().size(), 1u);
            EXPECT_THAT(at.queue()[0], HasSubstr("pain.xml sent"));
            EXPECT_THAT(at.left_at_home(), IsEmpty());
            reached = at.files.calls;
        }
}

TEST(backoff, doubles_up_to_the_longest_and_spreads) {
    using std::chrono::milliseconds;
    const milliseconds first{1000}, longest{60'000};
    EXPECT_EQ(wait_after(1, first, longest, 0), milliseconds(500));
    EXPECT_EQ(wait_after(1, first, longest, 500), milliseconds(1000));
    EXPECT_EQ(wait_after(2, first, longest, 0), milliseconds(1000));
    EXPECT_EQ(wait_after(5, first, longest, 0), milliseconds(8000));
    for (const std::uint32_t random : {0U, 7U, 1'000'000'007U, 0xffffffffU})
        for (std::uint32_t attempt = 1; attempt < 2000; ++attempt) {
            const milliseconds wait = wait_after(attempt, first, longest, random);
            EXPECT_GE(wait, milliseconds(500));
            EXPECT_LE(wait, longest);
        }
}

}  // namespace
}  // namespace brygga::dispatch::test
