// A file of Autogiro that a person closes or sends again, and what the ledger had put into it.
#include "tests/payouts/file_decisions.hpp"

namespace brygga::payouts::test {
namespace {

TEST_F(file_decisions, what_never_left_is_asked_for_anew) {
    const row_id first = file_with_a_collection();
    const std::string asked = bytes;
    EXPECT_EQ(close(first).taken_back, 1u);
    EXPECT_EQ(collections("F1"), "cancelled");
    EXPECT_EQ(matters(), "");
    EXPECT_NE(daily_run(), 0);
    EXPECT_EQ(bytes, asked);
    EXPECT_EQ(collections("F1"), "cancelled instructed");
    expect_stays(first, "collection");
}

TEST_F(file_decisions, what_may_have_arrived_still_waits_for_its_answer) {
    const row_id file = file_with_a_collection();
    came_to(file, sending::sending);
    came_to(file, sending::failed);
    const auto done = close(file);
    EXPECT_EQ(done.taken_back, 0u);
    EXPECT_EQ(done.collections, 1u);
    EXPECT_EQ(collections("F1"), "instructed");
    EXPECT_EQ(matters(), "collections-of-closed-file");
    EXPECT_EQ(must(outbound::objection_to_leaving(file, today, in())), "");
    EXPECT_EQ(daily_run(), 0);
}

TEST_F(file_decisions, what_the_partner_never_got_is_as_if_it_had_not_left) {
    const row_id file = file_with_a_collection();
    came_to(file, sending::sent);
    EXPECT_EQ(close(file, true).taken_back, 1u);
    EXPECT_NE(daily_run(), 0);
}

TEST_F(file_decisions, a_cancellation_that_never_left_is_asked_for_anew) {
    add_mandate("5841000001009823");
    due_soon("F1");
    came_to(daily_run(), sending::sent);
    object();
    const row_id file = daily_run();
    EXPECT_EQ(collections("F1"), "cancelling");
    EXPECT_EQ(close(file).taken_back, 1u);
    EXPECT_EQ(collections("F1"), "instructed");
    EXPECT_NE(daily_run(), 0);
    EXPECT_EQ(collections("F1"), "cancelling");
}

TEST_F(file_decisions, what_was_answered_stays_answered) {
    const row_id file = file_with_a_collection();
    collection_is(ledger::collection_state::failed);
    EXPECT_EQ(close(file, true).taken_back, 0u);
    EXPECT_EQ(collections("F1"), "failed");
    expect_stays(file, "collection");
}

TEST_F(file_decisions, what_is_being_cancelled_does_not_leave_once_more) {
    const row_id first = file_with_a_collection();
    came_to(first, sending::sent);
    object();
    came_to(daily_run(), sending::sent);
    expect_stays(first, "collection");
}

TEST_F(file_decisions, a_mandate_that_the_payer_has_revoked_is_not_applied_for_once_more) {
    must(outbound::ask_for_mandate({"9912346", "K1", "7001", "5841-1009823", "19811228-9874"}, eva, in()));
    const row_id file = daily_run();
    add_mandate("5841000001009823");
    add_mandate("5841000001009823", ledger::mandate_state::cancelled);
    expect_stays(file, "mandate");
}

TEST_F(file_decisions, that_wait_for_one_another_are_closed_newest_first) {
    const row_id first = file_with_a_collection();
    came_to(first, sending::sent);
    object();
    const row_id second = daily_run();
    const std::string why = must(outbound::objection_to_not_arrived(first, in()));
    EXPECT_NE(why.find("close that one first"), std::string::npos) << why;
    close(second);
    EXPECT_EQ(must(outbound::objection_to_not_arrived(first, in())), "");
    EXPECT_EQ(close(first, true).taken_back, 1u);
    EXPECT_EQ(collections("F1"), "cancelled");
    object(ledger::objection_state::rejected);
    EXPECT_NE(daily_run(), 0);
    EXPECT_EQ(collections("F1"), "cancelled instructed");
}

TEST_F(file_decisions, a_file_that_may_not_have_left_has_nothing_that_is_cancelled) {
    const row_id file = file_with_a_collection();
    for (const sending each : {sending::sending, sending::failed, sending::held}) {
        came_to(file, each);
        object();
        EXPECT_EQ(daily_run(), 0);
    }
    EXPECT_EQ(close(file, true).taken_back, 1u);
    EXPECT_EQ(collections("F1"), "cancelled");
}

TEST_F(file_decisions, what_did_not_arrive_is_taken_back_though_a_file_that_left_cancels_it) {
    const row_id first = file_with_a_collection();
    came_to(first, sending::sent);
    object();
    came_to(daily_run(), sending::sent);
    EXPECT_EQ(collections("F1"), "cancelling");
    EXPECT_EQ(close(first, true).taken_back, 1u);
    EXPECT_EQ(collections("F1"), "cancelled");
}

TEST_F(file_decisions, the_approval_of_a_change_does_not_leave_when_its_mandate_has_ended) {
    add_mandate("5841000001009823");
    const row_id change = proposed_change();
    must(outbound::approve_mandate(change, {}, eva, in()));
    const row_id file = daily_run();
    add_mandate("5841000001009823", ledger::mandate_state::cancelled);
    EXPECT_NE(must(outbound::take_back_overtaken(file, today, in())), "");
    EXPECT_EQ(daily_run(), 0);
    EXPECT_EQ(matters(), "internet-mandate-to-decide");
    EXPECT_EQ(daily_run(), 0);
    EXPECT_EQ(matters(), "internet-mandate-to-decide") << "once";
    must(outbound::approve_mandate(change, {}, eva, in()));
    EXPECT_NE(daily_run(), 0) << "as a mandate";
    EXPECT_EQ(matters(), "");
}

TEST_F(file_decisions, what_goes_by_a_mandate_that_is_told_to_be_anothers_does_not_leave) {
    const row_id mandate = add_mandate("5841000001009823");
    due_soon("F1");
    const row_id file = daily_run();
    ledger::matter told;
    told.kind = ledger::mandate_of_another;
    told.key = "of a test";
    told.subject_id = mandate;
    must(in().matters().add_matter(told));
    EXPECT_NE(must(outbound::objection_to_leaving(file, today, in())), "");
    EXPECT_NE(must(outbound::take_back_overtaken(file, today, in())), "");
    EXPECT_EQ(daily_run(), 0);
    close_matters();
    const row_id sent = daily_run();
    came_to(sent, sending::sent);
    told.key = "again";
    told.id = 0;
    must(in().matters().add_matter(told));
    EXPECT_NE(daily_run(), 0) << "what has left is cancelled";
    EXPECT_EQ(collections("F1"), "cancelled cancelling");
}

TEST_F(file_decisions, what_never_left_is_not_cancelled_but_taken_back_with_its_file) {
    add_mandate("5841000001009823");
    due_soon("F1");
    due_soon("F2");
    const row_id file = daily_run();
    EXPECT_EQ(must(outbound::take_back_overtaken(file, today, in())), "");
    object();
    EXPECT_EQ(daily_run(), 0) << "Bankgirot has nothing of it";
    EXPECT_EQ(collections("F1"), "instructed");
    const std::string why = must(outbound::take_back_overtaken(file, today, in()));
    EXPECT_TRUE(why.starts_with("taken back: collection ")) << why;
    EXPECT_EQ(must(in().exchange().outgoing_with_id(file))->newest.state, sending::closed);
    EXPECT_EQ(collections("F1"), "cancelled");
    EXPECT_EQ(collections("F2"), "cancelled");
    EXPECT_EQ(matters(), "");
    EXPECT_NE(daily_run(), 0);
    EXPECT_EQ(collections("F1"), "cancelled");
    EXPECT_EQ(collections("F2"), "cancelled instructed");
}

TEST_F(file_decisions, what_was_tried_is_not_taken_back_without_a_person) {
    const row_id file = file_with_a_collection();
    came_to(file, sending::sending);
    came_to(file, sending::queued);
    object();
    EXPECT_EQ(must(outbound::take_back_overtaken(file, today, in())), "");
    EXPECT_EQ(collections("F1"), "instructed");
    expect_stays(file, "collection");
}

TEST_F(file_decisions, what_never_left_and_is_cancelled_by_a_later_file_is_taken_back_too) {
    const row_id file = file_with_a_collection();
    const auto known = must(in().direct_debit().collections_of_invoice(invoice_id("F1"))).back();
    const auto is_now = [&](ledger::collection_state state, std::string code, row_id source_id) {
        must(in().direct_debit().add_collection_event(known.row.id, {state, known.newest.payment_day, code, source_id, {}, {}}));
    };
    object();
    came_to(file, sending::held);
    for (int day = 0; day < 2; ++day) {  // each answered that there is none
        const row_id later = in().allot_id();
        ledger::outgoing row{later, ledger::format_id(later), "bank", "in", "AG", "autogiro", {}, std::string(64, 'b'), 80, 0};
        must(in().exchange().add_outgoing(row));
        is_now(ledger::collection_state::cancelling, "25", later);
        if (day == 0) is_now(ledger::collection_state::instructed, "13", 99);
    }
    EXPECT_EQ(must(outbound::objection_to_not_arrived(file, in())), "");
    EXPECT_EQ(close(file).taken_back, 1u);
    EXPECT_EQ(collections("F1"), "cancelled");
    object(ledger::objection_state::rejected);
    EXPECT_NE(daily_run(), 0);
    EXPECT_EQ(collections("F1"), "cancelled instructed");
}

TEST_F(file_decisions, payouts_of_a_file_that_is_taken_back_are_the_customers_again) {
    add_mandate("5841000001009823");
    terms.to_accounts = ledger::payout_route::none;
    terms.direct_debit_up_to_ore = 100'000;
    pay_too_much(30'000);
    due_soon("F1");
    const row_id payout = approved(5'000);
    const auto before = free_ore();
    const row_id file = daily_run(true);
    ASSERT_EQ(state(payout), "exported");
    object();
    EXPECT_NE(must(outbound::take_back_overtaken(file, today, in())), "");
    EXPECT_EQ(state(payout), "rejected");
    EXPECT_EQ(free_ore(), before + 5'000);
    EXPECT_EQ(matters(), "payout-rejected");
    expect_stays(file, "payout");
}

TEST_F(file_decisions, an_answer_says_that_the_file_has_arrived) {
    const row_id file = file_with_a_collection();
    came_to(file, sending::sent);
    EXPECT_EQ(must(outbound::objection_to_not_arrived(file, in())), "");
    collection_is(ledger::collection_state::rejected);
    EXPECT_TRUE(must(outbound::objection_to_not_arrived(file, in())).starts_with("has arrived"));
}

TEST_F(file_decisions, an_answer_on_a_mandate_says_so_too) {
    must(outbound::ask_for_mandate({"9912346", "K1", "7001", "5841-1009823", "19811228-9874"}, eva, in()));
    const row_id file = daily_run();
    came_to(file, sending::sent);
    ledger::mandate_event told = must(in().direct_debit().mandate_with_number("9912346", "7001"))->newest;
    told.state = ledger::mandate_state::active;
    told.information = "04";
    told.source_id = 99;
    must(in().direct_debit().add_mandate_event(must(in().direct_debit().mandate_with_number("9912346", "7001"))->row.id, told));
    EXPECT_TRUE(must(outbound::objection_to_not_arrived(file, in())).starts_with("has arrived"));
}

TEST_F(file_decisions, what_never_left_can_be_closed_whatever_was_told_of_it) {
    add_mandate("5841000001009823");
    due_soon("F1");
    due_soon("F2");
    const row_id file = daily_run();
    collection_is(ledger::collection_state::cancelled);  // by the bank, of an older one perhaps
    expect_stays(file, "collection");
    EXPECT_EQ(must(outbound::objection_to_not_arrived(file, in())), "");
    EXPECT_EQ(close(file).taken_back, 1u);
    EXPECT_EQ(collections("F2"), "cancelled");
}

TEST_F(file_decisions, that_Bankgirot_has_no_such_payment_is_no_answer_to_it) {
    const row_id file = file_with_a_collection();
    came_to(file, sending::sent);
    collection_is(ledger::collection_state::instructed, "13");
    EXPECT_EQ(must(outbound::objection_to_not_arrived(file, in())), "");
    EXPECT_EQ(close(file, true).taken_back, 1u);
    EXPECT_EQ(collections("F1"), "cancelled");
}

TEST_F(file_decisions, that_Bankgirot_has_moved_a_payment_is_an_answer_to_it) {
    const row_id file = file_with_a_collection();
    came_to(file, sending::sent);
    collection_is(ledger::collection_state::instructed, "14");
    expect_stays(file, "collection");
    EXPECT_NE(must(outbound::objection_to_leaving(file, today, in())).find("is answered since"), std::string::npos);
    EXPECT_TRUE(must(outbound::objection_to_not_arrived(file, in())).starts_with("has arrived"));
    EXPECT_EQ(close(file, true).taken_back, 0u);
    EXPECT_EQ(collections("F1"), "instructed");
}

TEST_F(file_decisions, what_was_moved_and_is_being_cancelled_since_has_arrived_too) {
    const row_id first = file_with_a_collection();
    came_to(first, sending::sent);
    collection_is(ledger::collection_state::instructed, "14");
    object();
    const auto known = must(in().direct_debit().collections_of_invoice(invoice_id("F1"))).back();
    must(in().direct_debit().add_collection_event(known.row.id,
                                                  {ledger::collection_state::instructed, 2026y / 6 / 8, "14", 98, {}, {}}));
    const row_id second = daily_run();
    ASSERT_NE(second, 0);
    came_to(second, sending::sent);
    EXPECT_TRUE(must(outbound::objection_to_not_arrived(first, in())).starts_with("has arrived"));
    EXPECT_EQ(must(outbound::objection_to_not_arrived(second, in())), "");
}

TEST_F(file_decisions, what_would_not_be_asked_for_today_does_not_leave) {
    const row_id file = file_with_a_collection();
    came_to(file, sending::failed);
    EXPECT_EQ(must(outbound::objection_to_leaving(file, 2026y / 6 / 4, in())), "");
    EXPECT_NE(must(outbound::objection_to_leaving(file, 2026y / 6 / 5, in())), "") << "its day has come";
    object();
    expect_stays(file, "collection");
    object(ledger::objection_state::rejected);
    EXPECT_EQ(must(outbound::objection_to_leaving(file, today, in())), "");
    add_mandate("5841000001009823", ledger::mandate_state::cancelled);
    expect_stays(file, "collection");
}

TEST_F(file_decisions, mandates_that_may_have_arrived_are_for_a_person) {
    must(outbound::ask_for_mandate({"9912346", "K1", "7001", "5841-1009823", "19811228-9874"}, eva, in()));
    const row_id file = daily_run();
    came_to(file, sending::failed);
    EXPECT_EQ(close(file).mandates, 1u);
    EXPECT_EQ(matters(), "mandates-of-closed-file");
    EXPECT_EQ(daily_run(), 0);
    EXPECT_EQ(close(file, true).taken_back, 1u) << "said later";
    EXPECT_EQ(matters(), "");
    EXPECT_NE(daily_run(), 0);
}

TEST_F(file_decisions, that_a_held_file_was_overtaken_is_seen_to_when_it_is_closed) {
    const row_id file = file_with_a_collection();
    came_to(file, sending::sending);
    came_to(file, sending::held);
    ledger::matter told;
    told.kind = told.key = ledger::file_overtaken;
    told.subject_id = file;
    must(in().matters().add_matter(told));
    close(file);
    EXPECT_EQ(matters(), "collections-of-closed-file");
}

}  // namespace
}  // namespace brygga::payouts::test
