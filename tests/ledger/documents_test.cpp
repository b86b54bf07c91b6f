// Master data, documents, and what is open on them: promises of every store.
#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

class documents : public store_test {};

TEST_P(documents, changed_master_data_is_a_new_version) {
    customer item = a_customer();
    row_id first = 0;
    {
        auto into = begin();
        const auto inserted = must(into->put_customer(item));
        first = inserted.id;
        EXPECT_EQ(inserted.kind, put_kind::inserted);
        EXPECT_EQ(must(into->put_customer(item)).kind, put_kind::already_there);
        EXPECT_EQ(must(into->put_customer(item)).id, first);
        must(into->commit());
    }
    auto into = begin();
    item.street = "Exempelvägen 2";
    item.category = customer_category::business;
    item.foreign = true;
    item.estate = true;
    item.branch_code = "35110";
    const auto changed = must(into->put_customer(item));
    EXPECT_EQ(changed.kind, put_kind::new_version);
    EXPECT_GT(changed.id, first);
    const auto found = must(into->find_customer("K1"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->street, "Exempelvägen 2");
    EXPECT_EQ(found->branch_code, "35110");
    EXPECT_TRUE(found->foreign && found->estate);
    EXPECT_EQ(found->category, customer_category::business);
    EXPECT_FALSE(must(into->find_customer("K2")));
}

TEST_P(documents, customers_are_found_by_their_present_identity_number) {
    auto into = begin();
    customer item = a_customer("K1");
    must(into->put_customer(item));
    must(into->put_customer(a_customer("K0")));
    EXPECT_EQ(must(into->customers_with_identity("198112289874")).size(), 2U);
    EXPECT_EQ(must(into->customers_with_identity("198112289874")).front().customer_id, "K0");
    item.identity_number = "165560473521";
    must(into->put_customer(item));
    EXPECT_EQ(must(into->customers_with_identity("198112289874")).size(), 1U);
    EXPECT_EQ(must(into->customers_with_identity("165560473521")).front().customer_id, "K1");
    EXPECT_TRUE(must(into->customers_with_identity("")).empty());
}

TEST_P(documents, changed_facility_is_a_new_version) {
    auto into = begin();
    facility item = a_facility();
    EXPECT_EQ(must(into->put_facility(item)).kind, put_kind::inserted);
    EXPECT_EQ(must(into->put_facility(item)).kind, put_kind::already_there);
    item.customer_id = "K2";
    EXPECT_EQ(must(into->put_facility(item)).kind, put_kind::new_version);
    std::vector<facility> all;
    must(into->each_facility([&](const facility& each) -> result<void> {
        all.push_back(each);
        return {};
    }));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].customer_id, "K2");
    EXPECT_EQ(all[0].gsrn, "735999123000045676");
}

TEST_P(documents, same_number_with_other_content_is_a_conflict_that_names_both) {
    auto into = begin();
    invoice item = an_invoice("F1", "K1", {1000});
    const row_id id = must(into->put_invoice(item)).id;
    EXPECT_EQ(must(into->put_invoice(item)).kind, put_kind::already_there);
    item.lines[0].text = "annat";
    const auto conflict = must(into->put_invoice(item));
    EXPECT_EQ(conflict.kind, put_kind::conflict);
    EXPECT_EQ(conflict.id, id);
    EXPECT_EQ(conflict.detail.find("there since 2026-05-28T"), 0U) << conflict.detail;
    const std::size_t first = conflict.detail.find("content ") + 8;
    const std::size_t second = conflict.detail.rfind("content ") + 8;
    EXPECT_EQ(conflict.detail.substr(first, 64).find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_NE(conflict.detail.substr(first, 64), conflict.detail.substr(second, 64));

    credit_note note = a_credit_note("C1", item, 500);
    EXPECT_EQ(must(into->put_credit_note(note)).kind, put_kind::inserted);
    EXPECT_EQ(must(into->put_credit_note(note)).kind, put_kind::already_there);
    note.settlement = credit_settlement::open;
    EXPECT_EQ(must(into->put_credit_note(note)).kind, put_kind::conflict);
}

TEST_P(documents, open_amounts_come_from_postings) {
    auto into = begin();
    const row_id id = post(*into, an_invoice("F1", "K1", {1000, 500}));
    auto found = must(into->invoices_with_reference("1000234706"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, id);
    EXPECT_EQ(found[0].number, "F1");
    EXPECT_EQ(found[0].customer_id, "K1");
    EXPECT_EQ(found[0].due_date, due);
    EXPECT_EQ(found[0].total_ore, 1500);
    ASSERT_EQ(found[0].parts.size(), 2U);
    EXPECT_EQ(found[0].parts[1].part.kind, utility::FV);
    EXPECT_EQ(found[0].parts[1].part.supply_point, "S2");
    EXPECT_EQ(found[0].open_ore(), 1500);

    bank_file from(*into);
    const payment what = from.add_payment(600);
    entry item = to_invoice(from, what, found[0], 600);
    must(into->add_entry(item));
    from.finish();
    must(into->commit());

    auto reader = read();
    const auto by_number = must(reader->invoice_with_number("F1"));
    ASSERT_TRUE(by_number);
    EXPECT_EQ(by_number->open_ore(), 900);
    EXPECT_EQ(by_number->parts[0].open_ore, 600);
    EXPECT_EQ(by_number->parts[1].open_ore, 300);
    EXPECT_EQ(must(reader->invoice_with_id(id))->number, "F1");
    EXPECT_FALSE(must(reader->invoice_with_number("F2")));
    EXPECT_FALSE(must(reader->invoice_with_id(id + 1)));
    EXPECT_TRUE(must(reader->invoices_with_reference("")).empty());
}

TEST_P(documents, open_invoices_of_a_customer_oldest_due_first_without_paid_ones) {
    auto into = begin();
    invoice late = an_invoice("F1", "K1", {1000});
    invoice early = an_invoice("F2", "K1", {2000});
    early.due_date = issued;
    post(*into, late);
    post(*into, early);
    post(*into, an_invoice("F3", "K2", {3000}));
    post(*into, an_invoice("F4", "K1", {4000}));
    bank_file from(*into);
    entry item = to_invoice(from, from.add_payment(4000), *must(into->invoice_with_number("F4")), 4000);
    must(into->add_entry(item));
    const auto open = must(into->open_invoices_of("K1"));
    ASSERT_EQ(open.size(), 2U);
    EXPECT_EQ(open[0].number, "F2");
    EXPECT_EQ(open[1].number, "F1");
}

TEST_P(documents, invoices_are_found_by_exactly_what_is_open) {
    auto into = begin();
    post(*into, an_invoice("F1", "K1", {1000}));
    post(*into, an_invoice("F2", "K2", {1500}));
    post(*into, an_invoice("F3", "K3", {1000}));
    bank_file from(*into);
    entry part = to_invoice(from, from.add_payment(500), *must(into->invoice_with_number("F2")), 500);
    must(into->add_entry(part));
    entry whole = to_invoice(from, from.add_payment(1000), *must(into->invoice_with_number("F3")), 1000);
    must(into->add_entry(whole));
    const auto found = must(into->open_invoices_of_amount(1000, 10));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].number, "F1");
    EXPECT_EQ(found[1].number, "F2");
    EXPECT_EQ(must(into->open_invoices_of_amount(1000, 1)).size(), 1U);
    EXPECT_TRUE(must(into->open_invoices_of_amount(1500, 10)).empty());
    EXPECT_TRUE(must(into->open_invoices_of_amount(0, 10)).empty());
    entry rest = to_invoice(from, from.add_payment(1000), *must(into->invoice_with_number("F2")), 1000);
    must(into->add_entry(rest));
    EXPECT_EQ(must(into->open_invoices_of_amount(1000, 10)).size(), 1U);
}

TEST_P(documents, objections_are_logged) {
    auto into = begin();
    const row_id id = post(*into, an_invoice("F1", "K1", {1000}));
    must(into->add_objection({id, 0, objection_state::raised, "clerk", "wrong meter", 0, 0}));
    must(into->add_objection({id, 0, objection_state::rejected, "clerk", "settled", 0, 0}));
    must(into->commit());
    EXPECT_EQ(must(ledger->verify(tenant)).log_rows, 3U);
}

TEST_P(documents, tenants_see_only_their_own) {
    {
        auto into = begin();
        post(*into, an_invoice("F1", "K1", {1000}));
        must(into->commit());
    }
    auto other = must(ledger->begin("energi"));
    EXPECT_FALSE(must(other->invoice_with_number("F1")));
    post(*other, an_invoice("F1", "K9", {7000}));
    must(other->commit());
    other.reset();
    EXPECT_EQ(must(read()->invoice_with_number("F1"))->customer_id, "K1");
    EXPECT_EQ(must(must(ledger->begin_read("energi"))->invoice_with_number("F1"))->customer_id, "K9");
    EXPECT_EQ(must(ledger->tenants()), (std::vector<std::string>{"energi", std::string(tenant)}));
    expect_error(ledger->begin(""), error_code::invalid_argument);
    expect_error(ledger->begin_read(std::string(65, 'x')), error_code::invalid_argument);
}

TEST_P(documents, documents_are_visited_whole) {
    auto into = begin();
    invoice item = an_invoice("F1", "K1", {1000, -200});
    item.rounding_ore = 7;
    item.total_ore += 7;
    post(*into, item);
    const credit_note note = a_credit_note("C1", item, 300);
    post(*into, note);
    std::vector<invoice> invoices;
    must(into->each_invoice([&](const invoice& each) -> result<void> {
        invoices.push_back(each);
        return {};
    }));
    ASSERT_EQ(invoices.size(), 1U);
    EXPECT_EQ(invoices[0].lines.size(), 2U);
    EXPECT_EQ(invoices[0].lines[1].amount_ore, -200);
    EXPECT_EQ(invoices[0].lines[1].text, "avgift");
    EXPECT_EQ(invoices[0].rounding_ore, 7);
    EXPECT_EQ(invoices[0].reference, item.reference);
    EXPECT_FALSE(invoices[0].prepaid);
    std::vector<credit_note> notes;
    must(into->each_credit_note([&](const credit_note& each) -> result<void> {
        notes.push_back(each);
        return {};
    }));
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_EQ(notes[0].invoice_number, "F1");
    EXPECT_EQ(notes[0].supply_point, "S1");
    EXPECT_EQ(notes[0].amount_ore, 300);
    expect_error(into->each_invoice([](const invoice&) -> result<void> { return fail(error_code::io, "stop"); }), error_code::io,
                 "stop");
}

BRYGGA_ALL_STORES(documents);

}  // namespace
}  // namespace brygga::ledger
