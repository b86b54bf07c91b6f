// RF-R01, RF-R02, BILL-R25, BILL-R26: what is asked for, what holds it, who releases it.
#include "mapping/payouts/request.hpp"

#include "mapping/outbound/mandate_words.hpp"
#include "tests/payouts/desk.hpp"

namespace brygga::payouts::test {
namespace {

class payout_request : public desk {};

TEST_F(payout_request, RF_R01_takes_the_money_off_the_customers_credit_at_once) {
    pay_too_much(100000);
    const auto asked = must(ask_for(30050));
    EXPECT_EQ(asked.amount_ore, 30050);
    EXPECT_EQ(asked.goes.route, ledger::payout_route::credit_transfer);
    EXPECT_EQ(asked.goes.to, their_account);
    EXPECT_EQ(state(asked.id), "draft");
    EXPECT_EQ(free_ore(), 69950);
    EXPECT_EQ(sum_of(ledger::account::payout), "-30050");
    EXPECT_EQ(matters(), "");
}

TEST_F(payout_request, RF_R01_more_than_is_free_is_refused) {
    pay_too_much(1000);
    expect_error(ask_for(1001), error_code::conflict, "RF-R01: 10.00 kr");
    expect_error(ask_for(0), error_code::conflict, "RF-R01");
    expect_error(ask_for(-5), error_code::conflict, "RF-R01");
    EXPECT_EQ(free_ore(), 1000);
    must(ask_for(600));
    expect_error(ask_for(401), error_code::conflict, "RF-R01: 4.00 kr");
}

TEST_F(payout_request, without_an_amount_is_of_all_advances_and_open_credits) {
    pay_too_much(1000);
    open_credit(250);
    pay_too_much(500);
    payout_wish wish{.customer_id = "K1", .amount_ore = {}, .actor = "eva", .reason = "moved out"};
    EXPECT_EQ(must(ask(wish, terms, in())).amount_ore, 1750);
    EXPECT_EQ(free_ore(), 0);
    expect_error(ask(wish, terms, in()), error_code::conflict, "RF-R01: 0.00 kr");
}

TEST_F(payout_request, of_nobody_is_refused) {
    payout_wish wish{.customer_id = "K9", .amount_ore = 5, .actor = "eva"};
    expect_error(ask(wish, terms, in()), error_code::not_found, "K9");
}

TEST_F(payout_request, under_the_same_key_is_the_same) {
    pay_too_much(1000);
    payout_wish wish{.customer_id = "K1", .amount_ore = 400, .key = "move-out 17", .actor = "eva"};
    const auto first = must(ask(wish, terms, in()));
    EXPECT_EQ(must(ask(wish, terms, in())).id, first.id);
    EXPECT_EQ(free_ore(), 600);
    wish.amount_ore = 401;
    expect_error(ask(wish, terms, in()), error_code::conflict, "under this key");
}

TEST_F(payout_request, on_request_pays_what_the_customer_owes_first) {
    const ledger::invoice bill = ledger::samples::an_invoice("F1", "K1", {20000, 10000});
    must(post_invoice(in(), bill));
    pay_too_much(50000);
    payout_wish wish{.customer_id = "K1", .amount_ore = {}, .net_against_debt = true, .actor = "eva"};
    const auto asked = must(ask(wish, terms, in()));
    EXPECT_EQ(asked.netted_ore, 30000);
    EXPECT_EQ(asked.amount_ore, 20000);
    EXPECT_EQ(must(in().invoice_with_number("F1"))->open_ore(), 0);
    EXPECT_EQ(free_ore(), 0);
}

TEST_F(payout_request, that_netting_takes_whole_leaves_no_payout) {
    const ledger::invoice bill = ledger::samples::an_invoice("F1", "K1", {20000, 10000});
    must(post_invoice(in(), bill));
    pay_too_much(12000);
    payout_wish wish{.customer_id = "K1", .amount_ore = {}, .net_against_debt = true, .actor = "eva"};
    const auto asked = must(ask(wish, terms, in()));
    EXPECT_EQ(asked.id, 0);
    EXPECT_EQ(asked.netted_ore, 12000);
    EXPECT_EQ(must(in().invoice_with_number("F1"))->open_ore(), 18000);
    EXPECT_TRUE(must(in().payouts().payouts_of_customer("K1")).empty());
}

TEST_F(payout_request, leaves_what_is_disputed) {
    const ledger::invoice bill = ledger::samples::an_invoice("F1", "K1", {20000});
    must(post_invoice(in(), bill));
    must(
        in().add_objection({must(in().invoice_with_number("F1"))->id, 0, ledger::objection_state::raised, "eva", "meter", 0, 0}));
    pay_too_much(12000);
    payout_wish wish{.customer_id = "K1", .amount_ore = {}, .net_against_debt = true, .actor = "eva"};
    EXPECT_EQ(must(ask(wish, terms, in())).netted_ore, 0);
}

// A disputed part in credit lowers what the invoice can take all the same.
TEST_F(payout_request, nets_no_more_than_is_open_on_the_whole) {
    const ledger::invoice bill = ledger::samples::an_invoice("F1", "K1", {20000, -5000});
    must(post_invoice(in(), bill));
    must(
        in().add_objection({must(in().invoice_with_number("F1"))->id, 2, ledger::objection_state::raised, "eva", "meter", 0, 0}));
    pay_too_much(30000);
    payout_wish wish{.customer_id = "K1", .amount_ore = {}, .net_against_debt = true, .actor = "eva"};
    EXPECT_EQ(must(ask(wish, terms, in())).netted_ore, 15000);
}

TEST_F(payout_request, RF_R02_needs_a_second_person) {
    pay_too_much(1000);
    const auto id = must(ask_for(1000)).id;
    expect_error(approve(id, std::string(clerk), "x", terms, in()), error_code::permission_denied, "RF-R02");
    EXPECT_EQ(state(id), "draft");
    EXPECT_TRUE(must(approve(id, std::string(chief), "x", terms, in())).approved);
    EXPECT_EQ(state(id), "approved");
    expect_error(approve(id, std::string(chief), "x", terms, in()), error_code::conflict, "is approved");
}

TEST_F(payout_request, RF_R02_up_to_the_amount_one_person_is_enough) {
    terms.two_persons_above_ore = 1000;
    pay_too_much(3000);
    EXPECT_TRUE(must(approve(must(ask_for(1000)).id, std::string(clerk), "x", terms, in())).approved);
    expect_error(approve(must(ask_for(1001)).id, std::string(clerk), "x", terms, in()), error_code::permission_denied, "RF-R02");
}

TEST_F(payout_request, RF_R02_a_newly_changed_account_is_for_a_person) {
    pay_too_much(1000, "");
    give_account({ledger::payee_account_kind::plusgiro, {}, "28571"});
    give_account(their_account);
    const auto id = must(ask_for(1000)).id;
    EXPECT_EQ(matters(), "payout-account-changed");
    const auto held = must(approve(id, std::string(chief), "x", terms, in()));
    EXPECT_FALSE(held.approved);
    EXPECT_EQ(held.held_by.size(), 1u);
    close_matters();
    EXPECT_TRUE(must(approve(id, std::string(chief), "x", terms, in())).approved);
}

TEST_F(payout_request, RF_R02_an_account_changed_long_ago_is_as_good_as_the_first) {
    pay_too_much(1000, "");
    give_account({ledger::payee_account_kind::plusgiro, {}, "28571"});
    give_account(their_account);
    terms.today = 2026y / 6 / 27;  // thirty days after
    must(ask_for(500));
    EXPECT_EQ(matters(), "");
    terms.today = 2026y / 6 / 26;
    must(ask_for(500));
    EXPECT_EQ(matters(), "payout-account-changed");
}

TEST_F(payout_request, of_a_protected_customer_is_held) {
    pay_too_much(1000);
    berit.protected_identity = true;
    change(berit);
    const auto id = must(ask_for(1000)).id;
    EXPECT_EQ(matters(), "payout-protected");
    EXPECT_FALSE(must(approve(id, std::string(chief), "x", terms, in())).approved);
    EXPECT_EQ(state(id), "draft");
    terms.to_accounts = ledger::payout_route::supplier_payment;
    close_matters();
    EXPECT_TRUE(must(approve(id, std::string(chief), "seen to", terms, in())).approved);
}

TEST_F(payout_request, of_a_deceased_customer_is_held) {
    pay_too_much(1000);
    berit.estate = true;
    change(berit);
    const auto id = must(ask_for(1000)).id;
    EXPECT_EQ(matters(), "payout-estate");
    EXPECT_FALSE(must(approve(id, std::string(chief), "x", terms, in())).approved);
}

TEST_F(payout_request, BILL_R26_without_an_account_is_a_case_and_never_a_guess) {
    pay_too_much(1000, "");
    const auto asked = must(ask_for(1000));
    EXPECT_EQ(asked.goes.route, ledger::payout_route::none);
    EXPECT_EQ(matters(), "payout-without-account");
    close_matters();
    expect_error(approve(asked.id, std::string(chief), "x", terms, in()), error_code::conflict, "RF-R03");
    give_account(their_account);
    EXPECT_TRUE(must(approve(asked.id, std::string(chief), "x", terms, in())).approved);
    EXPECT_EQ(item(asked.id).newest.to, their_account);
}

TEST_F(payout_request, waits_for_an_account_no_longer_when_there_is_one) {
    pay_too_much(1000, "");
    must(ask_for(400));
    must(ask_for(600));
    EXPECT_EQ(matters(), "payout-without-account payout-without-account");
    terms.to_accounts = ledger::payout_route::none;
    give_account(their_account);
    EXPECT_EQ(matters(), "payout-without-account payout-without-account") << "no way leads there";
    terms.to_accounts = ledger::payout_route::credit_transfer;
    give_account({ledger::payee_account_kind::bankgiro, {}, "9912346"});
    EXPECT_EQ(matters(), "");
}

TEST_F(payout_request, is_withdrawn_until_it_has_been_exported) {
    pay_too_much(1000);
    const auto draft = must(ask_for(300)).id;
    const auto ready = approved(300);
    const auto gone = exported(400);
    EXPECT_EQ(free_ore(), 0);
    must(withdraw(draft, "eva", "wants it on the next invoice", in()));
    must(withdraw(ready, "eva", "likewise", in()));
    expect_error(withdraw(gone, "eva", "likewise", in()), error_code::conflict, "is exported");
    expect_error(withdraw(draft, "eva", "again", in()), error_code::conflict, "is withdrawn");
    EXPECT_EQ(free_ore(), 600);
    EXPECT_EQ(sum_of(ledger::account::payout), "-400");
}

TEST_F(payout_request, that_would_go_elsewhere_now_is_a_draft_again) {
    pay_too_much(1000, "");
    give_account(their_account);
    const auto id = approved(1000);
    EXPECT_TRUE(must(may_leave(item(id), terms, in())));
    give_account({ledger::payee_account_kind::plusgiro, {}, "28571"});
    EXPECT_FALSE(must(may_leave(item(id), terms, in())));
    EXPECT_EQ(state(id), "draft");
    EXPECT_EQ(matters(), "payout-goes-elsewhere");
}

TEST_F(payout_request, of_somebody_who_is_protected_since_its_release_does_not_leave) {
    pay_too_much(1000);
    terms.to_accounts = ledger::payout_route::supplier_payment;
    const auto id = approved(1000);
    berit.protected_identity = true;
    change(berit);
    EXPECT_FALSE(must(may_leave(item(id), terms, in())));
    EXPECT_EQ(state(id), "approved");
    close_matters();
    EXPECT_TRUE(must(may_leave(item(id), terms, in())));
}

// A wish with a typed key that looks like one of our own must not meet one without.
TEST_F(payout_request, without_a_key_never_meets_one_with_a_key) {
    pay_too_much(100000);
    payout_wish keyed{.customer_id = "K1", .amount_ore = 400, .key = "K1 2", .actor = "eva"};
    const auto first = must(ask(keyed, terms, in()));
    const auto second = must(ask_for(400));
    const auto third = must(ask_for(400));
    EXPECT_NE(second.id, first.id);
    EXPECT_NE(third.id, second.id);
    EXPECT_EQ(free_ore(), 100000 - 3 * 400);
    keyed.key = "#1";
    expect_error(ask(keyed, terms, in()), error_code::invalid_argument, "#");
    keyed.key = "K1 3";
    keyed.net_against_debt = true;
    expect_error(ask(keyed, terms, in()), error_code::invalid_argument, "netting");
}

TEST_F(payout_request, that_was_asked_for_before_tells_how_it_stands) {
    pay_too_much(1000);
    payout_wish wish{.customer_id = "K1", .amount_ore = 400, .key = "move-out 17", .actor = "eva"};
    must(withdraw(must(ask(wish, terms, in())).id, "eva", "second thought", in()));
    EXPECT_EQ(must(ask(wish, terms, in())).state, ledger::payout_state::withdrawn);
    wish.purpose = "deposit";
    expect_error(ask(wish, terms, in()), error_code::conflict, "is another");
}

TEST_F(payout_request, is_in_kronor) {
    pay_too_much(1000);
    const payout_wish wish{.customer_id = "K1", .amount_ore = 400, .currency = "EUR", .actor = "eva"};
    expect_error(ask(wish, terms, in()), error_code::invalid_argument, "kronor");
}

TEST_F(payout_request, that_was_exported_is_no_draft_again) {
    pay_too_much(1000);
    const auto id = exported(400);
    for (const auto state : {ledger::payout_state::draft, ledger::payout_state::approved, ledger::payout_state::withdrawn}) {
        ledger::payout_event event = item(id).newest;
        event.state = state;
        EXPECT_FALSE(in().attempt([&] { return in().payouts().add_payout_event(id, event); })) << name(state);
    }
    EXPECT_EQ(state(id), "exported");
}

TEST_F(payout_request, RF_R02_knows_a_person_however_the_name_is_typed) {
    pay_too_much(1000);
    const auto id = must(ask_for(1000)).id;
    for (const std::string_view same : {"Eva", "eva ", " EVA"})
        expect_error(approve(id, std::string(same), "x", terms, in()), error_code::permission_denied, "RF-R02");
}

TEST_F(payout_request, RF_R02_counts_what_one_person_lets_out_together) {
    terms.two_persons_above_ore = 1000;
    pay_too_much(5000);
    EXPECT_TRUE(must(approve(must(ask_for(600)).id, std::string(clerk), "x", terms, in())).approved);
    const auto second = must(ask_for(401)).id;
    expect_error(approve(second, std::string(clerk), "x", terms, in()), error_code::permission_denied, "RF-R02");
    EXPECT_TRUE(must(approve(second, std::string(chief), "x", terms, in())).approved);
    EXPECT_TRUE(must(approve(must(ask_for(400)).id, std::string(clerk), "x", terms, in())).approved) << "chief saw the second";
}

TEST_F(payout_request, RF_R02_is_not_approved_by_who_entered_the_account) {
    pay_too_much(1000, "");
    ledger::customer_account entered{0, "K1", their_account, std::string(chief), "by BankID", 0};
    must(in().payouts().add_account(entered));
    const auto id = must(ask_for(1000)).id;
    expect_error(approve(id, std::string(chief), "x", terms, in()), error_code::permission_denied, "entered the account");
    EXPECT_TRUE(must(approve(id, "karin", "x", terms, in())).approved);
}

TEST_F(payout_request, RF_R02_is_not_approved_by_who_typed_the_account_of_the_mandate) {
    terms.direct_debit_up_to_ore = 5000;
    pay_too_much(1000, "");
    must(outbound::ask_for_mandate({"9912346", "K1", "7001", "5841-1009823", "19811228-9874"},
                                   {std::string(chief), "signed on paper", today}, in()));
    add_mandate("5841000001009823");  // Bankgirot's answer
    const auto id = must(ask_for(1000)).id;
    expect_error(approve(id, "Nils", "x", terms, in()), error_code::permission_denied, "entered the account");
    EXPECT_TRUE(must(approve(id, "karin", "x", terms, in())).approved);
}

TEST_F(payout_request, RF_R02_is_not_approved_by_who_said_whose_mandate_it_is) {
    terms.direct_debit_up_to_ore = 5000;
    pay_too_much(1000, "");
    const auto mandate = add_mandate("5841000001009823", ledger::mandate_state::proposed);
    must(outbound::approve_mandate(mandate, "K1", {std::string(chief), "called", today}, in()));
    add_mandate("5841000001009823");
    const auto id = must(ask_for(1000)).id;
    expect_error(approve(id, std::string(chief), "x", terms, in()), error_code::permission_denied, "spoke for its mandate");
}

TEST_F(payout_request, RF_R02_is_not_approved_by_who_approved_a_change_of_account) {
    terms.direct_debit_up_to_ore = 5000;
    pay_too_much(1000, "");
    add_mandate("8901003232323232");
    ledger::mandate change{0, "9912346", "7001", true};
    must(in().direct_debit().add_mandate(change));
    must(in().direct_debit().add_mandate_event(
        change.id, {ledger::mandate_state::proposed, "K1", "5841000001009823", {}, today, {}, {}, 99, {}, {}}));
    must(outbound::approve_mandate(change.id, {}, {std::string(chief), "called", today}, in()));
    add_mandate("5841000001009823");
    const auto id = must(ask_for(1000)).id;
    expect_error(approve(id, std::string(chief), "x", terms, in()), error_code::permission_denied, "spoke for its mandate");
}

TEST_F(payout_request, RF_R02_is_not_approved_by_who_said_whose_mandate_it_is_that_was_nobodys) {
    terms.direct_debit_up_to_ore = 5000;
    pay_too_much(1000, "");
    ledger::mandate row{0, "9912346", "9001"};
    must(in().direct_debit().add_mandate(row));
    must(in().direct_debit().add_mandate_event(
        row.id, {ledger::mandate_state::active, {}, "5841000001009823", {}, today, "04", "32", 99, {}, {}}));
    must(outbound::assign_mandate(row.id, "K1", {std::string(chief), "called", today}, in()));
    const auto id = must(ask_for(1000)).id;
    expect_error(approve(id, std::string(chief), "x", terms, in()), error_code::permission_denied, "spoke for its mandate");
    EXPECT_FALSE(must(approve(id, "karin", "x", terms, in())).approved);
    EXPECT_EQ(matters(), "payout-account-changed");
}

TEST_F(payout_request, RF_R02_an_account_that_is_told_late_is_changed_lately) {
    terms.direct_debit_up_to_ore = 5000;
    pay_too_much(1000, "");
    const auto mandate = add_mandate("8901003232323232");
    ledger::mandate_event told = must(in().direct_debit().mandate_with_id(mandate))->newest;
    told.account = "5841000001009823";
    told.day = add_days(today, -700);
    told.source_id = 99;
    must(in().direct_debit().add_mandate_event(mandate, told));
    const auto id = must(ask_for(1000)).id;
    EXPECT_FALSE(must(approve(id, std::string(chief), "x", terms, in())).approved);
    EXPECT_EQ(matters(), "payout-account-changed");
}

TEST_F(payout_request, RF_R02_a_mandate_with_another_account_is_for_a_person) {
    terms.direct_debit_up_to_ore = 5000;
    pay_too_much(1000, "");
    add_mandate("5841000001009823");
    const auto id = approved(1000);
    add_mandate("8901003232323232");
    EXPECT_FALSE(must(may_leave(item(id), terms, in())));
    EXPECT_EQ(state(id), "draft");
    EXPECT_EQ(matters(), "payout-goes-elsewhere");
    EXPECT_FALSE(must(approve(id, std::string(chief), "x", terms, in())).approved);
    EXPECT_EQ(matters(), "payout-goes-elsewhere payout-account-changed");
}

TEST_F(payout_request, of_a_customer_with_overdue_debt_is_for_a_person) {
    pay_too_much(1000);
    const ledger::invoice bill = ledger::samples::an_invoice("F1", "K1", {20000});
    must(post_invoice(in(), bill, {.use_free_advances = false}));
    const auto id = must(ask_for(1000)).id;
    EXPECT_EQ(matters(), "payout-despite-debt");
    EXPECT_FALSE(must(approve(id, std::string(chief), "x", terms, in())).approved);
    close_matters();
    EXPECT_TRUE(must(approve(id, std::string(chief), "x", terms, in())).approved);
}

TEST_F(payout_request, made_of_a_credit_note_that_the_customer_deducts_is_for_a_person) {
    const ledger::row_id note = open_credit(900);
    give_account(their_account);
    const auto ready = approved(500), gone = exported(400);
    must(credit_deducted(note, "K1", in()));
    EXPECT_EQ(state(ready), "draft");
    EXPECT_EQ(state(gone), "exported");
    EXPECT_EQ(matters(), "payout-credit-deducted payout-credit-deducted");
    must(credit_deducted(note + 1, "K1", in()));
    EXPECT_EQ(must(in().matters().open_matters(100)).size(), 2u);
}

TEST_F(payout_request, RF_R02_counts_from_the_approval_and_not_from_the_wish) {
    terms.two_persons_above_ore = 1000;
    pay_too_much(5000);
    const auto first = must(ask_for(600)).id, second = must(ask_for(600)).id;
    terms.today = 2026y / 7 / 30;  // long after
    EXPECT_TRUE(must(approve(first, std::string(clerk), "x", terms, in())).approved);
    expect_error(approve(second, std::string(clerk), "x", terms, in()), error_code::permission_denied, "RF-R02");
}

TEST_F(payout_request, RF_R02_knows_letters_beyond_ascii) {
    pay_too_much(1000);
    payout_wish wish{.customer_id = "K1", .amount_ore = 1000, .actor = "Åsa Ö"};
    const auto id = must(ask(wish, terms, in())).id;
    expect_error(approve(id, "åsa ö", "x", terms, in()), error_code::permission_denied, "RF-R02");
}

TEST_F(payout_request, RF_R02_an_account_given_where_a_mandate_told_another_is_for_a_person) {
    pay_too_much(1000, "");
    add_mandate("8901003232323232");
    give_account(their_account);
    must(ask_for(1000));
    EXPECT_EQ(matters(), "payout-account-changed");
}

TEST_F(payout_request, that_a_deduction_stopped_is_held_until_somebody_has_seen_to_it) {
    const ledger::row_id note = open_credit(900);
    give_account(their_account);
    const auto id = approved(500);
    must(credit_deducted(note, "K1", in()));
    EXPECT_FALSE(must(approve(id, std::string(chief), "x", terms, in())).approved);
    close_matters();
    EXPECT_TRUE(must(approve(id, std::string(chief), "x", terms, in())).approved);
}

TEST_F(payout_request, PRO_R03_of_a_protected_customer_says_why_there_is_no_way) {
    pay_too_much(1000);
    berit.protected_identity = true;
    change(berit);
    const auto id = must(ask_for(1000)).id;
    EXPECT_EQ(matters(), "payout-protected");
    close_matters();
    expect_error(approve(id, std::string(chief), "x", terms, in()), error_code::conflict, "PRO-R03");
}

}  // namespace
}  // namespace brygga::payouts::test
