// What bank files bring, how the same is known again, and what waits for a person: promises of every store.
#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

class bank_files : public store_test {};

TEST_P(bank_files, the_same_payment_again_is_already_there) {
    auto into = begin();
    bank_file from(*into);
    payment item = from.make_payment(1000);
    must(into->add_payment(item));
    payment again = item;
    again.id = 0;
    must(into->add_payment(again));
    EXPECT_EQ(again.id, item.id);
    std::size_t count = 0;
    must(into->each_payment([&](const payment&) -> result<void> {
        ++count;
        return {};
    }));
    EXPECT_EQ(count, 1U);
}

TEST_P(bank_files, another_payment_in_the_same_place_is_a_conflict_that_names_both) {
    auto into = begin();
    bank_file from(*into);
    payment item = from.make_payment(1000);
    must(into->add_payment(item));
    item.content_hash = "other-hash";
    expect_error(into->add_payment(item), error_code::conflict, "hash-1-1000");
    expect_error(into->add_payment(item), error_code::conflict, "other-hash");
    // A conflict wrote nothing, so the transaction goes on.
    from.add_payment(2000);
    from.finish();
    must(into->commit());
}

TEST_P(bank_files, two_equal_payments_in_one_file_are_two) {
    auto into = begin();
    bank_file from(*into);
    EXPECT_NE(from.add_payment(1000).id, from.add_payment(1000).id);
}

TEST_P(bank_files, everything_of_a_payment_comes_back) {
    auto into = begin();
    bank_file from(*into);
    payment item = from.make_payment(123456);
    item.kind = payment_kind::deduction;
    item.deduction_code = '3';
    item.image = true;
    item.serial.clear();
    item.message = "rad 1\nrad 2";
    item.references = {{"1000234706", '2', 100000}, {"", ' ', 23456}};
    item.from = {"57237273", "Berit Björk", "extra", "gata", "12345", "ort", "land", "SE", "198112289874", "5841000001009823"};
    must(into->add_payment(item));
    const auto found = must(into->find_payment(item.id));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->batch_id, item.batch_id);
    EXPECT_EQ(found->deposit_id, item.deposit_id);
    EXPECT_EQ(found->ordinal, 1U);
    EXPECT_EQ(found->section_ordinal, 1U);
    EXPECT_EQ(found->kind, payment_kind::deduction);
    EXPECT_EQ(found->amount_ore, 123456);
    EXPECT_EQ(found->value_date, paid);
    EXPECT_EQ(found->channel, '1');
    EXPECT_EQ(found->serial, "");
    EXPECT_EQ(found->reference_code, '2');
    EXPECT_EQ(found->deduction_code, '3');
    EXPECT_TRUE(found->image);
    EXPECT_EQ(found->message, item.message);
    ASSERT_EQ(found->references.size(), 2U);
    EXPECT_EQ(found->references[0].amount_ore, 100000);
    EXPECT_EQ(found->references[1].code, ' ');
    EXPECT_EQ(found->from.town, "ort");
    EXPECT_EQ(found->from.identity_number, "198112289874");
    EXPECT_EQ(found->from.account, "5841000001009823");
    EXPECT_EQ(found->content_hash, item.content_hash);
    EXPECT_FALSE(must(into->find_payment(item.id + 100)));
}

TEST_P(bank_files, a_batch_is_known_by_source_and_identity) {
    auto into = begin();
    bank_file from(*into, "cafe");
    EXPECT_FALSE(must(into->find_batch("bgmax", "beef")));
    EXPECT_FALSE(must(into->find_batch("camt.054", "cafe")));
    from.finish();
    const auto found = must(into->find_batch("bgmax", "cafe"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, from.group.id);
    EXPECT_EQ(found->file_name, "BGMAX-cafe.txt");
    batch again = from.group;
    again.id = 0;
    must(into->add_batch(again));
    EXPECT_EQ(again.id, from.group.id);
    again.test = true;
    expect_error(into->add_batch(again), error_code::conflict, "cafe");
    deposit money = from.money;
    money.id = 0;
    must(into->add_deposit(money));
    EXPECT_EQ(money.id, from.money.id);
    ++money.amount_ore;
    expect_error(into->add_deposit(money), error_code::conflict, "section 1");
}

TEST_P(bank_files, report_numbers_are_known_by_format_account_series_and_year) {
    auto into = begin();
    const bank_file from(*into, "cafe");
    const report_number seven{from.group.id, 1, number_series::electronic, "camt.053", "58411009823", "SEK", 2026, 7, "EX-1",
                              "EX-1-1",      ""};
    EXPECT_FALSE(must(into->highest_number(seven)));
    must(into->add_number(seven));
    report_number five = seven;
    five.container_no = 2;
    five.number = 5;
    must(into->add_number(five));
    must(into->add_number(five));
    EXPECT_EQ(must(into->highest_number(seven)), 7);
    five.number = 6;
    expect_error(into->add_number(five), error_code::conflict, "report 2");
    const auto changed = [&](auto change) {
        report_number other = seven;
        change(other);
        return must(into->highest_number(other)).has_value();
    };
    EXPECT_FALSE(changed([](report_number& each) { each.format = "camt.054"; }));
    EXPECT_FALSE(changed([](report_number& each) { each.account = "58411009824"; }));
    EXPECT_FALSE(changed([](report_number& each) { each.currency = "EUR"; }));
    EXPECT_FALSE(changed([](report_number& each) { each.series = number_series::legal; }));
    EXPECT_FALSE(changed([](report_number& each) { each.year = 2027; }));
}

TEST_P(bank_files, a_gap_stands_until_its_report_comes_or_a_person_has_seen_to_it) {
    auto into = begin();
    bank_file from(*into, "cafe");
    from.finish();
    report_number item{from.group.id, 0, number_series::electronic, "camt.053", "58411009823", "SEK", 2026, 0, "EX-1",
                       "EX-1-1",      ""};
    const auto arrives = [&](std::int64_t number) {
        ++item.container_no;
        item.number = number;
        must(into->add_number(item));
    };
    const auto gaps = [&] {
        std::string text;
        for (const number_gap& each : must(into->number_gaps(10)))
            text += std::to_string(each.first) + "-" + std::to_string(each.last) + " ";
        return text;
    };
    arrives(41);
    arrives(42);
    EXPECT_EQ(gaps(), "");
    arrives(46);
    EXPECT_EQ(gaps(), "43-45 ");
    arrives(44);
    EXPECT_EQ(gaps(), "43-43 45-45 ");
    EXPECT_EQ(must(into->number_gaps(1)).size(), 1U);
    const number_gap told = must(into->number_gaps(1)).front();
    EXPECT_EQ(told.file_id, from.file.id);
    EXPECT_EQ(told.claim, "claim-cafe");
    EXPECT_EQ(told.account + told.currency + std::to_string(told.year), "58411009823SEK2026");
    item.year = 2027;
    arrives(1);
    item.currency = "EUR";
    arrives(7);
    EXPECT_EQ(gaps(), "43-43 45-45 ") << "another year and another currency count for themselves";
    must(into->close_notices(from.file.id, "clerk", "the bank sent none"));
    expect_error(into->close_notices(from.group.id, "clerk", "x"), error_code::not_found);
    EXPECT_EQ(gaps(), "");
}

struct bearer_case {
    std::string_view what, known_page, message_id, container_id, page;
    bool other;
};

TEST_P(bank_files, a_report_number_is_borne_by_another_unless_it_is_the_same_or_its_page) {
    constexpr bearer_case cases[] = {
        {"the same", "", "EX-1", "EX-1-1", "", false},
        {"another page of it in the message", "1", "EX-1", "EX-1-1", "2", false},
        {"another page of it in another message", "1", "EX-2", "EX-1-1", "2", false},
        {"the same page in another message", "1", "EX-2", "EX-1-1", "1", true},
        {"it whole in another message", "", "EX-2", "EX-1-1", "", true},
        {"a page of what was whole", "", "EX-2", "EX-1-1", "2", true},
        {"another in the message", "", "EX-1", "EX-1-2", "", true},
        {"a page of another", "1", "EX-2", "EX-2-1", "2", true},
        {"one without message id", "", "", "EX-1-1", "", true},
    };
    auto into = begin();
    const bank_file from(*into, "cafe");
    std::int64_t number = 0;
    for (const bearer_case& each : cases) {
        const auto container_no = static_cast<std::uint32_t>(++number);
        report_number item{
            from.group.id, container_no, number_series::legal,        "camt.053", "58411009823", "SEK", 2026, number,
            "EX-1",        "EX-1-1",     std::string(each.known_page)};
        if (each.message_id.empty()) item.message_id.clear();
        must(into->add_number(item));
        item.message_id = each.message_id;
        item.container_id = each.container_id;
        item.page = each.page;
        const auto found = must(into->other_bearer(item));
        EXPECT_EQ(found.has_value(), each.other) << each.what;
        EXPECT_EQ(found.value_or(from.group.id), from.group.id) << each.what;
    }
}

TEST_P(bank_files, deposits_are_known_by_bankgiro_year_and_serial) {
    auto into = begin();
    bank_file from(*into);
    from.finish();
    const auto known = must(into->known_deposits("9912346", 2026, "00012"));
    ASSERT_EQ(known.size(), 1U);
    EXPECT_EQ(known.front().id, from.money.id);
    EXPECT_EQ(known.front().source, "bgmax");
    EXPECT_EQ(known.front().format, "bgmax");
    EXPECT_EQ(known.front().file_name, "BGMAX-f00d.txt");
    EXPECT_EQ(known.front().currency, "SEK");
    EXPECT_EQ(known.front().amount_ore, from.money.amount_ore);
    EXPECT_TRUE(must(into->known_deposits("9912346", 2025, "00012")).empty());
    const ledger::known_deposit& one = known.front();
    EXPECT_EQ(one.serial, "00012");
    EXPECT_EQ(must(into->deposits_of_day("9912346", from.money.payment_date, from.money.amount_ore)).size(), 1U);
    EXPECT_EQ(must(into->deposit_with_id(from.money.id))->serial, from.money.serial);
    EXPECT_FALSE(must(into->deposit_with_id(from.group.id)));
    EXPECT_TRUE(must(into->deposits_of_day("9912346", from.money.payment_date, from.money.amount_ore + 1)).empty());
    EXPECT_TRUE(must(into->known_deposits("9912346", 2026, "00013")).empty());
    EXPECT_TRUE(must(into->known_deposits("57237273", 2026, "00012")).empty());
    deposit unnumbered = from.money;
    unnumbered.section_no = 2;
    unnumbered.serial = "00000";
    must(into->add_deposit(unnumbered));
    EXPECT_TRUE(must(into->known_deposits("9912346", 2026, "00000")).empty());
    EXPECT_TRUE(must(into->known_deposits("9912346", 2026, "     ")).empty());
}

TEST_P(bank_files, payments_of_a_day_are_those_that_other_formats_brought) {
    auto into = begin();
    bank_file from(*into);
    from.add_payment(1000);
    from.finish();
    const date day = from.money.payment_date;
    const auto found = [&](date of, std::string_view format, bool without_number) {
        return must(into->payments_of_day("9912346", of, format, without_number));
    };
    EXPECT_TRUE(found(day, "bgmax", false).empty());
    EXPECT_TRUE(found(day, "camt.053", true).empty()) << "its deposit has a number";
    EXPECT_TRUE(found(add_days(day, 1), "camt.053", false).empty());
    const auto all = found(day, "camt.053", false);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].deposit_id, from.money.id);
    EXPECT_EQ(all[0].trace.amount_ore, 1000);
    EXPECT_EQ(all[0].trace.reference, trace_of("", 1000, "1000234706").reference);
}

TEST_P(bank_files, what_came_by_another_source_is_known_to_be_there) {
    auto into = begin();
    EXPECT_FALSE(must(into->has_batches_of_others("camt")));
    bank_file(*into).finish();
    EXPECT_FALSE(must(into->has_batches_of_others("bgmax")));
    for (const char* const other : {"", "bgm", "camt"})
        EXPECT_TRUE(must(into->has_batches_of_others(other))) << other;
}

TEST_P(bank_files, payments_are_known_by_serial_and_amount_or_by_place) {
    auto into = begin();
    bank_file from(*into);
    const payment first = from.add_payment(1000);
    const payment second = from.add_payment(2000, "8012577");
    from.finish();
    const auto by_serial = must(into->payment_with_serial({"000000000002", 2000, issued}));
    ASSERT_TRUE(by_serial);
    EXPECT_EQ(by_serial->id, second.id);
    EXPECT_EQ(by_serial->source, "bgmax");
    EXPECT_EQ(by_serial->file_name, "BGMAX-f00d.txt");
    EXPECT_EQ(by_serial->value_date, paid);
    EXPECT_EQ(by_serial->deposit_id, second.deposit_id);
    EXPECT_FALSE(must(
        into->payment_with_serial({.serial = "000000000002", .amount_ore = 2000, .not_before = issued, .after = second.id})));
    EXPECT_FALSE(must(into->payment_with_serial(
        {.serial = "000000000002", .amount_ore = 2000, .not_before = issued, .other_than_file = from.file.id})));
    EXPECT_FALSE(must(into->payment_with_serial(
        {.serial = "000000000002", .amount_ore = 2000, .not_before = issued, .other_than_source = "bgmax"})));
    EXPECT_FALSE(must(into->payment_with_serial({"000000000002", 1000, issued})));
    EXPECT_FALSE(must(into->payment_with_serial({"000000000002", 2000, add_days(paid, 1)})));

    transaction::place where{"9912346", paid, "00012", 1, {}, {}};
    EXPECT_EQ(must(into->payment_at(where))->id, first.id);
    where.amount_ore = 2000;
    EXPECT_FALSE(must(into->payment_at(where)));
    where.section_ordinal = 2;
    EXPECT_EQ(must(into->payment_at(where))->id, second.id);
    where.reference = "1000234706";
    EXPECT_FALSE(must(into->payment_at(where)));
    where.reference = "8012577";
    EXPECT_TRUE(must(into->payment_at(where)));
    where.deposit_serial = "00013";
    EXPECT_FALSE(must(into->payment_at(where)));
    where = {"9912346", add_days(paid, 1), "00012", 1, {}, {}};
    EXPECT_FALSE(must(into->payment_at(where)));
}

TEST_P(bank_files, a_delivery_is_known_by_its_claim) {
    auto into = begin();
    bank_file from(*into);
    const row_id allotted = from.file.id;
    from.file.profile = "sample";
    from.file.receipt = "{}";
    from.file.outcome = file_outcome::held;
    from.finish();
    EXPECT_EQ(from.file.id, allotted);
    const auto found = must(into->file_with_claim("claim-f00d"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, allotted);
    EXPECT_EQ(found->outcome, file_outcome::held);
    EXPECT_EQ(found->size_bytes, 810);
    EXPECT_EQ(found->profile, "sample");
    EXPECT_EQ(found->receipt, "{}");
    EXPECT_EQ(must(into->file_with_id(allotted))->claim, "claim-f00d");
    EXPECT_FALSE(must(into->file_with_claim("claim-beef")));
    exchanged_file again = from.file;
    again.id = 0;
    must(into->add_file(again));
    EXPECT_EQ(again.id, allotted);
    again.sha256 = "sha-other";
    expect_error(into->add_file(again), error_code::conflict, "sha-f00d");
    EXPECT_EQ(must(into->files_since(time.now_ms)).size(), 1U);
    EXPECT_TRUE(must(into->files_since(time.now_ms + 1)).empty());
}

TEST_P(bank_files, a_batch_without_its_file_cannot_be_committed) {
    auto into = begin();
    bank_file from(*into);
    expect_error(into->commit(), error_code::conflict);
    into.reset();
    EXPECT_FALSE(must(read()->find_batch("bgmax", "f00d")));
}

TEST_P(bank_files, holds_wait_until_they_are_decided_once) {
    auto into = begin();
    bank_file from(*into);
    const payment what = from.add_payment(1000);
    entry item = to_suspense(from, what);
    must(into->add_entry(item));
    hold section{0, from.file.id, hold_subject::section, 1, 2, 0, "BGMAX-R61", "{}"};
    hold single{0, from.file.id, hold_subject::payment, 1, 1, what.id, "BGMAX-R62", "{}"};
    must(into->add_hold(section));
    must(into->add_hold(single));
    hold again = single;
    again.id = 0;
    must(into->add_hold(again));
    EXPECT_EQ(again.id, single.id);
    again.reasons = "BGMAX-R63";
    expect_error(into->add_hold(again), error_code::conflict);
    from.finish();

    auto waiting = must(into->undecided_holds());
    ASSERT_EQ(waiting.size(), 2U);
    EXPECT_EQ(waiting[0].row.reasons, "BGMAX-R61");
    EXPECT_EQ(waiting[0].row.section_no, 2U);
    EXPECT_EQ(waiting[0].amount_ore, 0);
    EXPECT_EQ(waiting[0].recorded_at, time.now_ms);
    EXPECT_EQ(waiting[1].row.payment_id, what.id);
    EXPECT_EQ(waiting[1].amount_ore, 1000);
    EXPECT_EQ(waiting[1].file_name, "BGMAX-f00d.txt");

    const row_id decision = must(into->decide_hold(section.id, hold_verdict::refused, "clerk", "duplicate"));
    EXPECT_EQ(must(into->decide_hold(section.id, hold_verdict::refused, "clerk", "duplicate")), decision);
    expect_error(into->decide_hold(section.id, hold_verdict::released, "clerk", "no"), error_code::conflict);
    expect_error(into->decide_hold(decision + 1000, hold_verdict::released, "clerk", "no"), error_code::not_found);
    waiting = must(into->undecided_holds());
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].row.id, single.id);
    const auto all = must(into->holds_of_file(from.file.id));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].verdict, hold_verdict::refused);
    EXPECT_EQ(all[1].verdict, std::nullopt);
    EXPECT_TRUE(must(into->holds_of_file(from.file.id + 1000)).empty());
}

TEST_P(bank_files, rows_are_called_by_their_natural_keys) {
    auto into = begin();
    const row_id invoice_id = post(*into, an_invoice("F1", "K1", {1000}));
    const row_id note_id = post(*into, a_credit_note("C1", an_invoice("F1", "K1", {1000}), 100));
    bank_file from(*into);
    const payment what = from.add_payment(1000);
    advance given{0, "K1", what.id, paid, "SEK"};
    must(into->add_advance(given));
    hold single{0, from.file.id, hold_subject::payment, 1, 1, what.id, "BGMAX-R62", "{}"};
    must(into->add_hold(single));
    const row_id decision = must(into->decide_hold(single.id, hold_verdict::released, "clerk", "ok"));
    from.finish();
    EXPECT_EQ(must(into->name_of(invoice_id)), "invoice F1");
    EXPECT_EQ(must(into->name_of(note_id)), "credit_note C1");
    EXPECT_EQ(must(into->name_of(what.id)), "payment bgmax:f00d:1");
    EXPECT_EQ(must(into->name_of(from.money.id)), "deposit bgmax:f00d:1");
    EXPECT_EQ(must(into->name_of(from.group.id)), "batch bgmax:f00d");
    EXPECT_EQ(must(into->name_of(given.id)), "advance bgmax:f00d:1:K1");
    EXPECT_EQ(must(into->name_of(single.id)), "hold sha-f00d:1:1:1");
    EXPECT_EQ(must(into->name_of(decision)), "decision sha-f00d:1:1:1");
    EXPECT_EQ(must(into->name_of(from.file.id)), "file sha-f00d");
    EXPECT_EQ(must(into->name_of(12345)), std::nullopt);
}

BRYGGA_ALL_STORES(bank_files);

}  // namespace
}  // namespace brygga::ledger
