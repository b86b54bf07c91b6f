// The books as text, and what they say about one row.
#include "mapping/ledger/books.hpp"

#include <sstream>

#include "mapping/ledger/summary.hpp"
#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

class books : public store_test {
 protected:
    static std::string text_of(store& of) {
        std::ostringstream out;
        auto reader = must(of.begin_read(tenant));
        must(export_books(*reader, out));
        return out.str();
    }
};

// A file whose first payment pays the invoice and whose second waits in suspense.
void book_file(transaction& into, std::string_view identity, std::string_view number) {
    bank_file from(into, identity);
    const payment first = from.add_payment(1000);
    entry matched = to_invoice(from, first, *must(into.invoice_with_number(number)), 1000);
    must(into.add_entry(matched));
    const payment second = from.add_payment(300, "8012577");
    entry waiting = to_suspense(from, second);
    must(into.add_entry(waiting));
    hold single{0, from.file.id, hold_subject::payment, 1, 1, second.id, "BGMAX-R62", "{}"};
    must(into.add_hold(single));
    from.finish();
}

TEST_P(books, are_exact) {
    auto into = begin();
    const row_id invoice_id = post(*into, an_invoice("F1", "K1", {600, 400}));
    book_file(*into, "aa", "F1");
    give_advance(*into, "K2", 250);
    const auto paid_entry = must(into->entries_about(invoice_id, 1000)).at(1);
    entry reversal = paid_entry;
    reversal.kind = entry_kind::correction;
    reversal.corrects_id = paid_entry.id;
    for (posting& each : reversal.postings)
        each.amount_ore = -each.amount_ore;
    must(into->add_entry(reversal));
    must(into->commit());
    into.reset();
    EXPECT_EQ(
        text_of(*ledger),
        R"({"type":"payment","key":"payment bgmax:aa:1","kind":"payment","amount_ore":1000,"currency":"SEK","value_date":"2026-03-27","content_hash":"hash-1-1000"}
{"type":"payment","key":"payment bgmax:aa:2","kind":"payment","amount_ore":300,"currency":"SEK","value_date":"2026-03-27","content_hash":"hash-2-300"}
{"type":"payment","key":"payment bgmax:advance-K2-250-2026-03-27:1","kind":"payment","amount_ore":250,"currency":"SEK","value_date":"2026-03-27","content_hash":"hash-1-250"}
{"type":"entry","kind":"correction","source":"payment bgmax:aa:1","value_date":"2026-03-27","postings":[{"account":"bank","subject":"deposit bgmax:aa:1","part":0,"customer_id":"","currency":"SEK","amount_ore":-1000,"reason":"received"},{"account":"receivable","subject":"invoice F1","part":1,"customer_id":"K1","currency":"SEK","amount_ore":600,"reason":"ocr"},{"account":"receivable","subject":"invoice F1","part":2,"customer_id":"K1","currency":"SEK","amount_ore":400,"reason":"ocr"}],"corrects":"payment of payment bgmax:aa:1"}
{"type":"entry","kind":"invoice","source":"invoice F1","value_date":"2026-03-02","postings":[{"account":"billing","subject":"","part":0,"customer_id":"K1","currency":"SEK","amount_ore":-1000,"reason":"invoice"},{"account":"receivable","subject":"invoice F1","part":1,"customer_id":"K1","currency":"SEK","amount_ore":600,"reason":"invoice"},{"account":"receivable","subject":"invoice F1","part":2,"customer_id":"K1","currency":"SEK","amount_ore":400,"reason":"invoice"}]}
{"type":"entry","kind":"payment","source":"payment bgmax:aa:1","value_date":"2026-03-27","postings":[{"account":"bank","subject":"deposit bgmax:aa:1","part":0,"customer_id":"","currency":"SEK","amount_ore":1000,"reason":"received"},{"account":"receivable","subject":"invoice F1","part":1,"customer_id":"K1","currency":"SEK","amount_ore":-600,"reason":"ocr"},{"account":"receivable","subject":"invoice F1","part":2,"customer_id":"K1","currency":"SEK","amount_ore":-400,"reason":"ocr"}]}
{"type":"entry","kind":"payment","source":"payment bgmax:aa:2","value_date":"2026-03-27","postings":[{"account":"bank","subject":"deposit bgmax:aa:1","part":0,"customer_id":"","currency":"SEK","amount_ore":300,"reason":"received"},{"account":"suspense","subject":"payment bgmax:aa:2","part":0,"customer_id":"","currency":"SEK","amount_ore":-300,"reason":"unknown-reference"}]}
{"type":"entry","kind":"payment","source":"payment bgmax:advance-K2-250-2026-03-27:1","value_date":"2026-03-27","postings":[{"account":"advance","subject":"advance bgmax:advance-K2-250-2026-03-27:1:K2","part":0,"customer_id":"K2","currency":"SEK","amount_ore":-250,"reason":"surplus"},{"account":"bank","subject":"deposit bgmax:advance-K2-250-2026-03-27:1","part":0,"customer_id":"","currency":"SEK","amount_ore":250,"reason":"received"}]}
{"type":"advance","key":"advance bgmax:advance-K2-250-2026-03-27:1:K2","value_date":"2026-03-27","currency":"SEK","free_ore":250,"reserved_ore":0}
{"type":"hold","key":"hold sha-aa:1:1:2","reasons":"BGMAX-R62","amount_ore":300}
)");
}

TEST_P(books, are_the_same_in_another_order_and_at_another_time) {
    {
        auto into = begin();
        post(*into, an_invoice("F1", "K1", {1000}));
        post(*into, an_invoice("F2", "K2", {1000}));
        book_file(*into, "aa", "F1");
        book_file(*into, "bb", "F2");
        must(into->commit());
    }
    temporary_folder elsewhere;
    auto other = must(GetParam().open(elsewhere.path(), time));
    for (const std::string_view step : {"F2", "F1", "bb", "aa"}) {
        time.now_ms += 86'400'000;
        auto into = must(other->begin(tenant));
        if (step.front() == 'F')
            post(*into, an_invoice(step, step == "F1" ? "K1" : "K2", {1000}));
        else
            book_file(*into, step, step == "aa" ? "F1" : "F2");
        must(into->commit());
    }
    EXPECT_EQ(text_of(*ledger), text_of(*other));
    {
        auto into = must(other->begin(tenant));
        must(into->decide_hold(must(into->undecided_holds()).at(0).row.id, hold_verdict::refused, "clerk", "x"));
        must(into->commit());
    }
    EXPECT_NE(text_of(*ledger), text_of(*other));
}

TEST_P(books, summary_shows_what_is_open_and_what_waits) {
    auto into = begin();
    post(*into, an_invoice("F1", "K1", {5000}));
    book_file(*into, "aa", "F1");
    give_advance(*into, "K2", 250);
    const ledger_summary all = must(summarize(*into));
    ASSERT_EQ(all.invoices.size(), 1U);
    EXPECT_EQ(all.invoices[0].open_ore, 4000);
    EXPECT_EQ(all.advances.at(0).free_ore, 250);
    ASSERT_EQ(all.suspense.size(), 1U);
    EXPECT_EQ(all.suspense[0].amount_ore, 300);
    EXPECT_EQ(all.suspense[0].reason, "unknown-reference");
    EXPECT_EQ(all.suspense[0].hold_reasons, "BGMAX-R62");
    EXPECT_EQ(all.suspense[0].value_date, paid);
    EXPECT_FALSE(all.suspense_cut);
    EXPECT_EQ(all.undecided.size(), 1U);
    const ledger_summary cut = must(summarize(*into, 0));
    EXPECT_TRUE(cut.suspense_cut);
    EXPECT_TRUE(cut.suspense.empty());

    std::vector<invoice_balance> balances;
    must(into->each_balance([&](const invoice_balance& each) -> result<void> {
        balances.push_back(each);
        return {};
    }));
    ASSERT_EQ(balances.size(), 1U);
    EXPECT_EQ(balances[0].number, "F1");
    EXPECT_EQ(balances[0].total_ore, 5000);
    EXPECT_EQ(balances[0].open_ore, 4000);
    EXPECT_EQ(balances[0].due_date, due);
}

TEST_P(books, explain_tells_the_entries_about_a_row) {
    auto into = begin();
    const row_id invoice_id = post(*into, an_invoice("F1", "K1", {5000}));
    book_file(*into, "aa", "F1");
    const explanation told = must(explain(*into, invoice_id));
    EXPECT_EQ(told.name, "invoice F1");
    ASSERT_EQ(told.entries.size(), 2U);
    EXPECT_EQ(told.entries[0].source, "invoice F1");
    EXPECT_EQ(told.entries[1].source, "payment bgmax:aa:1");
    EXPECT_EQ(told.entries[1].kind, entry_kind::payment);
    ASSERT_EQ(told.entries[1].postings.size(), 2U);
    EXPECT_EQ(told.entries[1].postings[0].subject, "deposit bgmax:aa:1");
    EXPECT_EQ(told.entries[1].postings[1].reason, "ocr");
    EXPECT_EQ(told.entries[1].postings[1].part_no, 1);
    expect_error(explain(*into, 12345), error_code::not_found);
}

TEST_P(books, explain_tells_of_every_kind_of_row_and_who_decided) {
    auto into = begin();
    const invoice item = an_invoice("F1", "K1", {5000});
    post(*into, item);
    const row_id note = post(*into, a_credit_note("C1", item, 400));
    bank_file from(*into, "cc");
    const payment what = from.add_payment(700);
    entry received = to_suspense(from, what);
    must(into->add_entry(received));
    hold section{0, from.file.id, hold_subject::section, 1, 1, 0, "BGMAX-R32", "{}"};
    hold single{0, from.file.id, hold_subject::payment, 1, 1, what.id, "BGMAX-R62", "{}"};
    must(into->add_hold(section));
    must(into->add_hold(single));
    const row_id decision = must(into->decide_hold(section.id, hold_verdict::released, "eva", "as on the statement"));
    from.finish();
    const auto told = [&](row_id id) { return must(explain(*into, id)); };
    EXPECT_EQ(told(note).facts, "credit note to customer K1, issued 2026-03-02, 4.00 SEK, on invoice F1");
    EXPECT_EQ(told(note).entries.size(), 1U);
    EXPECT_EQ(told(received.id).name, "payment entry of payment bgmax:cc:1");
    EXPECT_EQ(told(received.id).entries.size(), 1U);
    EXPECT_EQ(told(what.id).facts,
              "payment of 7.00 SEK, 2026-03-27, to bankgiro 9912346, number 1 of logical file 1 in claim claim-cc");
    EXPECT_EQ(told(what.id).holds.size(), 1U);
    // A file, its logical file, its section by the deposit, by the hold and by the decision.
    for (const row_id id : {from.file.id, from.group.id, from.money.id, section.id}) {
        const explanation all = told(id);
        EXPECT_FALSE(all.facts.empty()) << all.name;
        ASSERT_EQ(all.reasons.size(), 2U) << all.name;
        EXPECT_EQ(all.reasons[1].of, account::suspense);
        EXPECT_EQ(all.reasons[1].reason, "unknown-reference");
        EXPECT_EQ(all.reasons[1].sum_ore, -700);
    }
    EXPECT_EQ(told(from.file.id).holds.size(), 2U);
    EXPECT_EQ(told(from.money.id).holds.size(), 2U);
    for (const row_id id : {section.id, decision}) {
        const explanation one = told(id);
        ASSERT_EQ(one.holds.size(), 1U);
        EXPECT_EQ(one.holds[0].verdict, hold_verdict::released);
        EXPECT_EQ(one.holds[0].actor, "eva");
        EXPECT_EQ(one.holds[0].reason, "as on the statement");
        EXPECT_EQ(one.holds[0].decision_id, decision);
        EXPECT_EQ(one.holds[0].decided_at, time.now_ms);
    }
    EXPECT_FALSE(told(single.id).holds.at(0).verdict);
}

TEST_P(books, explain_tells_what_came_by_another_channel_and_was_not_booked_again) {
    auto into = begin();
    bank_file first(*into, "aa");
    const payment what = first.add_payment(700);
    first.finish();
    bank_file second(*into, "bb");
    second.file.format = "camt.054";
    second.finish();
    const skipped_section skipped{second.group.id, 2, first.money.id, "CAMT-R22"};
    must(into->add_skipped(skipped));
    must(into->add_skipped(skipped));
    expect_error(into->add_skipped({second.group.id, 2, second.money.id, "CAMT-R22"}), error_code::conflict, "section 2");
    // From both sides: the deposit and its payment, the batch and the file that were skipped.
    for (const row_id id : {first.money.id, what.id, second.group.id, second.file.id}) {
        const explanation told = must(explain(*into, id));
        ASSERT_EQ(told.skipped.size(), 1U) << told.name;
        EXPECT_EQ(told.skipped[0].row.section_no, 2U);
        EXPECT_EQ(told.skipped[0].row.deposit_id, first.money.id);
        EXPECT_EQ(told.skipped[0].row.rule, "CAMT-R22");
        EXPECT_EQ(told.skipped[0].format, "camt.054");
        EXPECT_EQ(told.skipped[0].claim, "claim-bb");
        EXPECT_EQ(told.skipped[0].known_format, "bgmax");
        EXPECT_EQ(told.skipped[0].known_claim, "claim-aa");
    }
    for (const row_id id : {first.file.id, second.money.id})
        EXPECT_TRUE(must(explain(*into, id)).skipped.empty());
}

TEST_P(books, a_total_waits_until_its_deposit_is_booked_with_its_amount) {
    auto into = begin();
    bank_file first(*into, "aa");
    first.add_payment(700);
    first.finish();
    const deposit& booked = first.money;
    const deposit_total same{first.group.id, 7, booked.bankgiro, booked.payment_date, booked.serial, "SEK", booked.amount_ore};
    deposit_total more = same, later = same, euros = same;
    more.section_no = 8;
    ++more.amount_ore;
    later.section_no = 9;
    later.payment_date += std::chrono::years{1};
    euros.section_no = 10;
    euros.currency = "EUR";
    for (const deposit_total& each : {same, more, later, euros})
        must(into->add_total(each));
    must(into->add_total(more));
    deposit_total again = more;
    again.section_no = 11;
    must(into->add_total(again));
    more.serial = "00077";
    expect_error(into->add_total(more), error_code::conflict, "section 8");

    const ledger_summary told = must(summarize(*into));
    std::vector<std::uint32_t> waiting;
    for (const total_item& each : told.totals)
        waiting.push_back(each.row.section_no);
    EXPECT_EQ(waiting, (std::vector<std::uint32_t>{8, 9, 10}));
    EXPECT_EQ(told.totals.at(0).row.amount_ore, same.amount_ore + 1);
    EXPECT_EQ(told.totals.at(0).file_name, first.file.name);
    EXPECT_EQ(must(into->totals_without_deposit(2)).size(), 2U);
}

TEST_P(books, a_total_that_somebody_has_seen_to_is_told_again_when_another_amount_comes) {
    auto into = begin();
    bank_file first(*into, "aa");
    first.finish();
    must(into->add_total({first.group.id, 7, first.money.bankgiro, first.money.payment_date, "00077", "SEK", 700}));
    must(into->close_notices(first.file.id, "clerk", "the payments come tomorrow"));
    EXPECT_TRUE(must(into->totals_without_deposit(9)).empty());
    deposit other = first.money;
    other.section_no = 2;
    other.serial = "00077";
    other.amount_ore = 600;
    must(into->add_deposit(other));
    const auto told = must(into->totals_without_deposit(9));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].booked_ore, 600);
    must(into->close_notices(first.file.id, "clerk", "the bank has corrected it"));
    EXPECT_TRUE(must(into->totals_without_deposit(9)).empty());
    other.section_no = 3;
    other.amount_ore = 650;
    must(into->add_deposit(other));
    const auto again = must(into->totals_without_deposit(9));
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].booked_ore, 650);
}

TEST_P(books, a_handover_that_left_something_out_waits_until_somebody_has_seen_to_it) {
    auto into = begin();
    bank_file first(*into, "aa");
    first.finish();
    handover whole{0, first.file.id, 0, 0, "bgmax", "outbox", "claim-aa.bgmax", 0, "{}"};
    handover part{0, first.file.id, 1, 2, "bgmax", "outbox", "", 1, R"({"why":"x"})"};
    for (int attempt = 0; attempt < 2; ++attempt) {
        must(into->add_handover(whole));
        must(into->add_handover(part));
    }
    handover other = part;
    other.told = "{}";
    expect_error(into->add_handover(other), error_code::conflict, "other content");
    EXPECT_EQ(must(into->handovers_of_file(first.file.id)).size(), 2U);
    const auto open = must(into->open_handovers());
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].row.id, part.id);
    EXPECT_EQ(open[0].row.section_no, 2U);
    EXPECT_EQ(open[0].claim, "claim-aa");
    const row_id closing = must(into->close_handover(part.id, "clerk", "entered by hand"));
    EXPECT_EQ(must(into->close_handover(part.id, "another", "again")), closing);
    expect_error(into->close_handover(first.file.id, "clerk", "x"), error_code::not_found);
    EXPECT_TRUE(must(into->open_handovers()).empty());
    const auto all = must(into->handovers_of_file(first.file.id));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].closing_id, closing);
    EXPECT_EQ(all[1].actor, "clerk");
    EXPECT_EQ(all[1].reason, "entered by hand");
}

TEST_P(books, a_handover_is_unfinished_until_its_file_was_handed_over_or_somebody_settles_it) {
    auto into = begin();
    bank_file first(*into, "aa");
    first.finish();
    handover file{0, first.file.id, 0, 0, "bgmax", "outbox", "claim-aa.bgmax", 0, "{}"};
    handover nothing{0, first.file.id, 1, 2, "bgmax", "outbox", "", 1, "{}"};
    must(into->add_handover(file));
    must(into->add_handover(nothing));
    const auto unfinished = [&] {
        std::vector<std::string> out;
        for (const handover_item& each : must(into->unfinished_handovers()))
            out.push_back(each.row.staged + " to " + each.folder);
        return out;
    };
    const auto tell = [&](handover_step step, const std::string& to) {
        must(into->add_handover_event({file.id, step, to, "clerk", "x"}));
    };
    const std::vector<std::string> none;
    EXPECT_EQ(unfinished(), (std::vector<std::string>{"claim-aa.bgmax to outbox"}));
    tell(handover_step::handed_over, "outbox");
    EXPECT_EQ(unfinished(), none);
    tell(handover_step::again, "elsewhere");
    tell(handover_step::again, "elsewhere");
    EXPECT_EQ(unfinished(), (std::vector<std::string>{"claim-aa.bgmax to elsewhere"}));
    tell(handover_step::settled, "elsewhere");
    tell(handover_step::handed_over, "outbox");
    EXPECT_EQ(unfinished(), none);
    const auto all = must(into->handovers_of_file(first.file.id));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].newest, handover_step::settled);
    EXPECT_EQ(all[0].folder, "elsewhere");
    EXPECT_EQ(all[1].newest, std::nullopt);
    expect_error(into->add_handover_event({first.file.id, handover_step::again, "x", "clerk", "x"}), error_code::not_found);
}

BRYGGA_ALL_STORES(books);

}  // namespace
}  // namespace brygga::ledger
