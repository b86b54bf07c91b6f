// The files of payouts: at their time, once, with the books that they stand for, whenever a process dies.
#include "connectors/dispatch/payout_files.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "connectors/dispatch/steps.hpp"
#include "mapping/payouts/request.hpp"
#include "tests/dispatch/autogiro_company.hpp"
#include "tests/dispatch/office.hpp"
#include "tests/intake/scratch_folder.hpp"

namespace brygga::dispatch::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr ledger::timestamp_ms two_o_clock = monday_noon + 2 * hour;

std::string paying_back() {
    return "formats = ['pain.001']\n"
           "[tenant.payouts]\ndaily_limit = '500'\n"
           "[tenant.payouts.credit_transfer]\npartner = 'bank'\nfolder = 'in'\ninitiator = '5566778899'\n"
           "iban = 'SE45 5000 0000 0583 9825 7466'\nbic = 'ESSESESS'\n";
}

// Somebody has paid too much, and gets this back; it is approved now. Its id.
ledger::row_id approve(office& at, std::int64_t amount_ore) {
    using ledger::samples::a_customer;
    const auto into = at.store->begin("energi");
    if (!into) throw std::runtime_error(into.error().text);
    const std::string customer = fmt::format("{}", at.clock.now_ms + amount_ore);
    const auto value = [](auto&& outcome) {
        if (!outcome) throw std::runtime_error(outcome.error().text);
        return *outcome;
    };
    value((*into)->put_customer(a_customer(customer)));
    static_cast<void>(ledger::samples::give_advance(**into, customer, amount_ore));
    ledger::customer_account theirs{0, customer, {ledger::payee_account_kind::bank_account, "5841", "1009823"}, "eva", "x", 0};
    if (auto added = (*into)->payouts().add_account(theirs); !added) throw std::runtime_error(added.error().text);
    const auto terms = at.with.tenants.front().payouts->terms(*parse_iso_date("2026-11-23"));
    const auto asked = value(payouts::ask({.customer_id = customer, .amount_ore = amount_ore, .actor = "eva"}, terms, **into));
    EXPECT_TRUE(value(payouts::approve(asked.id, "nils", "seen", terms, **into)).approved);
    if (auto done = (*into)->commit(); !done) throw std::runtime_error(done.error().text);
    return asked.id;
}

std::vector<std::string> states(office& at, ledger::row_id id) {
    const auto in = at.store->begin_read("energi");
    if (!in) throw std::runtime_error(in.error().text);
    std::vector<std::string> out;
    const auto events = (*in)->payouts().payout_events(id);
    if (!events) throw std::runtime_error(events.error().text);
    for (const ledger::payout_event& each : *events)
        out.emplace_back(name(each.state));
    return out;
}

class payout_day : public ::testing::Test {
 protected:
    intake_test::scratch_folder folder;
    office at{folder.path(), paying_back()};
};

TEST_F(payout_day, sends_what_was_approved_by_its_time_and_once) {
    at.clock.now_ms = monday_noon;
    const ledger::row_id in_time = approve(at, 10000);
    at.clock.now_ms = two_o_clock - 1;
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, IsEmpty()) << "early";
    at.clock.now_ms = two_o_clock;
    EXPECT_THAT(at.run().troubles, IsEmpty());
    ASSERT_THAT(at.bank.files, SizeIs(1));
    EXPECT_EQ(at.bank.files.begin()->first, "in/pain.001-20261123T140000.xml");
    EXPECT_THAT(at.bank.files.begin()->second, HasSubstr(ledger::format_id(in_time)));
    at.clock.now_ms += hour;
    const ledger::row_id late = approve(at, 20000);
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, SizeIs(1));
    at.clock.now_ms = two_o_clock + day;
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, SizeIs(2));
    for (const ledger::row_id each : {in_time, late})
        EXPECT_THAT(states(at, each), ElementsAre("draft", "approved", "exported"));
}

TEST_F(payout_day, makes_up_once_for_a_time_at_which_nobody_was_at_work) {
    at.clock.now_ms = monday_noon;
    approve(at, 10000);
    at.clock.now_ms = two_o_clock + 5 * day + hour;  // a Saturday
    for (int pass = 0; pass < 3; ++pass, at.clock.now_ms += hour)
        static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, SizeIs(1));
}

TEST_F(payout_day, leaves_nothing_where_it_is_only_looked_at) {
    at.clock.now_ms = monday_noon;
    const ledger::row_id id = approve(at, 10000);
    const config::tenant& who = at.with.tenants.front();
    ASSERT_THAT(payout_routes_of(who), ElementsAre(ledger::payout_route::credit_transfer));
    const auto looked = preview_payouts(who, ledger::payout_route::credit_transfer, *at.store, monday_noon);
    ASSERT_TRUE(looked) << looked.error().text;
    EXPECT_EQ(looked->payouts, 1u);
    EXPECT_THAT(states(at, id), ElementsAre("draft", "approved"));
}

TEST_F(payout_day, counts_what_left_since_swedish_midnight) {
    at.clock.now_ms = monday_noon;
    approve(at, 30000);
    approve(at, 30001);
    dispatch_report told;
    const config::tenant& who = at.with.tenants.front();
    const auto now = [&] {
        return make_payouts_now(at.with, who, ledger::payout_route::credit_transfer, *at.store, at.how, told).file.payouts;
    };
    EXPECT_EQ(now(), 1u);
    at.clock.now_ms = monday_noon + 12 * hour - 1;
    EXPECT_EQ(now(), 0u);
    at.clock.now_ms = monday_noon + 12 * hour;
    EXPECT_EQ(now(), 1u);
    EXPECT_THAT(told.troubles, IsEmpty());
}

struct made_at {
    ledger::timestamp_ms now;
    std::string_view pays;
};

// supplier-payments.md section 2: what is made after Bankgirot has closed is there the next bank day.
TEST_F(payout_day, pays_bank_days_after_the_day_on_which_the_bank_can_have_it) {
    const made_at all[] = {{monday_noon, "2026-11-24"},
                           {monday_noon + 7 * hour - 1, "2026-11-24"},
                           {monday_noon + 7 * hour, "2026-11-25"},
                           {monday_noon + 4 * day + 7 * hour, "2026-12-01"},
                           {monday_noon + 5 * day, "2026-12-01"}};
    for (const made_at& each : all) {
        at.clock.now_ms = each.now;
        const ledger::row_id id = approve(at, 100);
        dispatch_report told;
        const auto made =
            make_payouts_now(at.with, at.with.tenants.front(), ledger::payout_route::credit_transfer, *at.store, at.how, told);
        EXPECT_EQ(made.file.payouts, 1u);
        const auto in = at.store->begin_read("energi");
        ASSERT_TRUE(in);
        EXPECT_EQ(format_iso_date((*in)->payouts().payout_with_id(id).value().value().newest.day), each.pays) << each.now;
    }
}

struct counted_day {
    ledger::timestamp_ms now, began;
};

// Also on the days that have 23 and 25 hours.
TEST(payout_limit, counts_from_swedish_midnight) {
    constexpr ledger::timestamp_ms spring = 1'774'738'800'000;  // 2026-03-29 00:00 in Sweden, an hour before UTC
    constexpr ledger::timestamp_ms autumn = 1'792'879'200'000;  // 2026-10-25 00:00, two hours before
    const counted_day all[] = {{monday_noon, monday_noon - 12 * hour}, {spring, spring},
                               {spring + 12 * hour, spring},           {autumn + hour / 2, autumn},
                               {autumn + 13 * hour, autumn},           {spring - 1, spring - day},
                               {autumn + 25 * hour - 1, autumn}};
    for (const counted_day& each : all)
        EXPECT_EQ(payout_limits_of({}, each.now).day_began, each.began) << each.now;
}

// At each step the process dies once, and the next one begins a moment later.
TEST(payout_death, at_each_step_ends_with_the_same_books_and_one_file) {
    struct dead {};
    for (int death = 1;; ++death) {
        SCOPED_TRACE(death);
        const intake_test::scratch_folder folder;
        transfer::test::partner bank;
        bool died = false;
        std::vector<std::string> seen;
        ledger::row_id id = 0;
        for (int process = 0; process < 2; ++process) {
            office at(folder.path(), paying_back());
            at.clock.now_ms = monday_noon;
            at.how.connect = [&](const partners::partner&, const std::stop_token&) { return bank.connect(); };
            if (process == 0) {
                id = approve(at, 10000);
                at.how.base.at_step = [&](std::string_view step) {
                    seen.emplace_back(step);
                    if (static_cast<int>(seen.size()) == death) throw dead{};
                };
            }
            at.clock.now_ms = two_o_clock + process * 60'000;
            try {
                static_cast<void>(at.run());
            } catch (const dead&) {
                died = true;
            }
            if (process == 0) continue;
            EXPECT_THAT(bank.files, SizeIs(1));
            EXPECT_THAT(at.queue(), SizeIs(1));
            EXPECT_THAT(states(at, id), ElementsAre("draft", "approved", "exported"));
        }
        if (died) continue;
        EXPECT_THAT(seen, Contains(std::string(step::made_queued)));
        return;
    }
}

}  // namespace
}  // namespace brygga::dispatch::test
