// What channels answer: one way on for each rejection, whoever says it how often, and no document twice without a person's word.
#include <gmock/gmock.h>

#include "tests/billing/run_desk.hpp"

namespace brygga::billing::test {
namespace {

using ledger::must;
using testing::ElementsAre;
using testing::HasSubstr;
using enum ledger::delivery_state;
using enum ledger::channel;

class receipts : public run_desk {
 protected:
    receipts() {
        import({customer_line("K1")});
        registered("198112289874.NB.SE");
        json who = customer_line("K1");
        who["invoices"] = {{"endpoint", "0007:9922345674"}};
        take({who, invoice_line("1", "K1")});
    }
    result<void> decide(delivery_word::what said, std::optional<ledger::channel> by = {}) {
        auto into = begin();
        auto done = decide_delivery(document("1").row.id, {said, by, "eva", "x"}, terms, *into);
        if (done) must(into->commit());
        return done;
    }
    std::size_t matters() { return must(read()->matters().open_matters_of(delivered_twice, 10)).size(); }
};

TEST_P(receipts, of_acceptance_come_in_any_order) {
    send("1");
    EXPECT_TRUE(receipt("1", bank, accepted_by_bank).is_new);
    EXPECT_FALSE(receipt("1", bank, accepted_by_distributor).is_new) << "it had that before";
    EXPECT_FALSE(receipt("1", bank, accepted_by_bank).is_new);
    EXPECT_THAT(steps("1"), ElementsAre("bank accepted_by_bank"));
}

TEST_P(receipts, of_rejection_take_the_document_to_the_next_channel_once) {
    send("1");
    const auto first = receipt("1", bank, rejected, "410");
    EXPECT_EQ(first.rule, "EINV-R05");
    EXPECT_EQ(first.text, "is rejected by bank with 410: it goes by network");
    EXPECT_FALSE(receipt("1", bank, rejected, "410").is_new);
    EXPECT_FALSE(receipt("1", bank, rejected, "411").is_new) << "whatever the code";
    EXPECT_THAT(steps("1"), ElementsAre("bank rejected 410", "network planned"));
    send("1");
    EXPECT_TRUE(receipt("1", network, rejected).is_new);
    send("1");
    EXPECT_TRUE(receipt("1", print, rejected, "addr").is_new);
    EXPECT_THAT(steps("1"), ElementsAre("bank rejected 410", "network rejected", "print rejected addr", "none held BILL-R06"))
        << "mailbox and e-mail are not the customer's; behind print there is none";
}

TEST_P(receipts, may_reject_what_was_accepted_before) {
    send("1");
    receipt("1", bank, accepted_by_distributor);
    EXPECT_TRUE(receipt("1", bank, rejected, "705").is_new);
    EXPECT_THAT(steps("1"), ElementsAre("bank rejected 705", "network planned"));
}

TEST_P(receipts, that_contradict_are_for_a_person) {
    send("1");
    receipt("1", bank, rejected, "410");
    const auto late = receipt("1", bank, accepted_by_bank);
    EXPECT_EQ(late.rule, "BILL-R05");
    EXPECT_THAT(late.text, HasSubstr("that it does not come twice"));
    EXPECT_EQ(matters(), 1U);
    EXPECT_THAT(steps("1"), ElementsAre("bank accepted_by_bank", "network held BILL-R05"))
        << "what the bank has is not sent again";
}

TEST_P(receipts, of_rejection_after_a_persons_word_are_for_a_person) {
    send("1");
    must(decide(delivery_word::what::delivered));
    EXPECT_EQ(receipt("1", bank, rejected, "410").rule, "BILL-R05");
    EXPECT_EQ(matters(), 1U);
    EXPECT_THAT(steps("1"), ElementsAre("bank delivered"));
}

TEST_P(receipts, of_an_earlier_attempt_hold_the_next_one_that_has_not_left) {
    send("1");
    receipt("1", bank, rejected, "410");
    send("1");
    receipt("1", network, rejected);
    send("1");
    receipt("1", print, rejected, "addr");
    must(decide(delivery_word::what::send, print));
    EXPECT_THAT(receipt("1", print, delivered).text, HasSubstr("that it does not come twice"));
    EXPECT_THAT(steps("1"), ElementsAre("bank rejected 410", "network rejected", "print delivered", "none held BILL-R06",
                                        "print held BILL-R05"));
}

TEST_P(receipts, of_a_number_that_two_documents_have_say_which) {
    terms.bank_takes_credits = true;
    take({invoice_line("2", "K1"), invoice_line("9", "K1"), credit_line("2", "K1", "9")}, "R2");
    const auto both = must(read()->invoice_runs().run_documents_with_number("2"));
    ASSERT_EQ(both.size(), 2U);
    for (const auto& each : both)
        send(each);
    EXPECT_THAT(receipt("2", bank, accepted_by_bank).text, HasSubstr("say which by its document"));
    ledger::told_receipt told;
    told.number = "2";
    told.is_credit_note = false;
    told.by = bank;
    told.outcome = accepted_by_bank;
    told.key = "x";
    auto into = begin();
    const auto answer = must(take_receipt(told, terms, *into));
    must(into->commit());
    into.reset();
    const auto invoice = both[0].row.is_credit_note ? both[1] : both[0];
    EXPECT_EQ(answer.id, invoice.now.row.id);
}

TEST_P(receipts, open_a_closed_run_when_a_document_comes_back) {
    send("1");
    receipt("1", bank, accepted_by_bank);
    {
        const auto there = run();
        auto into = begin();
        EXPECT_TRUE(must(close_if_done(there, *into)));
        must(into->commit());
    }
    receipt("1", bank, rejected, "410");
    EXPECT_EQ(run().newest.state, ledger::run_state::received);
}

TEST_P(receipts, of_what_was_not_sent_are_refused) {
    EXPECT_EQ(receipt("1", bank, accepted_by_bank).text, "the document has not been sent this way yet");
    EXPECT_THAT(receipt("2", bank, accepted_by_bank).text, HasSubstr("no document of a run"));
    EXPECT_THAT(receipt("1", print, delivered).text, HasSubstr("no document of a run"));
    send("1");
    EXPECT_EQ(receipt("1", bank, delivered).text, "bank says nothing of delivered");
    EXPECT_EQ(receipt("1", network, accepted_by_bank).text, "network says nothing of accepted_by_bank");
    EXPECT_THAT(steps("1"), ElementsAre("bank queued"));
}

// EINV-B08: only a person sends once more, and the old channel's answers do not touch what came after.
TEST_P(receipts, of_an_earlier_attempt_leave_the_resent_one_alone) {
    send("1");
    receipt("1", bank, accepted_by_bank);
    must(decide(delivery_word::what::send, print));
    EXPECT_THAT(steps("1"), ElementsAre("bank accepted_by_bank", "print planned"));
    const auto answer = receipt("1", bank, rejected, "410");
    EXPECT_TRUE(answer.is_new);
    EXPECT_THAT(answer.text, HasSubstr("a person had sent it another way"));
    EXPECT_THAT(steps("1"), ElementsAre("bank rejected 410", "print planned"));
}

TEST_P(receipts, of_one_key_count_once_though_the_document_was_resent) {
    send("1");
    receipt("1", bank, rejected, "410", "a");
    send("1");
    must(decide(delivery_word::what::delivered));
    must(decide(delivery_word::what::send, bank));
    send("1");
    const auto again = receipt("1", bank, rejected, "410", "a");
    EXPECT_FALSE(again.is_new) << "the old answer once more, or that of the new one: nobody knows";
    EXPECT_EQ(again.rule, "BILL-R05");
    EXPECT_EQ(matters(), 1U);
    EXPECT_THAT(steps("1"), ElementsAre("bank rejected 410", "network delivered", "bank queued"));
    EXPECT_TRUE(receipt("1", bank, rejected, "410", "b").is_new);
    EXPECT_THAT(steps("1"), ElementsAre("bank rejected 410", "network delivered", "bank rejected 410", "network planned"));
}

TEST_P(receipts, and_words_of_a_person_exclude_each_other) {
    ledger::expect_error(decide(delivery_word::what::send), error_code::conflict, "it is planned already");
    ledger::expect_error(decide(delivery_word::what::send, forwarding), error_code::conflict, "it is planned already");
    send("1");
    ledger::expect_error(decide(delivery_word::what::withdraw), error_code::conflict, "it is sent");
    must(decide(delivery_word::what::delivered));
    ledger::expect_error(decide(delivery_word::what::delivered), error_code::conflict, "it is delivered");
    ledger::expect_error(decide(delivery_word::what::withdraw), error_code::conflict, "it is delivered");
    ledger::expect_error(decide(delivery_word::what::send, forwarding), error_code::conflict, "BILL-R07");
    ledger::expect_error(decide(delivery_word::what::send, email), error_code::conflict, "BILL-R08");
    terms.offered = {bank};
    ledger::expect_error(decide(delivery_word::what::send, print), error_code::conflict, "no [[tenant.invoices.channel]]");
    must(decide(delivery_word::what::send, bank));
    must(decide(delivery_word::what::withdraw));
    EXPECT_THAT(steps("1"), ElementsAre("bank delivered", "bank withdrawn"));
    auto into = begin();
    ledger::expect_error(decide_delivery(1, {}, terms, *into), error_code::not_found);
}

TEST_P(receipts, and_words_wait_for_a_file_that_has_not_left) {
    send(document("1"), ledger::sending::queued);
    for (const auto said : {delivery_word::what::withdraw, delivery_word::what::delivered, delivery_word::what::send})
        ledger::expect_error(decide(said), error_code::conflict, "is on its way: brygga close it first");
    EXPECT_EQ(receipt("1", bank, rejected).text, "the document has not been sent this way yet");
    {
        auto into = begin();
        must(into->exchange().add_event(document("1").now.newest.outgoing_id, {ledger::sending::closed, 0, "x", "eva", 0}));
        must(into->commit());
    }
    must(decide(delivery_word::what::send, print));
    EXPECT_THAT(steps("1"), ElementsAre("bank queued", "print planned"));
}

BRYGGA_ALL_STORES(receipts);

}  // namespace
}  // namespace brygga::billing::test
