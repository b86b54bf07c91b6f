// What the bank says of a payout, and that it may say it again.
#include "mapping/payouts/outcome.hpp"

#include <gmock/gmock.h>

#include "tests/payouts/desk.hpp"

namespace brygga::payouts::test {
namespace {

class payout_outcome : public desk {
 protected:
    const told_by bank{"ACSC", 90};
};

TEST_F(payout_outcome, executed_money_is_off_the_bank_once) {
    pay_too_much(1000);
    const auto id = exported(700);
    must(accepted(item(id), {"ACCP", 89}, in()));
    EXPECT_EQ(state(id), "accepted");
    for (int twice = 0; twice < 2; ++twice)
        must(executed(item(id), today, bank, in()));
    EXPECT_EQ(state(id), "executed");
    EXPECT_EQ(sum_of(ledger::account::payout), "0");
    EXPECT_EQ(sum_of(ledger::account::bank), "300");
    EXPECT_EQ(free_ore(), 300);
    must(accepted(item(id), {"ACCP", 91}, in()));
    EXPECT_EQ(state(id), "executed");
    EXPECT_EQ(matters(), "");
}

TEST_F(payout_outcome, rejected_money_is_the_customers_credit_again) {
    pay_too_much(500);
    open_credit(250);
    const auto id = exported(700);
    EXPECT_EQ(free_ore(), 50);
    for (int twice = 0; twice < 2; ++twice)
        must(rejected(item(id), {"AC04", 90}, in()));
    EXPECT_EQ(state(id), "rejected");
    EXPECT_EQ(item(id).newest.code, "AC04");
    EXPECT_EQ(free_ore(), 750);
    EXPECT_EQ(sum_of(ledger::account::payout), "0");
    EXPECT_EQ(matters(), "payout-rejected");
    EXPECT_NE(must(ask_for(700)).id, id);  // a new one may be asked for
}

TEST_F(payout_outcome, returned_money_is_at_the_bank_and_the_customers_again) {
    pay_too_much(1000);
    const auto id = exported(700);
    must(executed(item(id), today, bank, in()));
    for (int twice = 0; twice < 2; ++twice)
        must(returned(item(id), today, {"AC04", 92}, in()));
    EXPECT_EQ(state(id), "returned");
    EXPECT_EQ(sum_of(ledger::account::bank), "1000");
    EXPECT_EQ(sum_of(ledger::account::payout), "0");
    EXPECT_EQ(free_ore(), 1000);
    EXPECT_EQ(matters(), "payout-returned");
}

TEST_F(payout_outcome, what_comes_back_before_it_was_told_as_paid_was_paid) {
    pay_too_much(1000);
    const auto id = exported(700);
    must(returned(item(id), today, {"AC04", 92}, in()));
    EXPECT_EQ(sum_of(ledger::account::bank), "1000");
    EXPECT_EQ(free_ore(), 1000);
    std::string states;
    for (const ledger::payout_event& each : must(in().payouts().payout_events(id)))
        states += std::string(name(each.state)) + " ";
    EXPECT_EQ(states, "draft approved exported executed returned ");
}

TEST_F(payout_outcome, money_that_left_though_it_was_rejected_is_for_a_person) {
    pay_too_much(1000);
    const auto id = exported(700);
    must(rejected(item(id), {"AC04", 90}, in()));
    must(executed(item(id), today, bank, in()));
    EXPECT_EQ(state(id), "rejected");
    EXPECT_EQ(matters(), "payout-rejected payout-paid-after-all");
    EXPECT_EQ(free_ore(), 1000);
    expect_error(returned(item(id), today, bank, in()), error_code::conflict, "is rejected");
}

TEST_F(payout_outcome, a_rejection_of_what_was_paid_gives_nothing_back) {
    pay_too_much(1000);
    const auto id = exported(700);
    must(executed(item(id), today, bank, in()));
    must(rejected(item(id), {"AC04", 90}, in()));
    EXPECT_EQ(state(id), "executed");
    EXPECT_EQ(free_ore(), 300);
    EXPECT_EQ(matters(), "payout-rejected");
}

}  // namespace
}  // namespace brygga::payouts::test
