// Invoices, credit notes and advances in the books: BILL-R24, R25, R29 and R30.
#include "mapping/ledger/receivables.hpp"

#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

class receivables : public store_test {};

template <class Outcome>
void expect_rule(const Outcome& outcome, std::string_view rule) {
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, error_code::invalid_content);
    EXPECT_EQ(rule_of(outcome.error()), rule) << outcome.error().text;
}

TEST_P(receivables, an_invoice_is_posted_per_part_once) {
    auto into = begin();
    const invoice item = an_invoice("F1", "K1", {1000, 500});
    const row_id id = post(*into, item);
    EXPECT_EQ(must(post_invoice(*into, item)).document.kind, put_kind::already_there);
    const auto entries = must(into->entries_about(id, 1000));
    ASSERT_EQ(entries.size(), 1U);
    ASSERT_EQ(entries[0].postings.size(), 3U);
    EXPECT_EQ(entries[0].postings[0].amount_ore, 1000);
    EXPECT_EQ(entries[0].postings[0].part_no, 1);
    EXPECT_EQ(entries[0].postings[1].amount_ore, 500);
    EXPECT_EQ(entries[0].postings[2].to, account::billing);
    EXPECT_EQ(entries[0].postings[2].amount_ore, -1500);
    EXPECT_EQ(entries[0].value_date, issued);
}

TEST_P(receivables, bill_r29_parts_make_the_total) {
    auto into = begin();
    invoice item = an_invoice("F1", "K1", {1000, 500});
    item.total_ore = 1501;
    expect_rule(post_invoice(*into, item), "BILL-R29");
    item.rounding_ore = 1;
    EXPECT_TRUE(post_invoice(*into, item));
    item.number = "F2";
    item.lines[1].supply_point.clear();
    expect_rule(post_invoice(*into, item), "BILL-R29");
    EXPECT_EQ(faults_of(item).at(0).pointer, "/lines/1/supply_point");
    item.lines.clear();
    expect_rule(post_invoice(*into, item), "BILL-R29");
    EXPECT_FALSE(must(into->invoice_with_number("F2")));
}

TEST_P(receivables, a_negative_invoice_and_a_due_date_before_the_issue_are_refused) {
    auto into = begin();
    invoice item = an_invoice("F1", "K1", {-100});
    expect_error(post_invoice(*into, item), error_code::invalid_content, "credit note");
    item = an_invoice("F1", "K1", {100});
    item.due_date = add_days(item.issue_date, -1);
    expect_error(post_invoice(*into, item), error_code::invalid_content, "due date");
    item.due_date = item.issue_date;
    EXPECT_TRUE(post_invoice(*into, item));
}

TEST_P(receivables, an_invoice_of_nothing_has_no_entry) {
    auto into = begin();
    EXPECT_TRUE(must(into->entries_about(post(*into, an_invoice("F1", "K1", {0})), 1000)).empty());
    // Parts that cancel out are still claims of their own.
    EXPECT_EQ(must(into->entries_about(post(*into, an_invoice("F2", "K1", {100, -100})), 1000)).size(), 1U);
}

TEST_P(receivables, a_credit_note_is_set_off_as_far_as_its_part_is_open) {
    auto into = begin();
    const invoice item = an_invoice("F1", "K1", {1000, 500});
    post(*into, item);
    bank_file from(*into);
    entry paid_part = to_invoice(from, from.add_payment(150), *must(into->invoice_with_number("F1")), 150);  // 100 of part 1
    must(into->add_entry(paid_part));
    const auto first = must(post_credit_note(*into, a_credit_note("C1", item, 400)));
    EXPECT_EQ(first.offset_ore, 400);
    EXPECT_EQ(first.not_offset_ore, 0);
    const auto second = must(post_credit_note(*into, a_credit_note("C2", item, 600)));
    EXPECT_EQ(second.offset_ore, 500);
    EXPECT_EQ(second.not_offset_ore, 100);
    EXPECT_EQ(second.other_id, must(into->invoice_with_number("F1"))->id);
    const auto invoice_now = must(into->invoice_with_number("F1"));
    EXPECT_EQ(invoice_now->parts[0].open_ore, 0);
    EXPECT_EQ(invoice_now->parts[1].open_ore, 450);
    const auto credits = must(into->credits_with_reference("7010019"));
    ASSERT_EQ(credits.size(), 2U);
    EXPECT_EQ(credits[0].open_ore, 0);
    EXPECT_EQ(credits[1].open_ore, 100);
    EXPECT_EQ(must(post_credit_note(*into, a_credit_note("C2", item, 600))).document.kind, put_kind::already_there);
}

TEST_P(receivables, bill_r30_credit_notes_make_no_more_than_was_invoiced_on_their_part) {
    auto into = begin();
    const invoice item = an_invoice("F1", "K1", {1000, 500});
    post(*into, item);
    expect_rule(post_credit_note(*into, a_credit_note("C1", item, 1002)), "BILL-R30");
    EXPECT_FALSE(must(into->credits_with_reference("7010019")).size());
    post(*into, a_credit_note("C2", item, 700));
    expect_rule(post_credit_note(*into, a_credit_note("C3", item, 302)), "BILL-R30");
    post(*into, a_credit_note("C4", item, 301));
    const invoice alone = an_invoice("F2", "K1", {1000});
    post(*into, alone);
    expect_rule(post_credit_note(*into, a_credit_note("C5", alone, 1001)), "BILL-R30");
}

// 10.02 kronor and a quarter of tax, twice: 12.525 each, 25.05 together, shared out as 12.53 and 12.52. The second alone
// is 12.53.
TEST_P(receivables, a_part_can_be_credited_with_the_tax_that_it_has_alone) {
    auto into = begin();
    const invoice item = an_invoice("F1", "K1", {1252, 1253});
    post(*into, item);
    EXPECT_EQ(must(post_credit_note(*into, a_credit_note("C1", item, 1253))).not_offset_ore, 1);
}

TEST_P(receivables, a_part_that_bears_the_rounding_can_be_credited_whole) {
    auto into = begin();
    invoice item = an_invoice("F1", "K1", {101'563, 50'000});
    item.rounding_ore = -63;
    item.total_ore -= 63;
    post(*into, item);
    const auto whole = must(post_credit_note(*into, a_credit_note("C1", item, 101'563)));
    EXPECT_EQ(whole.offset_ore, 101'500);
    EXPECT_EQ(whole.not_offset_ore, 63) << "an open credit";
    expect_rule(post_credit_note(*into, a_credit_note("C2", item, 2)), "BILL-R30");
}

TEST_P(receivables, a_reference_that_an_open_invoice_has_is_told) {
    auto into = begin();
    const row_id first = post(*into, an_invoice("F1", "K1", {1000}));
    EXPECT_EQ(must(post_invoice(*into, an_invoice("F2", "K2", {500}))).other_id, first);
    EXPECT_EQ(must(post_invoice(*into, an_invoice("F2", "K2", {500}))).other_id, 0);  // there already
    invoice without = an_invoice("F3", "K2", {500});
    without.reference.clear();
    EXPECT_EQ(must(post_invoice(*into, without)).other_id, 0);
    invoice other = an_invoice("F4", "K2", {500});
    other.reference = "1000235505";
    EXPECT_EQ(must(post_invoice(*into, other)).other_id, 0);
}

TEST_P(receivables, an_open_credit_note_lowers_nothing) {
    auto into = begin();
    const invoice item = an_invoice("F1", "K1", {1000});
    post(*into, item);
    credit_note note = a_credit_note("C1", item, 400);
    note.settlement = credit_settlement::open;
    EXPECT_EQ(must(post_credit_note(*into, note)).offset_ore, 0);
    EXPECT_EQ(must(into->invoice_with_number("F1"))->open_ore(), 1000);
    EXPECT_EQ(must(into->credits_with_reference("7010019")).at(0).open_ore, 400);
}

TEST_P(receivables, bill_r30_a_credit_note_names_a_part_that_is_there) {
    auto into = begin();
    const invoice item = an_invoice("F1", "K1", {1000});
    post(*into, item);
    const auto refused = [&](auto change) {
        credit_note note = a_credit_note("C1", item, 400);
        change(note);
        expect_rule(post_credit_note(*into, note), "BILL-R30");
    };
    refused([](credit_note& note) { note.invoice_number.clear(); });
    refused([](credit_note& note) { note.supply_point.clear(); });
    refused([](credit_note& note) { note.invoice_number = "F2"; });
    refused([](credit_note& note) { note.supply_point = "S2"; });
    refused([](credit_note& note) { note.kind = utility::VA; });
    refused([](credit_note& note) { note.customer_id = "K2"; });
    refused([](credit_note& note) { note.currency = "EUR"; });
    EXPECT_TRUE(must(into->credits_with_reference("7010019")).empty());
    credit_note nothing = a_credit_note("C1", item, 0);
    expect_error(post_credit_note(*into, nothing), error_code::invalid_content);
    post(*into, a_credit_note("C1", item, 400));
}

TEST_P(receivables, free_advances_are_used_oldest_first_over_the_parts) {
    auto into = begin();
    const row_id newer = give_advance(*into, "K1", 300, paid);
    const row_id older = give_advance(*into, "K1", 200, issued);
    give_advance(*into, "K2", 9000);
    const auto outcome = must(post_invoice(*into, an_invoice("F1", "K1", {300, 100})));
    EXPECT_EQ(outcome.advance_used_ore, 400);
    const auto invoice_now = must(into->invoice_with_number("F1"));
    EXPECT_EQ(invoice_now->open_ore(), 0);
    const auto left = must(into->free_advances_of("K1"));
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].row.id, newer);
    EXPECT_EQ(left[0].free_ore, 100);
    EXPECT_EQ(must(into->entries_about(older, 1000)).size(), 2U);
    EXPECT_EQ(must(post_invoice(*into, an_invoice("F2", "K1", {300, 300}))).advance_used_ore, 100);
    EXPECT_EQ(must(into->invoice_with_number("F2"))->parts[0].open_ore, 250);
    EXPECT_EQ(must(post_invoice(*into, an_invoice("F3", "K1", {50}))).advance_used_ore, 0);
}

TEST_P(receivables, the_policy_can_leave_advances_alone) {
    auto into = begin();
    give_advance(*into, "K1", 300);
    EXPECT_EQ(must(post_invoice(*into, an_invoice("F1", "K1", {300}), {false})).advance_used_ore, 0);
    EXPECT_EQ(must(into->free_advances_of("K1")).at(0).free_ore, 300);
}

TEST_P(receivables, bill_r24_a_reservation_is_used_oldest_first_and_the_rest_released) {
    auto into = begin();
    give_advance(*into, "K1", 300, paid);
    const row_id older = give_advance(*into, "K1", 200, issued);
    const auto reserved = must(into->reserve_advances());
    ASSERT_EQ(reserved.size(), 1U);
    EXPECT_EQ(reserved[0].customer_id, "K1");
    EXPECT_EQ(reserved[0].amount_ore, 500);
    EXPECT_TRUE(must(into->free_advances_of("K1")).empty());
    EXPECT_EQ(must(into->reserve_advances()).size(), 1U);  // the same again: nothing new

    invoice item = an_invoice("F1", "K1", {400});
    item.prepaid = prepaid_amount{reserved[0].id, 350};
    EXPECT_EQ(must(post_invoice(*into, item)).advance_used_ore, 350);
    EXPECT_EQ(must(into->invoice_with_number("F1"))->open_ore(), 50);
    const auto state = must(into->find_reservation(reserved[0].id));
    ASSERT_TRUE(state);
    EXPECT_EQ(state->parts.at(0).advance_id, older);
    EXPECT_EQ(state->parts.at(0).used_ore, 200);
    EXPECT_EQ(state->parts.at(1).used_ore, 150);
    EXPECT_EQ(must(into->reserve_advances()).at(0).amount_ore, 150);

    must(into->release_reservation(reserved[0].id));
    must(into->release_reservation(reserved[0].id));
    EXPECT_EQ(must(into->free_advances_of("K1")).at(0).free_ore, 150);
    invoice late = an_invoice("F2", "K1", {100});
    late.prepaid = prepaid_amount{reserved[0].id, 10};
    expect_rule(post_invoice(*into, late), "BILL-R24");
    EXPECT_FALSE(must(into->invoice_with_number("F2")));
    expect_error(into->release_reservation(12345), error_code::not_found);
}

TEST_P(receivables, bill_r24_what_is_deducted_fits_the_invoice_and_its_customer) {
    auto into = begin();
    give_advance(*into, "K1", 500);
    const row_id reservation_id = must(into->reserve_advances()).at(0).id;
    invoice item = an_invoice("F1", "K1", {400});
    item.prepaid = prepaid_amount{reservation_id, 401};
    expect_rule(post_invoice(*into, item), "BILL-R24");
    item.prepaid = prepaid_amount{reservation_id, 0};
    expect_rule(post_invoice(*into, item), "BILL-R24");
    item.prepaid = prepaid_amount{12345, 100};
    expect_rule(post_invoice(*into, item), "BILL-R24");
    item.prepaid = prepaid_amount{reservation_id, 100};
    item.customer_id = "K2";
    expect_rule(post_invoice(*into, item), "BILL-R24");
    item.customer_id = "K1";
    EXPECT_EQ(must(post_invoice(*into, item)).advance_used_ore, 100);
}

TEST_P(receivables, bill_r25_one_öre_is_reserved_once) {
    auto into = begin();
    const row_id advance_id = give_advance(*into, "K1", 500);
    const row_id reservation_id = must(into->reserve_advances()).at(0).id;
    // Not by another invoice ...
    EXPECT_EQ(must(post_invoice(*into, an_invoice("F1", "K1", {400}))).advance_used_ore, 0);
    invoice item = an_invoice("F2", "K1", {400});
    item.prepaid = prepaid_amount{reservation_id, 400};
    must(post_invoice(*into, item));
    item.number = "F3";
    expect_rule(post_invoice(*into, item), "BILL-R25");
    // ... nor by an entry that takes it, as a refund would.
    entry refund{
        0,
        entry_kind::match,
        advance_id,
        paid,
        0,
        {{account::advance, 1, "SEK", advance_id, 0, "K1", "refund"}, {account::billing, -1, "SEK", 0, 0, {}, "refund"}}};
    expect_error(into->add_entry(refund), error_code::conflict, "BILL-R25");
    expect_error(into->use_reservation(reservation_id, advance_id, must(into->invoice_with_number("F1"))->id, 101),
                 error_code::conflict, "BILL-R24");
    expect_error(into->use_reservation(12345, advance_id, must(into->invoice_with_number("F1"))->id, 1), error_code::not_found);
    must(into->release_reservation(reservation_id));
    must(into->add_entry(refund));
    EXPECT_EQ(must(into->free_advances_of("K1")).at(0).free_ore, 99);
}

TEST_P(receivables, one_advance_per_payment_and_customer) {
    auto into = begin();
    bank_file from(*into);
    const payment what = from.add_payment(1000);
    advance first{0, "K1", what.id, paid, "SEK"};
    advance again = first;
    advance other{0, "K2", what.id, paid, "SEK"};
    must(into->add_advance(first));
    must(into->add_advance(again));
    must(into->add_advance(other));
    EXPECT_EQ(again.id, first.id);
    EXPECT_NE(other.id, first.id);
}

TEST(rule_of_error, is_the_id_before_the_colon) {
    EXPECT_EQ(rule_of({error_code::invalid_content, "BILL-R29: the lines"}), "BILL-R29");
    EXPECT_EQ(rule_of({error_code::invalid_content, "the BILL-R29: lines"}), "");
    EXPECT_EQ(rule_of({error_code::invalid_content, "plain: BILL-R29"}), "");
    EXPECT_EQ(rule_of({error_code::invalid_content, ""}), "");
}

TEST_P(receivables, bill_r24_reservations_and_their_release_are_logged_once) {
    auto into = begin();
    give_advance(*into, "K1", 500);
    const std::int64_t before = must(into->newest_log()).log_no;
    const row_id id = must(into->reserve_advances()).at(0).id;
    EXPECT_EQ(must(into->reserve_advances()).at(0).id, id);
    EXPECT_EQ(must(into->newest_log()).log_no, before + 1);
    must(into->release_reservation(id));
    must(into->release_reservation(id));
    EXPECT_EQ(must(into->newest_log()).log_no, before + 2);
    EXPECT_TRUE(must(into->find_reservation(id))->released);
    expect_error(into->release_reservation(12345), error_code::not_found);
}

BRYGGA_ALL_STORES(receivables);

}  // namespace
}  // namespace brygga::ledger
