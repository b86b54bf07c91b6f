// The day's file of Autogiro: once on each bank day, in its time, with the books that it stands for.
#include "connectors/dispatch/autogiro_day.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "connectors/dispatch/steps.hpp"
#include "tests/dispatch/autogiro_company.hpp"
#include "tests/dispatch/office.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::dispatch::test {
namespace {

using namespace std::chrono_literals;
using ledger::must;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view first_name = "BFEP.IAGAG.K0471117.B9912346.D261123.T150000";

// A mandate that is to be cancelled and whose payer number no file can hold; its id.
ledger::row_id cancel_unsendable(ledger::store& books) {
    const auto into = books.begin("energi");
    if (!into) return 0;
    ledger::mandate mandate{0, "9912346", "0"};
    EXPECT_TRUE((*into)->direct_debit().add_mandate(mandate));
    ledger::mandate_event event;
    event.state = ledger::mandate_state::cancelling;
    event.actor = "eva";
    EXPECT_TRUE((*into)->direct_debit().add_mandate_event(mandate.id, event));
    EXPECT_TRUE((*into)->commit());
    return mandate.id;
}

std::size_t pending(const office& at) {
    const auto in = at.store->begin_read("energi");
    if (!in) return 0;
    const auto all = (*in)->direct_debit().pending_collections("9912346");
    return all ? all->size() : 0;
}

class autogiro_day : public ::testing::Test {
 protected:
    autogiro_day() {
        put_key(folder.path());
        at.clock.now_ms = monday_noon + 3 * hour;
        seed(*at.store);
    }
    intake_test::scratch_folder folder;
    office at{folder.path(), agreement()};
};

TEST_F(autogiro_day, is_made_sealed_and_sent_once) {
    EXPECT_THAT(at.run().troubles, IsEmpty());
    ASSERT_THAT(at.bank.files, SizeIs(1));
    const auto& [name, bytes] = *at.bank.files.begin();
    EXPECT_EQ(name, fmt::format("in/{}", first_name));
    EXPECT_THAT(bytes, HasSubstr("00261123HMAC"));
    EXPECT_THAT(bytes, HasSubstr("82202611300    0000000000007001000000012500000991234610007001"));
    EXPECT_EQ(pending(at), 1u);
    at.clock.now_ms += hour;
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, SizeIs(1));
}

TEST_F(autogiro_day, does_not_name_protected_persons) {
    {
        const auto into = must(at.store->begin("energi"));
        const auto mandate = must(into->direct_debit().mandate_with_number("9912346", "7001"));
        ledger::customer who = *must(into->find_customer(mandate->newest.customer_id));
        who.identity_number = "200001252386";
        who.protected_identity = true;
        must(into->put_customer(who));
        ledger::mandate by_identity{0, "9912346", "0001252386"};
        must(into->direct_debit().add_mandate(by_identity));
        ledger::mandate_event active = mandate->newest;
        must(into->direct_debit().add_mandate_event(by_identity.id, active));
        ledger::mandate_event ended = mandate->newest;
        ended.state = ledger::mandate_state::cancelled;
        must(into->direct_debit().add_mandate_event(mandate->row.id, ended));
        must(into->commit());
    }
    EXPECT_THAT(at.run().troubles, IsEmpty());
    EXPECT_EQ(pending(at), 0u) << "PRO-R12";
    const auto open = must(must(at.store->begin_read("energi"))->matters().open_matters_of(ledger::instruction_not_sent, 10));
    ASSERT_THAT(open, SizeIs(1));
    EXPECT_THAT(open.front().row.detail, HasSubstr("PRO-R12"));
}

TEST_F(autogiro_day, is_made_in_its_time) {
    at.clock.now_ms = monday_noon + 3 * hour - 1;
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, IsEmpty()) << "early";
    at.clock.now_ms = monday_noon + 7 * hour;
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, IsEmpty()) << "Bankgirot has closed";
    at.clock.now_ms = monday_noon + 5 * day + 3 * hour;
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, IsEmpty()) << "a Saturday";
    at.clock.now_ms = monday_noon + 7 * hour - 1;
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, SizeIs(1)) << "the last moment";
}

TEST_F(autogiro_day, is_made_once_after_days_on_which_nobody_was_at_work) {
    at.clock.now_ms += 3 * day;
    for (int pass = 0; pass < 3; ++pass, at.clock.now_ms += hour)
        static_cast<void>(at.run());
    EXPECT_THAT(at.queue(), ElementsAre("BFEP.IAGAG.K0471117.B9912346.D261126.T150000 sent 1 seen-there"));
}

// A person wants the file sent once more; with `answered` its only collection is rejected before it goes.
std::vector<std::string> sent_again(office& at, bool answered) {
    {
        const auto into = must(at.store->begin("energi"));
        const auto item = must(into->direct_debit().pending_collections("9912346")).at(0);
        must(into->exchange().add_event(item.newest.source_id, {ledger::sending::queued, 0, "lost", "eva", 0}));
        if (answered)
            must(into->direct_debit().add_collection_event(
                item.row.id, {ledger::collection_state::rejected, item.newest.payment_day, "05", 99, {}, {}}));
        must(into->commit());
    }
    static_cast<void>(at.run());
    const auto in = must(at.store->begin_read("energi"));
    std::vector<std::string> kinds;
    for (const auto& each : must(in->matters().open_matters(10)))
        kinds.push_back(each.row.kind);
    return kinds;
}

TEST_F(autogiro_day, that_a_person_sends_again_goes_when_nothing_has_changed) {
    static_cast<void>(at.run());
    EXPECT_THAT(sent_again(at, false), IsEmpty());
    EXPECT_THAT(at.queue(), ElementsAre(HasSubstr(" sent ")));
}

TEST_F(autogiro_day, that_was_answered_before_it_is_sent_again_is_held_for_a_person) {
    static_cast<void>(at.run());
    at.bank.files.clear();  // taken, or lost
    EXPECT_THAT(sent_again(at, true), ElementsAre("file-overtaken"));
    EXPECT_THAT(at.bank.files, IsEmpty());
    EXPECT_THAT(at.queue(), ElementsAre(HasSubstr(" held ")));
}

// The process dies at this step of its delivery; the next one begins on the day of the file's collection.
struct late_start {
    dispatch_report told;
    std::vector<std::string> queue, matters;
};
late_start killed_at(office& at, std::string_view death) {
    struct dead {};
    at.how.base.at_step = [&](std::string_view step) {
        if (step == death) throw dead{};
    };
    EXPECT_THROW(static_cast<void>(at.run()), dead);
    at.how.base.at_step = {};
    at.clock.now_ms = monday_noon + 7 * day;
    late_start out{at.run(), at.queue(), {}};
    const auto in = must(at.store->begin_read("energi"));
    for (const auto& each : must(in->matters().open_matters(10)))
        out.matters.push_back(each.row.kind);
    return out;
}

TEST_F(autogiro_day, that_had_its_name_before_a_death_is_confirmed_when_its_day_has_come) {
    const late_start after = killed_at(at, transfer::delivery_step::renamed);
    EXPECT_THAT(after.queue, ElementsAre(HasSubstr(" sent 1 was-there")));
    EXPECT_THAT(after.matters, IsEmpty());
}

TEST_F(autogiro_day, that_was_taken_before_a_death_is_confirmed_too) {
    at.bank.after_rename = [](transfer::test::partner& bank) { bank.files.clear(); };
    const late_start after = killed_at(at, transfer::delivery_step::renamed);
    EXPECT_THAT(after.queue, ElementsAre(HasSubstr(" sent 1 collected")));
    EXPECT_THAT(after.matters, IsEmpty());
}

TEST_F(autogiro_day, that_had_no_name_before_a_death_is_held_and_told_when_its_day_has_come) {
    const late_start after = killed_at(at, transfer::delivery_step::noted);
    EXPECT_THAT(after.queue, ElementsAre(HasSubstr(" held 1 must not leave: collection ")));
    EXPECT_THAT(after.queue, ElementsAre(HasSubstr("it may have arrived: ask the partner")));
    EXPECT_THAT(after.matters, ElementsAre("file-overtaken"));
    ASSERT_THAT(after.told.files, SizeIs(1));
    EXPECT_EQ(after.told.files.front().state, ledger::sending::held);
    ASSERT_THAT(at.bank.files, SizeIs(1));
    EXPECT_THAT(at.bank.files.begin()->first, HasSubstr(".part"));
}

class autogiro_day_without_a_server : public autogiro_day {
 protected:
    void server_is(bool up) {
        at.how.connect = [this, up](const partners::partner&,
                                    const std::stop_token&) -> transfer::outcome<std::unique_ptr<transfer::remote_files>> {
            if (!up) return transfer::failed(transfer::fault::unreachable, "no way");
            return at.bank.connect();
        };
    }
    void dispute(std::string_view number, bool disputed = true) {
        const auto into = must(at.store->begin("energi"));
        const auto known = must(into->invoice_with_number(number));
        const auto state = disputed ? ledger::objection_state::raised : ledger::objection_state::rejected;
        must(into->add_objection({known->id, 0, state, "eva", "objection", 0, 0}));
        must(into->commit());
    }
    std::size_t matters() { return must(must(at.store->begin_read("energi"))->matters().open_matters(10)).size(); }
};

TEST_F(autogiro_day_without_a_server, that_was_never_tried_is_taken_back_when_its_day_has_come) {
    server_is(false);
    static_cast<void>(at.run());
    server_is(true);
    at.clock.now_ms = monday_noon + 7 * day;
    const dispatch_report told = at.run();
    EXPECT_THAT(at.queue(), ElementsAre(HasSubstr(" closed 0 taken back: collection ")));
    ASSERT_THAT(told.files, SizeIs(1));
    EXPECT_EQ(told.files.front().state, ledger::sending::closed);
    EXPECT_THAT(at.bank.files, IsEmpty());
    EXPECT_EQ(matters(), 0u);
    at.clock.now_ms += 3 * hour;
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, SizeIs(1)) << "the next run asks for what is right then";
    EXPECT_EQ(pending(at), 1u);
}

// The file of a Monday without a server; on Tuesday an invoice of it has changed. What the others owe is asked for on Tuesday,
// and nothing is cancelled that Bankgirot does not have.
TEST_F(autogiro_day_without_a_server, that_one_changed_invoice_overtakes_is_made_anew_by_the_next_run) {
    seed(*at.store, "7002");
    server_is(false);
    static_cast<void>(at.run());
    EXPECT_EQ(pending(at), 2u);
    dispute("10007002");
    at.clock.now_ms += day;
    static_cast<void>(at.run());
    EXPECT_THAT(at.queue(), ElementsAre(HasSubstr(" closed "), HasSubstr(" queued ")));
    server_is(true);
    at.clock.now_ms += hour;
    static_cast<void>(at.run());
    ASSERT_THAT(at.bank.files, SizeIs(1));
    EXPECT_THAT(at.bank.files.begin()->second, HasSubstr("10007001"));
    EXPECT_THAT(at.bank.files.begin()->second, ::testing::Not(HasSubstr("10007002")));
    EXPECT_EQ(pending(at), 1u);
    EXPECT_EQ(matters(), 0u);
    dispute("10007002", false);
    at.clock.now_ms += day;
    static_cast<void>(at.run());
    EXPECT_EQ(pending(at), 2u);
}

TEST_F(autogiro_day_without_a_server, that_a_sending_pass_takes_back_is_made_anew_the_same_day_where_the_day_had_none) {
    day_memory days;
    at.how.days = &days;
    seed(*at.store, "7002");
    server_is(false);
    static_cast<void>(at.run());
    at.clock.now_ms += day;
    static_cast<void>(at.run());  // nothing more to ask for
    dispute("10007002");
    server_is(true);
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, IsEmpty());
    EXPECT_EQ(pending(at), 0u);
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, SizeIs(1));
    EXPECT_EQ(pending(at), 1u);
}

TEST_F(autogiro_day_without_a_server, that_is_taken_back_on_its_day_is_made_anew_on_that_day) {
    day_memory days;
    at.how.days = &days;
    seed(*at.store, "7002");
    server_is(false);
    static_cast<void>(at.run());
    dispute("10007002");
    server_is(true);
    at.clock.now_ms += hour;
    static_cast<void>(at.run());
    static_cast<void>(at.run());
    ASSERT_THAT(at.bank.files, SizeIs(1));
    EXPECT_THAT(at.bank.files.begin()->second, HasSubstr("10007001"));
    EXPECT_EQ(pending(at), 1u);
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, SizeIs(1)) << "once";
}

TEST_F(autogiro_day, of_the_next_day_has_what_is_new) {
    static_cast<void>(at.run());
    seed(*at.store, "7002");
    at.clock.now_ms += hour;
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, SizeIs(1)) << "once a day";
    at.clock.now_ms += day;
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, SizeIs(2));
    EXPECT_EQ(pending(at), 2u);
}

TEST_F(autogiro_day, that_had_nothing_is_over_for_a_process_that_remembers) {
    office idle(folder.path() / "idle", agreement());
    put_key(folder.path() / "idle");
    day_memory days;
    idle.how.days = &days;
    idle.clock.now_ms = monday_noon + 3 * hour;
    static_cast<void>(idle.run());
    seed(*idle.store);
    static_cast<void>(idle.run());
    EXPECT_THAT(idle.bank.files, IsEmpty());
    idle.clock.now_ms += day;
    static_cast<void>(idle.run());
    EXPECT_THAT(idle.bank.files, SizeIs(1));
}

TEST_F(autogiro_day, that_failed_is_not_over) {
    day_memory days;
    at.how.days = &days;
    std::filesystem::remove(folder.path() / "seal.key");
    EXPECT_THAT(at.run().troubles, SizeIs(1));
    EXPECT_EQ(pending(at), 0u);
    put_key(folder.path());
    EXPECT_THAT(at.run().troubles, IsEmpty());
    EXPECT_THAT(at.bank.files, SizeIs(1));
}

TEST_F(autogiro_day, that_is_looked_at_before_leaves_nothing) {
    const config::tenant& who = at.with.tenants.front();
    const auto order = preview_autogiro(who, "9912346", monday_noon, *at.store);
    ASSERT_TRUE(order) << order.error().text;
    EXPECT_EQ(order->collections, 1u);
    EXPECT_EQ(pending(at), 0u);
}

TEST_F(autogiro_day, has_what_a_file_of_now_left) {
    at.clock.now_ms = monday_noon;
    dispatch_report told;
    const config::tenant& who = at.with.tenants.front();
    const auto first = make_autogiro_now(at.with, who, "9912346", *at.store, at.how, told);
    EXPECT_EQ(first.end.end, made_end::queued);
    EXPECT_EQ(first.order.collections, 1u);
    EXPECT_EQ(first.name, "BFEP.IAGAG.K0471117.B9912346.D261123.T120000");
    EXPECT_EQ(make_autogiro_now(at.with, who, "9912346", *at.store, at.how, told).end.end, made_end::nothing);
    at.clock.now_ms += hour;
    seed(*at.store, "7002");
    EXPECT_EQ(make_autogiro_now(at.with, who, "9912346", *at.store, at.how, told).end.end, made_end::queued);
    seed(*at.store, "7003");
    at.clock.now_ms += 2 * hour;
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, SizeIs(3));
    EXPECT_THAT(told.troubles, IsEmpty());
    EXPECT_EQ(pending(at), 3u);
}

TEST_F(autogiro_day, tells_a_person_what_cannot_be_sent) {
    const ledger::row_id mandate = cancel_unsendable(*at.store);
    const dispatch_report told = at.run();
    EXPECT_THAT(at.bank.files, SizeIs(1)) << "the rest goes";
    ASSERT_THAT(told.left_out, SizeIs(1));
    EXPECT_EQ(told.left_out.front().id, ledger::format_id(mandate));
    const auto in = at.store->begin_read("energi");
    const auto open = (*in)->matters().open_matters(10);
    ASSERT_TRUE(open);
    ASSERT_EQ(open->size(), 1u);
    EXPECT_EQ(open->front().row.kind, "instruction-not-sent");
    EXPECT_EQ(open->front().row.subject_id, mandate);
}

TEST(autogiro_day_of_nothing_else, tells_once_what_cannot_be_sent) {
    const intake_test::scratch_folder folder;
    put_key(folder.path());
    office at(folder.path(), agreement());
    at.clock.now_ms = monday_noon + 3 * hour;
    cancel_unsendable(*at.store);
    EXPECT_THAT(at.run().left_out, SizeIs(1));
    EXPECT_THAT(at.run().left_out, IsEmpty());
    EXPECT_THAT(at.bank.files, IsEmpty());
}

TEST_F(autogiro_day, tells_anew_what_cannot_be_sent_when_the_matter_was_closed) {
    cancel_unsendable(*at.store);
    const auto open_matters = [&] {
        static_cast<void>(at.run());
        return must(must(at.store->begin_read("energi"))->matters().open_matters(10));
    };
    const auto first = open_matters();
    ASSERT_THAT(first, SizeIs(1));
    at.clock.now_ms += day;
    EXPECT_THAT(open_matters(), SizeIs(1)) << "it is still open";
    auto into = must(at.store->begin("energi"));
    must(into->matters().close_matter(first.front().row.id, "eva", "seen"));
    must(into->commit());
    into.reset();
    EXPECT_THAT(open_matters(), IsEmpty()) << "seen to today";
    at.clock.now_ms += day;
    const auto anew = open_matters();
    ASSERT_THAT(anew, SizeIs(1));
    EXPECT_NE(anew.front().row.id, first.front().row.id);
}

// At each step the process dies once; the next one begins a minute later.
TEST(autogiro_day_death, at_each_step_ends_with_one_file_and_one_collection) {
    struct dead {};
    for (int death = 1;; ++death) {
        SCOPED_TRACE(death);
        const intake_test::scratch_folder folder;
        put_key(folder.path());
        transfer::test::partner bank;
        bool died = false;
        std::vector<std::string> seen;
        for (int process = 0; process < 2; ++process) {
            office at(folder.path(), agreement());
            at.clock.now_ms = monday_noon + 3 * hour + process * 60'000;
            at.how.connect = [&](const partners::partner&, const std::stop_token&) { return bank.connect(); };
            if (process == 0) {
                seed(*at.store);
                at.how.base.at_step = [&](std::string_view step) {
                    seen.emplace_back(step);
                    if (static_cast<int>(seen.size()) == death) throw dead{};
                };
            }
            try {
                static_cast<void>(at.run());
            } catch (const dead&) {
                died = true;
            }
            if (process == 0) continue;
            EXPECT_THAT(bank.files, SizeIs(1));
            EXPECT_EQ(at.queue().size(), 1u);
            EXPECT_EQ(pending(at), 1u);
            EXPECT_THAT(at.left_at_home(), IsEmpty());
        }
        if (died) continue;
        EXPECT_THAT(seen, ::testing::Contains(std::string(step::made_kept)));
        return;
    }
}

}  // namespace
}  // namespace brygga::dispatch::test
