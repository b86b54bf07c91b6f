// BILL-R27: advances that nothing is invoiced against.
#include "mapping/payouts/idle.hpp"

#include "tests/payouts/desk.hpp"

namespace brygga::payouts::test {
namespace {

using idle_advances = desk;

constexpr date long_after = 2026y / 7 / 26;  // 121 days after the payment of 27 March

TEST_F(idle_advances, BILL_R27_are_offered_back_once) {
    pay_too_much(1000);
    must(offer_idle_advances(date(std::chrono::sys_days(long_after) - std::chrono::days(1)), 120, in()));
    EXPECT_EQ(matters(), "");
    must(offer_idle_advances(long_after, 120, in()));
    must(offer_idle_advances(long_after, 120, in()));
    EXPECT_EQ(matters(), "advance-idle");
}

TEST_F(idle_advances, BILL_R27_with_an_invoice_since_are_not) {
    pay_too_much(1000);
    ledger::invoice later = ledger::samples::an_invoice("F1", "K1", {500});
    later.issue_date = 2026y / 4 / 2;
    later.due_date = 2026y / 4 / 30;
    must(post_invoice(in(), later, {.use_free_advances = false}));
    must(offer_idle_advances(long_after, 120, in()));
    EXPECT_EQ(matters(), "");
}

TEST_F(idle_advances, that_are_being_paid_out_are_not) {
    pay_too_much(1000);
    must(ask_for(1000));
    must(offer_idle_advances(long_after, 120, in()));
    EXPECT_EQ(matters(), "");
}

}  // namespace
}  // namespace brygga::payouts::test
