#include "tests/ledger/sqlite_fixture.hpp"

namespace brygga::ledger {

using namespace samples;

namespace {

// A batch with its receipt, returned mail, and whom a file is about.
void fill_print(transaction& into, row_id delivery_id, row_id outgoing_id, row_id file_id) {
    print_batch printed{0, "20260302-INV-000001", 1, print::batch::flow::invoice, false, std::string(64, 'e'), outgoing_id, 1};
    must(into.print_batches().add_print_batch(printed));
    print_document letter{0, printed.id, "D1", delivery_id, std::string(64, 'f'), 1, 1};
    must(into.print_batches().add_print_document(letter));
    print_receipt answer{0, printed.id, 1, print::receipt::receipt_type::ack, false, std::string(64, 'c'), file_id, {}};
    must(into.print_batches().add_print_receipt(answer, receipt_end::applied));
    must(into.print_batches().add_address_mark({"K1", address_state::suspect, "OTHER", delivery_id, {}, 0}));
    must(into.protections().add_file_person(outgoing_id, "K1"));
    protection_event lifted;
    lifted.customer_id = "K1";
    lifted.since = samples::due;
    must(into.protections().add_protection_event(lifted));
}

}  // namespace

void sqlite_store::fill() {
    auto ledger = open();
    auto into = must(ledger->begin(tenant));
    customer wishing = a_customer();
    wishing.wishes.endpoint = "1";
    must(into->put_customer(wishing));
    must(into->put_facility(a_facility()));
    give_advance(*into, "K1", 500);
    const auto reserved = must(into->reserve_advances());
    invoice item = an_invoice("F1", "K1", {1000});
    item.prepaid = prepaid_amount{reserved.at(0).id, 400};
    const row_id invoice_id = post(*into, item);
    must(into->release_reservation(reserved.at(0).id));
    post(*into, a_credit_note("C1", item, 100));
    must(into->add_objection({invoice_id, 0, objection_state::raised, "clerk", "x", 0, 0}));
    bank_file from(*into);
    must(into->add_number(
        {from.group.id, 1, number_series::legal, "camt.053", "58411009823", "SEK", 2026, 7, "EX-1", "EX-1-1", ""}));
    must(into->add_skipped({from.group.id, 2, from.money.id, "CAMT-R22"}));
    must(into->add_total({from.group.id, 3, from.money.bankgiro, from.money.payment_date, "00043", "SEK", 900}));
    payment what = from.make_payment(700);
    what.references = {{"1000234706", '2', 700}};
    must(into->add_payment(what));
    entry received = to_suspense(from, what);
    must(into->add_entry(received));
    must(into->add_match({what.id, received.id, "clerk", "x"}));
    hold single{0, from.file.id, hold_subject::payment, 1, 1, what.id, "BGMAX-R62", "{}"};
    must(into->add_hold(single));
    must(into->decide_hold(single.id, hold_verdict::released, "clerk", "x"));
    handover handed{0, from.file.id, 0, 0, "bgmax", "outbox", "claim-aa.bgmax", 1, "{}"};
    must(into->add_handover(handed));
    must(into->close_handover(handed.id, "clerk", "entered by hand"));
    must(into->add_handover_event({handed.id, handover_step::handed_over, "outbox", {}, {}}));
    from.finish();
    must(into->close_notices(from.file.id, "clerk", "the bank sends it on paper"));
    outgoing order{0, "outbox:1", "bank", "in", "pain.xml", "pain.001", "ORDER-1", std::string(64, 'a'), 17, 0};
    must(into->exchange().add_outgoing(order));
    must(into->exchange().add_event(order.id, {sending::sending, 1, {}, {}, 0}));
    fetched_version fetched{0, "bank", "k1", "camt.xml", std::string(64, 'b'), 17};
    must(into->exchange().add_fetched(fetched));
    must(into->exchange().add_cleared(fetched.id));
    original_removal removed{0, order.sha256, 17, *parse_ccyymmdd("20331231"), "originals_years = 7", 0};
    must(into->retention().add_removal(removed));
    mandate given{0, "9912346", "7001"};
    must(into->direct_debit().add_mandate(given));
    must(into->direct_debit().add_mandate_event(given.id, {mandate_state::applied, "K1", {}, {}, {}, {}, {}, order.id, {}, {}}));
    collection asked{0, "F1:1", given.id, invoice_id, "9912346", "7001", due, 100, "SEK", "1000234706"};
    must(into->direct_debit().add_collection(asked, order.id));
    matter seen{0, "x", "mandate-rejected", given.id, "K1", from.file.id, "{}"};
    must(into->matters().add_matter(seen));
    must(into->matters().close_matter(seen.id, "clerk", "x"));
    customer_account given_account{0, "K1", {payee_account_kind::bank_account, "5841", "1009823"}, "clerk", "x", 0};
    must(into->payouts().add_account(given_account));
    payout back{0, "x", "K1", 100, "SEK", "overpayment"};
    must(into->payouts().add_payout(back));
    must(into->payouts().add_payout_event(back.id, {payout_state::draft, due, payout_route::none, {}, 0, {}, 0, "clerk", "x"}));
    registration told{0, "x", registration_kind::registered, {}, "193806013888.NB.SE", {}, due, "{}", 0};
    must(into->registrations().add_registration(told, {registration_state::matched, "K1", {}, {}, 0}));
    must(into->put_facility_event({"A1", facility_happening::connected, due}));
    invoice_run run{0, "R1", run_kind::ordinary, issued, std::string(64, 'd'), 1, 0, "{}"};
    must(into->invoice_runs().add_run(run));
    run_document of{0, run.id, 2, false, "F1", invoice_id, "K1", due, 100};
    must(into->invoice_runs().add_run_document(of));
    delivery way{0, of.id, 1, channel::print};
    must(into->invoice_runs().add_delivery(way, {delivery_state::planned, 0, {}, {}, "x", {}, {}, 0}));
    fill_print(*into, way.id, order.id, from.file.id);
    must(into->commit());
}

}  // namespace brygga::ledger
