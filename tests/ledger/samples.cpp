#include "tests/ledger/samples.hpp"

#include <set>

#include <fmt/format.h>

#include "mapping/ledger/allocation.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger::samples {

namespace {

// Postings hold views; what they view must outlive whichever temporary it came from.
std::string_view kept(const std::string& text) {
    static std::set<std::string> texts;
    return *texts.insert(text).first;
}

}  // namespace

customer a_customer(std::string_view customer_id) {
    customer item;
    item.customer_id = customer_id;
    item.name = "Berit Björk";
    item.identity_number = "198112289874";
    item.street = "Exempelvägen 1";
    item.postcode = "12345";
    item.town = "Exempelstad";
    item.country_code = "SE";
    item.telephone = "0701740605";
    item.email = "berit@example.org";
    return item;
}

facility a_facility(std::string_view facility_id) {
    return {std::string(facility_id), "K1", utility::EL, "735999123000045676", "EXEMPLET 1:1", "Exempelvägen 1, Exempelstad"};
}

invoice an_invoice(std::string_view number, std::string_view customer_id, std::vector<std::int64_t> lines_ore) {
    invoice item;
    item.number = number;
    item.customer_id = customer_id;
    item.reference = "1000234706";
    item.issue_date = issued;
    item.due_date = due;
    for (std::size_t i = 0; i < lines_ore.size(); ++i) {
        item.lines.push_back({static_cast<utility>(i % 5), fmt::format("S{}", i + 1), "avgift", lines_ore[i], {}});
        item.total_ore += lines_ore[i];
    }
    return item;
}

credit_note a_credit_note(std::string_view number, const invoice& of, std::int64_t amount_ore) {
    credit_note item;
    item.number = number;
    item.customer_id = of.customer_id;
    item.reference = "7010019";
    item.invoice_number = of.number;
    item.kind = utility::EL;
    item.supply_point = "S1";
    item.issue_date = issued;
    item.amount_ore = amount_ore;
    return item;
}

row_id post(transaction& into, const invoice& item, const receivables_policy& policy) {
    const auto outcome = must(post_invoice(into, item, policy));
    EXPECT_EQ(outcome.document.kind, put_kind::inserted);
    return outcome.document.id;
}

row_id post(transaction& into, const credit_note& item) {
    const auto outcome = must(post_credit_note(into, item));
    EXPECT_EQ(outcome.document.kind, put_kind::inserted);
    return outcome.document.id;
}

bank_file::bank_file(transaction& into, std::string_view identity) : into_(&into) {
    file.id = into.allot_id();
    file.claim = fmt::format("claim-{}", identity);
    file.name = fmt::format("BGMAX-{}.txt", identity);
    file.format = "bgmax";
    file.sha256 = fmt::format("sha-{}", identity);
    file.size_bytes = 810;
    group.file_id = file.id;
    group.source = "bgmax";
    group.identity = identity;
    group.logical_no = 1;
    group.written_at = "20260327120000";
    must(into.add_batch(group));
    money.batch_id = group.id;
    money.section_no = 1;
    money.bankgiro = "9912346";
    money.payment_date = paid;
    money.serial = "00012";
    money.currency = "SEK";
    must(into.add_deposit(money));
}

payment bank_file::make_payment(std::int64_t amount_ore, std::string_view reference) {
    payment item;
    item.batch_id = group.id;
    item.deposit_id = money.id;
    item.ordinal = ++ordinal_;
    item.section_ordinal = ordinal_;
    item.amount_ore = amount_ore;
    item.currency = "SEK";
    item.value_date = paid;
    item.bankgiro = money.bankgiro;
    item.reference = reference;
    item.reference_code = '2';
    item.channel = '1';
    item.serial = fmt::format("{:012}", ordinal_);
    item.from.name = "Berit Björk";
    item.from.bankgiro = "57237273";
    item.content_hash = fmt::format("hash-{}-{}", ordinal_, amount_ore);
    return item;
}

payment bank_file::add_payment(std::int64_t amount_ore, std::string_view reference) {
    payment item = make_payment(amount_ore, reference);
    must(into_->add_payment(item));
    return item;
}

void bank_file::finish() {
    must(into_->add_file(file));
}

entry to_invoice(const bank_file& from, const payment& what, const open_invoice& invoice, std::int64_t amount_ore) {
    entry item{0, entry_kind::payment, what.id, what.value_date, 0, {}};
    item.postings.push_back({account::bank, amount_ore, "SEK", from.money.id, 0, {}, "received"});
    const auto shares = share(amount_ore, invoice.parts);
    for (std::size_t i = 0; i < shares.size(); ++i)
        item.postings.push_back({account::receivable, -shares[i], "SEK", invoice.id, invoice.parts[i].part.part_no,
                                 kept(invoice.customer_id), "ocr"});
    return item;
}

entry to_suspense(const bank_file& from, const payment& what) {
    return {0,
            entry_kind::payment,
            what.id,
            what.value_date,
            0,
            {{account::bank, what.amount_ore, "SEK", from.money.id, 0, {}, "received"},
             {account::suspense, -what.amount_ore, "SEK", what.id, 0, {}, "unknown-reference"}}};
}

entry to_advance(const bank_file& from, const payment& what, const advance& into) {
    return {0,
            entry_kind::payment,
            what.id,
            what.value_date,
            0,
            {{account::bank, what.amount_ore, "SEK", from.money.id, 0, {}, "received"},
             {account::advance, -what.amount_ore, "SEK", into.id, 0, kept(into.customer_id), "surplus"}}};
}

row_id give_advance(transaction& into, std::string_view customer_id, std::int64_t amount_ore, date value_date) {
    bank_file from(into, fmt::format("advance-{}-{}-{}", customer_id, amount_ore, format_iso_date(value_date)));
    payment what = from.make_payment(amount_ore);
    what.value_date = value_date;
    must(into.add_payment(what));
    advance given{0, std::string(customer_id), what.id, value_date, "SEK"};
    must(into.add_advance(given));
    entry item = to_advance(from, what, given);
    must(into.add_entry(item));
    from.finish();
    return given.id;
}

}  // namespace brygga::ledger::samples
