// Double entry and transactions: promises of every store.
#include <algorithm>

#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

class entries : public store_test {};

std::size_t count_entries(transaction& of) {
    std::size_t count = 0;
    must(of.each_entry([&](const entry&) -> result<void> {
        ++count;
        return {};
    }));
    return count;
}

TEST_P(entries, must_balance_in_each_currency) {
    auto into = begin();
    bank_file from(*into);
    const payment what = from.add_payment(1000);
    entry item = to_suspense(from, what);
    item.postings[1].amount_ore = -999;
    expect_error(into->add_entry(item), error_code::invalid_argument, "SEK is off by 1 öre");
    item.postings[1].amount_ore = -1000;
    item.postings[1].currency = "EUR";
    expect_error(into->add_entry(item), error_code::invalid_argument, "off by 1000 öre");
    item.postings.pop_back();
    item.postings[0].amount_ore = 0;
    expect_error(into->add_entry(item), error_code::invalid_argument, "at least two postings");
    item = to_suspense(from, what);
    item.postings[1].subject_id = 0;
    expect_error(into->add_entry(item), error_code::invalid_argument, "subject");
    EXPECT_EQ(count_entries(*into), 0U);
    // A refusal by the code has written nothing.
    item = to_suspense(from, what);
    must(into->add_entry(item));
    from.finish();
    must(into->commit());
    EXPECT_EQ(count_entries(*read()), 1U);
}

TEST_P(entries, sums_that_overflow_64_bits_are_seen) {
    auto into = begin();
    bank_file from(*into);
    const payment what = from.add_payment(1000);
    entry item{0, entry_kind::correction, what.id, paid, 0, {}};
    // Modulo 2^64 these make zero.
    for (int i = 0; i < 4; ++i)
        item.postings.push_back({account::billing, std::int64_t{1} << 62, "SEK", 0, 0, {}, "x"});
    expect_error(into->add_entry(item), error_code::invalid_argument, "18446744073709551616");
}

TEST_P(entries, are_read_back_as_written_in_order) {
    auto into = begin();
    bank_file from(*into);
    const payment what = from.add_payment(1000);
    const row_id invoice_id = post(*into, an_invoice("F1", "K1", {600, 400}));
    entry item = to_invoice(from, what, *must(into->invoice_with_id(invoice_id)), 1000);
    must(into->add_entry(item));
    const std::vector<entry> about_payment = must(into->entries_about(what.id, 1000));
    ASSERT_EQ(about_payment.size(), 1U);
    EXPECT_EQ(about_payment[0].id, item.id);
    EXPECT_EQ(about_payment[0].kind, entry_kind::payment);
    EXPECT_EQ(about_payment[0].value_date, paid);
    ASSERT_EQ(about_payment[0].postings.size(), 3U);
    EXPECT_EQ(about_payment[0].postings[0].to, account::bank);
    EXPECT_EQ(about_payment[0].postings[2].part_no, 2);
    EXPECT_EQ(about_payment[0].postings[2].amount_ore, -400);
    EXPECT_EQ(about_payment[0].postings[2].customer_id, "K1");
    EXPECT_EQ(about_payment[0].postings[2].reason, "ocr");
    const std::vector<entry> about_invoice = must(into->entries_about(invoice_id, 1000));
    ASSERT_EQ(about_invoice.size(), 2U);
    EXPECT_EQ(about_invoice[0].kind, entry_kind::invoice);
    EXPECT_EQ(about_invoice[1].id, item.id);
    EXPECT_TRUE(must(into->entries_about(12345, 1000)).empty());
}

TEST_P(entries, a_document_has_one_entry_of_its_kind) {
    auto into = begin();
    bank_file from(*into);
    const payment what = from.add_payment(1000);
    entry item = to_suspense(from, what);
    must(into->add_entry(item));
    entry again = to_suspense(from, what);
    must(into->add_entry(again));
    EXPECT_EQ(again.id, item.id);
    EXPECT_EQ(count_entries(*into), 1U);
    again.postings[1].reason = "other";
    expect_error(into->add_entry(again), error_code::conflict, "payment entry");
    EXPECT_EQ(count_entries(*into), 1U);
}

TEST_P(entries, an_invoice_is_not_paid_twice) {
    auto into = begin();
    bank_file from(*into);
    const row_id invoice_id = post(*into, an_invoice("F1", "K1", {1000}));
    const open_invoice as_it_was = *must(into->invoice_with_id(invoice_id));
    entry first = to_invoice(from, from.add_payment(800), as_it_was, 800);
    must(into->add_entry(first));
    entry second = to_invoice(from, from.add_payment(800), as_it_was, 800);
    expect_error(into->add_entry(second), error_code::conflict, "200 öre of invoice");
    // A correction may: it puts right what was wrong.
    second.kind = entry_kind::correction;
    second.corrects_id = first.id;
    must(into->add_entry(second));
    EXPECT_EQ(must(into->invoice_with_id(invoice_id))->open_ore(), -600);
}

TEST_P(entries, postings_name_invoices_that_are_there_in_their_currency) {
    auto into = begin();
    bank_file from(*into);
    const row_id invoice_id = post(*into, an_invoice("F1", "K1", {1000}));
    const payment what = from.add_payment(800);
    entry item = to_invoice(from, what, *must(into->invoice_with_id(invoice_id)), 800);
    for (posting& each : item.postings)
        each.currency = "EUR";
    expect_error(into->add_entry(item), error_code::invalid_argument, "currency");
    for (posting& each : item.postings)
        each.currency = "SEK";
    item.postings[1].subject_id = what.id;
    expect_error(into->add_entry(item), error_code::not_found);
}

TEST_P(entries, what_is_in_suspense_is_matched_once) {
    auto into = begin();
    bank_file from(*into);
    const payment what = from.add_payment(1000);
    entry received = to_suspense(from, what);
    must(into->add_entry(received));
    EXPECT_EQ(must(into->suspense_of(what.id)), 1000);
    const row_id invoice_id = post(*into, an_invoice("F1", "K1", {5000}));
    entry match{0,
                entry_kind::match,
                what.id,
                paid,
                0,
                {{account::suspense, 700, "SEK", what.id, 0, {}, "clerk"},
                 {account::receivable, -700, "SEK", invoice_id, 1, "K1", "clerk"}}};
    must(into->add_entry(match));
    EXPECT_EQ(must(into->suspense_of(what.id)), 300);
    match.id = 0;
    expect_error(into->add_entry(match), error_code::conflict, "300 öre of payment");
    EXPECT_EQ(must(into->suspense_of(12345)), 0);
    const auto waiting = must(into->suspense(10));
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].payment_id, what.id);
    EXPECT_EQ(waiting[0].amount_ore, 300);
    EXPECT_EQ(waiting[0].reason, "unknown-reference");
    EXPECT_TRUE(must(into->suspense(0)).empty());
}

TEST_P(entries, a_deduction_waits_with_the_other_sign) {
    auto into = begin();
    bank_file from(*into);
    payment what = from.make_payment(1000);
    what.kind = payment_kind::deduction;
    must(into->add_payment(what));
    entry deducted{0,
                   entry_kind::deduction,
                   what.id,
                   paid,
                   0,
                   {{account::bank, -1000, "SEK", from.money.id, 0, {}, "deducted"},
                    {account::suspense, 1000, "SEK", what.id, 0, {}, "unknown-credit-note"}}};
    must(into->add_entry(deducted));
    EXPECT_EQ(must(into->suspense_of(what.id)), -1000);
    const invoice claim = an_invoice("F1", "K1", {5000});
    post(*into, claim);
    credit_note note = a_credit_note("C1", claim, 900);
    note.settlement = credit_settlement::open;
    const row_id note_id = post(*into, note);
    const auto match_of = [&](std::int64_t amount_ore) {
        return entry{0,
                     entry_kind::match,
                     what.id,
                     paid,
                     0,
                     {{account::suspense, -amount_ore, "SEK", what.id, 0, {}, "clerk"},
                      {account::credit_note, amount_ore, "SEK", note_id, 0, "K1", "clerk"}}};
    };
    entry too_much = match_of(1000);
    expect_error(into->add_entry(too_much), error_code::conflict, "900 öre of credit_note");
    entry match = match_of(900);
    must(into->add_entry(match));
    EXPECT_EQ(must(into->suspense_of(what.id)), -100);
    EXPECT_EQ(must(into->credits_with_reference("7010019")).at(0).open_ore, 0);
    EXPECT_EQ(must(into->credits_with_reference("7010019")).at(0).amount_ore, 900);
    EXPECT_TRUE(must(into->credits_with_reference("1")).empty());
}

TEST_P(entries, account_sums_are_zero_in_all) {
    auto into = begin();
    const invoice claim = an_invoice("F1", "K1", {1000});
    post(*into, claim);
    bank_file from(*into);
    entry item = to_invoice(from, from.add_payment(300), *must(into->invoice_with_number("F1")), 300);
    must(into->add_entry(item));
    ore_sum total_ore;
    ore_sum receivable_ore;
    for (const account_sum& each : must(into->account_sums())) {
        total_ore += each.sum_ore;
        if (each.of == account::receivable) receivable_ore = each.sum_ore;
    }
    EXPECT_EQ(total_ore, 0);
    EXPECT_EQ(receivable_ore, 700);
}

TEST_P(entries, nothing_remains_without_commit) {
    {
        auto into = begin();
        post(*into, an_invoice("F1", "K1", {1000}));
        give_advance(*into, "K1", 500);
    }
    auto after = read();
    EXPECT_FALSE(must(after->invoice_with_number("F1")));
    EXPECT_EQ(count_entries(*after), 0U);
    EXPECT_EQ(must(ledger->verify(tenant)).log_rows, 0U);
}

TEST_P(entries, nothing_is_visible_before_commit_and_a_reader_keeps_its_snapshot) {
    auto before = read();
    auto into = begin();
    post(*into, an_invoice("F1", "K1", {1000}));
    EXPECT_FALSE(must(read()->invoice_with_number("F1")));
    must(into->commit());
    EXPECT_FALSE(must(before->invoice_with_number("F1")));
    EXPECT_TRUE(must(read()->invoice_with_number("F1")));
}

TEST_P(entries, a_reader_writes_nothing) {
    {
        auto into = begin();
        post(*into, an_invoice("F0", "K1", {1000}));
        must(into->commit());
    }
    auto reader = read();
    expect_error(reader->put_customer(a_customer()), error_code::permission_denied);
    expect_error(reader->put_invoice(an_invoice("F1", "K1", {1})), error_code::permission_denied);
    expect_error(reader->append_log("x", 0, "{}"), error_code::permission_denied);
    expect_error(reader->reserve_advances(), error_code::permission_denied);
    expect_error(reader->attempt([]() -> result<void> { return {}; }), error_code::permission_denied);
    EXPECT_EQ(reader->allot_id(), 0);
    must(reader->commit());
}

TEST_P(entries, a_transaction_ends_once) {
    auto into = begin();
    post(*into, an_invoice("F1", "K1", {1000}));
    must(into->commit());
    expect_error(into->commit(), error_code::invalid_argument);
    expect_error(into->put_customer(a_customer()), error_code::invalid_argument);
}

TEST_P(entries, a_failed_attempt_is_undone_and_the_rest_is_kept) {
    auto into = begin();
    post(*into, an_invoice("F1", "K1", {1000}));
    const auto failed = into->attempt([&]() -> result<void> {
        post(*into, an_invoice("F2", "K1", {2000}));
        must(into->append_log("note", 0, "{}"));
        return fail(error_code::conflict, "no");
    });
    expect_error(failed, error_code::conflict, "no");
    must(into->attempt([&]() -> result<void> {
        post(*into, an_invoice("F3", "K1", {3000}));
        return {};
    }));
    must(into->commit());
    into.reset();
    EXPECT_TRUE(must(read()->invoice_with_number("F1")));
    EXPECT_FALSE(must(read()->invoice_with_number("F2")));
    EXPECT_TRUE(must(read()->invoice_with_number("F3")));
    const proof proved = must(ledger->verify(tenant));
    EXPECT_TRUE(proved.balanced && proved.chain_intact) << testing::PrintToString(proved.faults);
    EXPECT_EQ(proved.entries, 2U);
    EXPECT_EQ(proved.log_rows, 1U);
}

TEST_P(entries, ids_rise_across_transactions_stores_and_clocks_that_step_back) {
    std::vector<row_id> ids;
    const auto write = [&](std::string number) {
        auto into = begin();
        ids.push_back(post(*into, an_invoice(std::move(number), "K1", {1000})));
        must(into->commit());
    };
    write("F1");
    time.now_ms -= 3'600'000;
    write("F2");
    reopen();
    write("F3");
    EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
    EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
    EXPECT_TRUE(must(ledger->verify(tenant)).chain_intact);
}

TEST_P(entries, verify_counts_what_is_there) {
    {
        auto into = begin();
        const invoice claim = an_invoice("F1", "K1", {1000, 2000});
        post(*into, claim);
        give_advance(*into, "K2", 500);
        must(into->append_log("note", 0, "{}"));
        must(into->commit());
    }
    {
        auto into = begin();
        post(*into, an_invoice("F2", "K1", {100}));
        must(into->commit());
    }
    const proof proved = must(ledger->verify(tenant));
    EXPECT_TRUE(proved.balanced);
    EXPECT_TRUE(proved.chain_intact);
    EXPECT_EQ(proved.entries, 3U);
    EXPECT_EQ(proved.postings, 7U);
    EXPECT_EQ(proved.log_rows, 4U);  // a file, a note, two commits
    EXPECT_TRUE(proved.faults.empty());
    const proof nothing = must(ledger->verify("energi"));
    EXPECT_TRUE(nothing.balanced && nothing.chain_intact);
    EXPECT_EQ(nothing.entries, 0U);
}

TEST_P(entries, reports_sum_invoices_and_advances_per_currency) {
    auto into = begin();
    post(*into, an_invoice("F1", "K1", {1000}));
    post(*into, an_invoice("F2", "K1", {500}));
    bank_file from(*into);
    entry item = to_invoice(from, from.add_payment(500), *must(into->invoice_with_number("F2")), 500);
    must(into->add_entry(item));
    give_advance(*into, "K2", 300);
    must(into->reserve_advances());
    give_advance(*into, "K2", 200);
    const auto invoices = must(into->invoice_sums());
    ASSERT_EQ(invoices.size(), 1U);
    EXPECT_EQ(invoices[0].open, 1U);
    EXPECT_EQ(invoices[0].paid, 1U);
    EXPECT_EQ(invoices[0].invoiced_ore, 1500);
    EXPECT_EQ(invoices[0].open_ore, 1000);
    const auto advances = must(into->advance_sums());
    ASSERT_EQ(advances.size(), 1U);
    EXPECT_EQ(advances[0].count, 2U);
    EXPECT_EQ(advances[0].free_ore, 200);
    EXPECT_EQ(advances[0].reserved_ore, 300);
}

BRYGGA_ALL_STORES(entries);

}  // namespace
}  // namespace brygga::ledger
