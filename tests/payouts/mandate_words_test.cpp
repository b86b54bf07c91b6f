// What a person says of mandates, while the file that carries it has not left, and when it is unsaid.
#include "tests/payouts/file_decisions.hpp"

namespace brygga::payouts::test {
namespace {

using mandate_words = file_decisions;

TEST_F(mandate_words, a_word_that_came_back_with_a_file_that_did_not_arrive_can_be_unsaid) {
    const auto asked = must(outbound::ask_for_mandate({"9912346", "K1", "7001", "5841-1009823", "19811228-9874"}, eva, in()));
    const row_id file = daily_run();
    came_to(file, sending::failed);
    EXPECT_EQ(close(file, true).taken_back, 1u);
    must(outbound::unsay(asked.mandate_id, eva, in()));
    EXPECT_EQ(must(in().direct_debit().mandate_with_id(asked.mandate_id))->newest.state, ledger::mandate_state::cancelled);
}

TEST_F(mandate_words, a_cancellation_said_again_is_unsaid_to_the_one_that_was_sent) {
    const row_id mandate = add_mandate("5841000001009823");
    must(outbound::cancel_mandate(mandate, eva, in()));
    const row_id file = daily_run();
    came_to(file, sending::sent);
    came_to(file, sending::closed);  // it has arrived
    must(outbound::cancel_mandate(mandate, eva, in()));
    must(outbound::unsay(mandate, eva, in()));
    EXPECT_EQ(must(in().direct_debit().mandate_with_id(mandate))->newest.state, ledger::mandate_state::cancelling);
    EXPECT_EQ(daily_run(), 0);
}

TEST_F(mandate_words, a_word_that_has_not_left_can_be_unsaid) {
    const row_id mandate = add_mandate("5841000001009823");
    must(outbound::cancel_mandate(mandate, eva, in()));
    must(outbound::unsay(mandate, eva, in()));
    EXPECT_EQ(daily_run(), 0);
    EXPECT_EQ(must(in().direct_debit().mandate_with_id(mandate))->newest.state, ledger::mandate_state::active);
    EXPECT_FALSE(outbound::unsay(mandate, eva, in())) << "nothing is left to unsay";

    must(outbound::cancel_mandate(mandate, eva, in()));
    const row_id file = daily_run();
    must(outbound::unsay(mandate, eva, in()));
    EXPECT_NE(must(outbound::take_back_overtaken(file, today, in())), "");
    EXPECT_EQ(daily_run(), 0);
    must(outbound::cancel_mandate(mandate, eva, in()));
    came_to(daily_run(), sending::sent);
    EXPECT_FALSE(outbound::unsay(mandate, eva, in()));
}

TEST_F(mandate_words, what_was_only_asked_for_is_withdrawn_when_it_is_unsaid) {
    const auto asked = must(outbound::ask_for_mandate({"9912346", "K1", "7001", "5841-1009823", "19811228-9874"}, eva, in()));
    must(outbound::unsay(asked.mandate_id, eva, in()));
    EXPECT_EQ(daily_run(), 0);
    EXPECT_EQ(must(in().direct_debit().mandate_with_id(asked.mandate_id))->newest.state, ledger::mandate_state::cancelled);
    EXPECT_FALSE(outbound::unsay(asked.mandate_id, eva, in()));
}

TEST_F(mandate_words, an_answer_to_an_internet_bank_that_never_left_is_given_anew) {
    const row_id mandate = add_mandate("5841000001009823", ledger::mandate_state::proposed);
    must(outbound::decline_mandate(mandate, eva, in()));
    const row_id file = daily_run();
    const std::string asked = bytes;
    close(file);
    EXPECT_NE(daily_run(), 0);
    EXPECT_EQ(bytes, asked);
}

TEST_F(mandate_words, so_is_the_answer_to_a_change_of_account) {
    add_mandate("5841000001009823");
    must(outbound::decline_mandate(proposed_change(), eva, in()));
    const row_id file = daily_run();
    const std::string asked = bytes;
    EXPECT_EQ(close(file).taken_back, 1u);
    EXPECT_NE(daily_run(), 0);
    EXPECT_EQ(bytes, asked);
}

TEST_F(mandate_words, a_word_whose_file_has_not_left_may_still_be_another) {
    const auto asked = must(outbound::ask_for_mandate({"9912346", "K1", "7001", "5841-1009823", "19811228-9874"}, eva, in()));
    const row_id first = daily_run();
    EXPECT_EQ(must(outbound::cancel_mandate(asked.mandate_id, eva, in())), outbound::cancelled_how::never_sent);
    EXPECT_NE(must(outbound::take_back_overtaken(first, today, in())), "");
    EXPECT_EQ(daily_run(), 0) << "Bankgirot knows of nothing";

    must(outbound::ask_for_mandate({"9912346", "K1", "7001", "8901-3232323232", "19811228-9874"}, eva, in()));
    const row_id second = daily_run();
    must(outbound::ask_for_mandate({"9912346", "K1", "7001", "5841-1009823", "19811228-9874"}, eva, in()));
    EXPECT_NE(must(outbound::take_back_overtaken(second, today, in())), "");
    const row_id third = daily_run();
    came_to(third, sending::sent);
    EXPECT_EQ(must(outbound::cancel_mandate(asked.mandate_id, eva, in())), outbound::cancelled_how::to_be_sent);
}

TEST_F(mandate_words, an_answer_whose_file_has_not_left_may_still_be_another) {
    const row_id mandate = add_mandate("5841000001009823", ledger::mandate_state::proposed);
    must(outbound::approve_mandate(mandate, {}, eva, in()));
    const row_id file = daily_run();
    must(outbound::decline_mandate(mandate, eva, in()));
    EXPECT_NE(must(outbound::take_back_overtaken(file, today, in())), "");
    const row_id next = daily_run();
    EXPECT_NE(bytes.find("AV"), std::string::npos);
    came_to(next, sending::sent);
    EXPECT_FALSE(outbound::approve_mandate(mandate, {}, eva, in()));
}

TEST_F(mandate_words, words_on_mandates_that_never_left_are_said_anew) {
    must(outbound::ask_for_mandate({"9912346", "K1", "7001", "5841-1009823", "19811228-9874"}, eva, in()));
    const row_id first = daily_run();
    const std::string asked = bytes;
    ASSERT_NE(first, 0);
    EXPECT_EQ(daily_run(), 0);
    EXPECT_EQ(must(outbound::objection_to_leaving(first, today, in())), "");
    EXPECT_EQ(close(first).taken_back, 1u);
    expect_stays(first, "mandate");
    EXPECT_NE(daily_run(), 0);
    EXPECT_EQ(bytes, asked);
    expect_stays(first, "mandate");
}

}  // namespace
}  // namespace brygga::payouts::test
