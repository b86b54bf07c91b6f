// Payouts and customers' accounts, in every store.
#include "mapping/ledger/payouts.hpp"

#include <gmock/gmock.h>

#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

const payee_account theirs{payee_account_kind::bank_account, "5841", "1009823"};

class payouts : public store_test {
 protected:
    static payout a_payout(std::string key = "K1 1", std::int64_t amount_ore = 700) {
        return {0, std::move(key), "K1", amount_ore, "SEK", "overpayment"};
    }
    static payout_event at(payout_state state, row_id source_id = 0) {
        payout_event out;
        out.state = state;
        out.day = due;
        out.route = payout_route::credit_transfer;
        out.to = theirs;
        out.source_id = source_id;
        out.actor = "clerk";
        return out;
    }
    static row_id add_payout(transaction& into, std::string key, payout_state state = payout_state::draft) {
        payout item = a_payout(std::move(key));
        must(into.payouts().add_payout(item));
        must(into.payouts().add_payout_event(item.id, at(state)));
        return item.id;
    }
    // From the advance to the payout.
    static entry promise(row_id payout_id, row_id advance_id, std::int64_t amount_ore) {
        entry out;
        out.kind = entry_kind::payout;
        out.source_id = payout_id;
        out.value_date = due;
        out.postings = {{account::advance, amount_ore, "SEK", advance_id, 0, "K1", "payout"},
                        {account::payout, -amount_ore, "SEK", payout_id, 0, "K1", "payout"}};
        return out;
    }
    static entry pay(row_id payout_id, std::int64_t amount_ore) {
        entry out;
        out.kind = entry_kind::payout;
        out.source_id = payout_id;
        out.value_date = due;
        out.postings = {{account::payout, amount_ore, "SEK", payout_id, 0, "K1", "payout"},
                        {account::bank, -amount_ore, "SEK", payout_id, 0, {}, "payout"}};
        return out;
    }
};

TEST_P(payouts, a_payout_is_what_was_told_of_it_last) {
    auto into = begin();
    const row_id id = add_payout(*into, "K1 1");
    must(into->payouts().add_payout_event(id, at(payout_state::approved)));
    must(into->payouts().add_payout_event(id, at(payout_state::approved)));  // the same again
    must(into->commit());
    into.reset();

    const auto from = read();
    const auto known = must(from->payouts().payout_with_id(id));
    ASSERT_TRUE(known);
    EXPECT_EQ(known->newest.state, payout_state::approved);
    EXPECT_EQ(known->newest.to, theirs);
    EXPECT_EQ(known->newest.route, payout_route::credit_transfer);
    EXPECT_EQ(known->row.amount_ore, 700);
    EXPECT_EQ(must(from->payouts().payout_events(id)).size(), 2U);
    EXPECT_EQ(must(from->payouts().payout_with_key("K1 1"))->row.id, id);
    EXPECT_EQ(must(from->payouts().payouts_of_customer("K1")).size(), 1U);
    EXPECT_TRUE(must(from->payouts().payouts_in_state(payout_state::draft)).empty());
    EXPECT_EQ(must(from->payouts().payouts_in_state(payout_state::approved)).size(), 1U);
    EXPECT_EQ(must(from->name_of(id)), "payout K1 1");
    EXPECT_FALSE(must(must(ledger->begin_read("another"))->payouts().payout_with_key("K1 1")));
}

TEST_P(payouts, the_same_again_is_there_already_and_another_a_conflict) {
    auto into = begin();
    payout one = a_payout();
    must(into->payouts().add_payout(one));
    payout again = a_payout();
    must(into->payouts().add_payout(again));
    EXPECT_EQ(again.id, one.id);
    payout other = a_payout("K1 1", 701);
    expect_error(into->payouts().add_payout(other), error_code::conflict, "other content");
    expect_error(into->payouts().add_payout_event(99, at(payout_state::draft)), error_code::not_found);
}

TEST_P(payouts, of_a_file_are_those_that_were_exported_in_it) {
    auto into = begin();
    const row_id first = add_payout(*into, "K1 1"), second = add_payout(*into, "K1 2");
    add_payout(*into, "K1 3");
    must(into->payouts().add_payout_event(first, at(payout_state::exported, 77)));
    must(into->payouts().add_payout_event(second, at(payout_state::exported, 77)));
    must(into->payouts().add_payout_event(second, at(payout_state::accepted, 78)));
    const auto of_file = must(into->payouts().payouts_of_file(77));
    ASSERT_EQ(of_file.size(), 2U);
    EXPECT_EQ(of_file[0].row.id, first);
    EXPECT_EQ(of_file[1].newest.state, payout_state::accepted);
    EXPECT_TRUE(must(into->payouts().payouts_of_file(78)).empty());
    EXPECT_EQ(must(into->payouts().exported_since(0, "SEK")).text(), "1400");
    EXPECT_EQ(must(into->payouts().exported_since(0, "EUR")).text(), "0");
    EXPECT_EQ(must(into->payouts().exported_since(time.now() + 1, "SEK")).text(), "0");
}

TEST_P(payouts, one_is_exported_once) {
    auto into = begin();
    const row_id id = add_payout(*into, "K1 1");
    must(into->payouts().add_payout_event(id, at(payout_state::exported, 77)));
    must(into->payouts().add_payout_event(id, at(payout_state::rejected, 78)));
    EXPECT_FALSE(into->payouts().add_payout_event(id, at(payout_state::exported, 79)));
}

TEST_P(payouts, money_is_promised_once_and_paid_once) {
    auto into = begin();
    must(into->put_customer(a_customer()));
    const row_id advance_id = give_advance(*into, "K1", 1000);
    const row_id id = add_payout(*into, "K1 1");
    entry first = promise(id, advance_id, 700);
    must(into->add_entry(first));
    entry too_much = promise(add_payout(*into, "K1 2"), advance_id, 301);
    expect_error(into->add_entry(too_much), error_code::conflict, "BILL-R25: 300");
    EXPECT_EQ(must(into->free_advances_of("K1")).at(0).free_ore, 300);

    entry paid_out = pay(id, 700);
    must(into->add_entry(paid_out));
    entry again = pay(id, 700);
    expect_error(into->add_entry(again), error_code::conflict, "RF-R01: 0");
}

TEST_P(payouts, open_credits_of_a_customer_are_those_with_something_left) {
    auto into = begin();
    must(into->put_customer(a_customer()));
    const invoice bill = an_invoice("F1", "K1", {5000});
    post(*into, bill);
    credit_note open = a_credit_note("N1", bill, 900);
    open.settlement = credit_settlement::open;
    const row_id credit_id = post(*into, open);
    ASSERT_EQ(must(into->open_credits_of("K1")).size(), 1U);
    EXPECT_EQ(must(into->open_credits_of("K1")).at(0).open_ore, 900);
    EXPECT_TRUE(must(into->open_credits_of("K2")).empty());

    entry all = promise(add_payout(*into, "K1 1"), credit_id, 900);
    all.postings[0].to = account::credit_note;
    must(into->add_entry(all));
    EXPECT_TRUE(must(into->open_credits_of("K1")).empty());
}

TEST_P(payouts, of_a_customers_accounts_the_newest_comes_first) {
    auto into = begin();
    customer_account first{0, "K1", theirs, "clerk", "by telephone", 0};
    must(into->payouts().add_account(first));
    customer_account again = first;
    must(into->payouts().add_account(again));
    EXPECT_EQ(again.id, first.id);
    customer_account second{0, "K1", {payee_account_kind::plusgiro, {}, "2857"}, "clerk", "BankID", 0};
    must(into->payouts().add_account(second));
    const auto known = must(into->payouts().accounts_of("K1"));
    ASSERT_EQ(known.size(), 2U);
    EXPECT_EQ(known[0].account, second.account);
    EXPECT_EQ(known[1].account, theirs);
    EXPECT_EQ(known[1].reason, "by telephone");
    EXPECT_TRUE(must(into->payouts().accounts_of("K2")).empty());
}

BRYGGA_ALL_STORES(payouts);

}  // namespace
}  // namespace brygga::ledger
