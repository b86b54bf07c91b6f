// What is booked from camt is handed on as BgMax, once: whoever collects the files may take them at any moment, and the work may
// be cut off anywhere.
#include <algorithm>
#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/intake/route_site.hpp"

namespace brygga::intake {
namespace {

namespace fs = std::filesystem;
using intake_test::site;

using intake_test::as_bgmax;
using intake_test::collect;
using intake_test::example;
using intake_test::replaced;
using intake_test::staged;
using intake_test::with_held_entry;

TEST(route_test, what_is_booked_is_handed_on) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    place.deliver("in.xml", example());
    const day_report report = place.run();
    ASSERT_EQ(report.files.size(), 1U);
    ASSERT_EQ(report.files[0].routes.size(), 1U);
    const routed& made = report.files[0].routes[0];
    EXPECT_EQ(made.to, "bgmax");
    EXPECT_EQ(made.file, report.files[0].claim + ".bgmax");
    EXPECT_EQ(made.sections, 1U);
    EXPECT_EQ(made.error, "");
    EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(example())});
    EXPECT_EQ(staged(place), 0U);
}

TEST(route_test, the_same_money_is_not_handed_on_again) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    place.deliver("in.xml", example());
    (void)place.run();
    EXPECT_EQ(collect(place).size(), 1U);
    place.deliver("again.xml", example());
    std::string statement = example();
    for (const auto& [from, to] :
         {std::pair{"camt.054", "camt.053"}, std::pair{"EX-0001<", "EX-0002<"},
          std::pair{"<BkToCstmrDbtCdtNtfctn>", "<BkToCstmrStmt>"}, std::pair{"</BkToCstmrDbtCdtNtfctn>", "</BkToCstmrStmt>"},
          std::pair{"<Ntfctn>", "<Stmt>"}, std::pair{"</Ntfctn>", "</Stmt>"}})
        statement = replaced(statement, from, to);
    place.deliver("statement.xml", statement);
    const day_report report = place.run();
    ASSERT_EQ(report.files.size(), 2U);
    EXPECT_THAT(report.files[0].reasons, testing::ElementsAre("CAMT-R20"));
    EXPECT_THAT(report.files[1].reasons, testing::IsEmpty());
    EXPECT_EQ(report.files[1].outcome, ledger::file_outcome::archived);
    EXPECT_EQ(report.files[1].already_there, 1U);
    EXPECT_THAT(collect(place), testing::IsEmpty());
    EXPECT_EQ(staged(place), 0U);
}

TEST(route_test, what_came_as_bgmax_before_is_not_handed_on) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    place.deliver("paid.txt", intake_test::paid_file());
    (void)place.run();
    place.deliver("in.xml", example());
    const day_report report = place.run();
    ASSERT_EQ(report.files.size(), 1U);
    EXPECT_THAT(report.files[0].routes, testing::IsEmpty());
    EXPECT_THAT(collect(place), testing::IsEmpty());
}

TEST(route_test, a_deposit_that_waits_is_handed_on_when_it_is_released) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    const std::string bytes = with_held_entry();
    place.deliver("in.xml", bytes);
    const day_report report = place.run();
    ASSERT_EQ(report.files.size(), 1U);
    ASSERT_EQ(report.files[0].held.size(), 1U);
    EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(bytes, [](std::uint32_t entry) { return entry == 1; })});
    const auto done = place.release("in.xml", {1, report.files[0].held[0].section_no});
    ASSERT_TRUE(done.has_value()) << done.error().text;
    EXPECT_EQ(done->routes.size(), 1U);
    EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(bytes, [](std::uint32_t entry) { return entry == 2; })});
    EXPECT_EQ(staged(place), 0U);
}

TEST(route_test, a_deposit_that_is_refused_is_never_handed_on) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    place.deliver("in.xml", with_held_entry());
    const day_report report = place.run();
    (void)collect(place);
    ASSERT_TRUE(place.refuse("in.xml", {1, report.files[0].held[0].section_no}).has_value());
    (void)place.run();
    EXPECT_THAT(collect(place), testing::IsEmpty());
}

TEST(route_test, what_cannot_be_converted_is_booked_and_told) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    std::string bytes = example();
    for (int i = 0; i < 2; ++i)
        bytes = replaced(bytes, "<CreDtTm>2026-03-02T16:30:05+01:00</CreDtTm>", i == 0 ? "<CreDtTm>soon</CreDtTm>" : "");
    place.deliver("in.xml", bytes);
    const day_report report = place.run();
    ASSERT_EQ(report.files.size(), 1U);
    EXPECT_EQ(report.files[0].outcome, ledger::file_outcome::archived);
    EXPECT_EQ(report.files[0].sums.payments, 2U);
    ASSERT_EQ(report.files[0].routes.size(), 1U);
    EXPECT_EQ(report.files[0].routes[0].error, "the message has no creation time (CreDtTm) that can be read");
    EXPECT_EQ(report.files[0].routes[0].file, "");
    EXPECT_THAT(collect(place), testing::IsEmpty());
    EXPECT_EQ(staged(place), 0U);
}

TEST(route_test, a_test_system_hands_on_a_test_file) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    place.with.mode = config::run_mode::test;
    place.deliver("in.xml", example());
    const day_report report = place.run();
    EXPECT_EQ(report.files.at(0).routes.at(0).error, "");
    EXPECT_EQ(collect(place).size(), 1U);
}

// Another deposit with a payment of the first, and one of its own.
std::string with_repeated_payment() {
    std::string out = replaced(example(), "EX-0001<", "EX-0002<");
    return replaced(replaced(out, "00041-0011130", "00049-0011139"), "EXBK20260302000020", "EXBK20260302000029");
}

// CAMT-R22: it waits in suspense here, and went to the other system as any other payment.
TEST(route_test, a_payment_that_may_have_come_before_is_handed_on_with_a_note) {
    for (const bool adds_up : {true, false}) {
        const intake_test::scratch_folder folder;
        site place(folder.path());
        place.deliver("first.xml", example());
        EXPECT_THAT(place.run().files.at(0).routes.at(0).notes, testing::IsEmpty());
        (void)collect(place);
        const std::string bytes = with_repeated_payment();
        place.deliver("second.xml", adds_up ? bytes : replaced(bytes, "<NbOfTxs>2", "<NbOfTxs>3"));
        const day_report report = place.run();
        ASSERT_EQ(report.files.at(0).held.size(), 1U);
        const auto done = place.release("second.xml", {1, 1});
        ASSERT_TRUE(done.has_value()) << done.error().text;
        const routed& made = done->routes.at(0);
        EXPECT_EQ(made.notes_total, 1U);
        EXPECT_THAT(made.notes,
                    testing::ElementsAre(testing::HasSubstr("section 1: handed on, but 1 payment may have come before")));
        EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(bytes)});
        EXPECT_THAT(intake_test::get(place.tenant().archive() / "second.xml.receipt.json"),
                    testing::HasSubstr("may have come before"));
    }
}

// R10: a person has decided that the deposit is booked although its payments do not add up; BgMax has no place for that.
TEST(route_test, a_released_deposit_that_bgmax_cannot_hold_is_told) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    std::string bytes = replaced(with_held_entry(), "<NbOfTxs>3", "<NbOfTxs>2");
    const std::size_t amount = bytes.find("2049.50", bytes.find("00042-0011131"));
    place.deliver("in.xml", bytes.replace(amount, 7, "2049.51"));
    const day_report report = place.run();
    ASSERT_EQ(report.files.at(0).held.size(), 1U);
    EXPECT_EQ(report.files[0].routes.at(0).left_out.size(), 0U);
    (void)collect(place);
    const auto done = place.release("in.xml", {1, 2});
    ASSERT_TRUE(done.has_value()) << done.error().text;
    ASSERT_EQ(done->routes.size(), 1U);
    EXPECT_EQ(done->routes[0].left_out.size(), 1U);
    EXPECT_THAT(collect(place), testing::IsEmpty());
}

TEST(route_test, a_route_whose_folder_is_gone_stops_nothing_else) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    fs::remove_all(place.tenant().routes.front().folder);
    place.deliver("paid.txt", intake_test::paid_file());
    const day_report report = place.run();
    EXPECT_EQ(site::files_in(place.tenant().archive()), std::vector<std::string>{"paid.txt"});
    ASSERT_FALSE(report.failures.empty());
    EXPECT_THAT(report.failures[0].why.text, testing::HasSubstr("the route to bgmax in "));
}

TEST(route_test, what_bgmax_cannot_hold_is_told_in_the_receipt) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    place.deliver("in.xml", replaced(example(), "Exempelsson Åsa", "Łukaszewska Åsa"));
    const day_report report = place.run();
    ASSERT_EQ(report.files.at(0).routes.size(), 1U);
    EXPECT_EQ(report.files[0].routes[0].notes_total, 1U);
    EXPECT_THAT(report.files[0].routes[0].notes.at(0), testing::HasSubstr("entry 1 payment 1 at byte"));
}

// An attempt that was cut off before its commit, and whose claim then came to nothing.
TEST(route_test, a_staged_file_of_a_claim_that_hands_nothing_on_is_removed) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    place.deliver("in.txt", intake_test::other_file());
    const std::string claim = place.run().files.at(0).claim;
    const fs::path staging = place.tenant().routes.front().staging();
    std::ofstream(staging / (claim + ".bgmax")) << "left behind";
    std::ofstream(staging / "0000000000000.bgmax") << "of a claim that is being worked on";
    std::ofstream(staging / "notes.txt") << "not ours";
    (void)place.run();
    EXPECT_FALSE(fs::exists(staging / (claim + ".bgmax")));
    EXPECT_TRUE(fs::exists(staging / "0000000000000.bgmax"));
    EXPECT_TRUE(fs::exists(staging / "notes.txt"));
    EXPECT_THAT(collect(place), testing::IsEmpty());
}

// Runs the work in a process of its own that is killed when it has passed so many steps; what it passed by then. The old system
// looks into the folder as soon as it is dead.
bool killed_after(const fs::path& folder, const std::function<void(site&)>& work, std::size_t steps) {
    const pid_t child = ::fork();
    if (child == 0) {
        site place(folder, false);
        std::size_t passed = 0;
        place.how.at_step = [&](std::string_view) {
            if (++passed == steps) ::kill(::getpid(), SIGKILL);
        };
        work(place);
        ::_exit(0);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return WIFSIGNALED(status);
}

void expect_once(const fs::path& before, const std::function<void(site&)>& work, const std::string& expected) {
    std::size_t kills = 0;
    bool killed = true;
    for (std::size_t steps = 1; killed; ++steps) {
        const intake_test::scratch_folder folder;
        fs::copy(before, folder.path(), fs::copy_options::recursive);
        killed = killed_after(folder.path(), work, steps);
        kills += killed ? 1U : 0U;
        site place(folder.path(), false);
        std::vector<std::string> taken = collect(place);
        work(place);
        for (int pass = 0; pass < 2; ++pass) {
            (void)place.run();
            for (std::string& each : collect(place))
                taken.push_back(std::move(each));
        }
        ASSERT_EQ(taken, std::vector<std::string>{expected}) << "killed at step " << steps;
        ASSERT_EQ(staged(place), 0U) << "killed at step " << steps;
    }
    EXPECT_GE(kills, route_steps.size() + decision_steps.size());
}

TEST(route_test, killed_at_any_step_of_a_delivery_it_is_handed_on_once) {
    const intake_test::scratch_folder folder;
    {
        const site place(folder.path());
        place.deliver("in.xml", example());
    }
    expect_once(
        folder.path(), [](site& place) { (void)place.run(); }, as_bgmax(example()));
}

TEST(route_test, killed_at_any_step_of_a_release_it_is_handed_on_once) {
    const intake_test::scratch_folder folder;
    {
        site place(folder.path());
        place.deliver("in.xml", with_held_entry());
        (void)place.run();
        (void)collect(place);
    }
    expect_once(
        folder.path(),
        [](site& place) {
            (void)place.release("in.xml", {1, 2});
        },
        as_bgmax(with_held_entry(), [](std::uint32_t entry) { return entry == 2; }));
}

TEST(route_test, a_call_that_fails_anywhere_in_a_release_hands_nothing_on_twice) {
    const std::string second = as_bgmax(with_held_entry(), [](std::uint32_t entry) { return entry == 2; });
    std::size_t reached = 0;
    for (std::size_t n = 1; reached + 1 >= n; ++n) {
        const intake_test::scratch_folder folder;
        site place(folder.path());
        place.deliver("in.xml", with_held_entry());
        (void)place.run();
        (void)collect(place);
        place.files.calls = 0;
        place.files.fail_at = n;
        (void)place.release("in.xml", {1, 2});
        reached = place.files.calls;
        place.files.fail_at = 0;
        std::vector<std::string> taken = collect(place);
        (void)place.release("in.xml", {1, 2});
        for (int pass = 0; pass < 2; ++pass) {
            (void)place.run();
            for (std::string& each : collect(place))
                taken.push_back(std::move(each));
        }
        ASSERT_EQ(taken, std::vector<std::string>{second}) << "call " << n;
        ASSERT_EQ(staged(place), 0U) << "call " << n;
        if (reached < n) break;
    }
    EXPECT_GT(reached, 15U);
}

TEST(route_test, a_call_that_fails_anywhere_hands_nothing_on_twice) {
    std::size_t reached = 0;
    for (std::size_t n = 1; reached + 1 >= n; ++n) {
        const intake_test::scratch_folder folder;
        site place(folder.path());
        place.deliver("in.xml", example());
        place.files.fail_at = n;
        (void)place.run();
        reached = place.files.calls;
        place.files.fail_at = 0;
        std::vector<std::string> taken = collect(place);
        for (int pass = 0; pass < 2; ++pass) {
            (void)place.run();
            for (std::string& each : collect(place))
                taken.push_back(std::move(each));
        }
        ASSERT_EQ(taken, std::vector<std::string>{as_bgmax(example())}) << "call " << n;
        if (reached < n) break;
    }
    EXPECT_GT(reached, 30U);
}

}  // namespace
}  // namespace brygga::intake
