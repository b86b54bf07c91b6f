// Print batches in the store: numbers that are never reused, the newest state of each document, receipts, returned mail.
#include <gmock/gmock.h>

#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;
using print::receipt::status;
using testing::ElementsAre;
using testing::IsEmpty;

class print_batch_rows : public store_test {
 protected:
    print_batch_rows() {
        auto into = begin();
        outgoing file{0, "x", "print", "in", "a.zip", "print-batch", "B", std::string(64, 'a'), 17, 0};
        must(into->exchange().add_outgoing(file));
        invoice_run run{0, "R1", run_kind::ordinary, issued, std::string(64, 'd'), 1, 0, "{}"};
        must(into->invoice_runs().add_run(run));
        run_document of{0, run.id, 2, false, "F1", 0, "K1", due, 100};
        must(into->invoice_runs().add_run_document(of));
        way = {0, of.id, 1, channel::print};
        must(into->invoice_runs().add_delivery(way, {}));
        batch = {0, "20260302-INV-000001", 1, print::batch::flow::invoice, false, std::string(64, 'e'), file.id, 1};
        must(into->print_batches().add_print_batch(batch));
        letter = {0, batch.id, "D1", way.id, std::string(64, 'f'), 3, 2};
        must(into->print_batches().add_print_document(letter));
        must(into->commit());
    }
    void say(status state) {
        auto into = begin();
        print_status now;
        now.state = state;
        must(into->print_batches().add_print_status(letter.id, now));
        must(into->commit());
    }

    delivery way;
    print_batch batch;
    print_document letter;
};

TEST_P(print_batch_rows, are_found_by_what_they_are_called) {
    auto in = read();
    EXPECT_EQ(must(in->print_batches().last_print_sequence()), 1u);
    EXPECT_EQ(must(in->print_batches().print_batch_with_id("20260302-INV-000001"))->row.id, batch.id);
    EXPECT_EQ(must(in->print_batches().print_batch_of_file(batch.outgoing_id))->row.batch_id, batch.batch_id);
    EXPECT_EQ(must(in->print_batches().print_batch_with_id("20260302-INV-000002")), std::nullopt);
    const auto document = must(in->print_batches().print_document_of_delivery(way.id));
    ASSERT_TRUE(document);
    EXPECT_EQ(document->row.sheets, 2u);
    EXPECT_EQ(document->newest.state, status::batched);
}

TEST_P(print_batch_rows, have_ids_and_numbers_of_their_own) {
    auto into = begin();
    print_batch again = batch;
    again.id = 0;
    again.sequence = 2;
    expect_error(into->print_batches().add_print_batch(again), error_code::conflict, "PRB-R02");
    again.batch_id = "20260302-INV-000002";
    again.sequence = 1;
    expect_error(into->print_batches().add_print_batch(again), error_code::conflict);
}

TEST_P(print_batch_rows, know_their_documents_as_they_are_now) {
    say(status::received);
    say(status::posted);
    EXPECT_EQ(must(read()->print_batches().print_documents_of(batch.id)).at(0).newest.state, status::posted);
    EXPECT_EQ(must(read()->print_batches().open_print_batches()).size(), 1u);
}

TEST_P(print_batch_rows, that_were_taken_back_are_not_open_and_their_documents_were_never_sent) {
    say(status::cancelled);
    EXPECT_THAT(must(read()->print_batches().open_print_batches()), IsEmpty());
    EXPECT_EQ(must(read()->print_batches().print_document_with_id("D1")), std::nullopt) << "PRB-R05";
}

TEST_P(print_batch_rows, count_the_receipts_that_were_applied) {
    auto into = begin();
    print_receipt second{0, batch.id, 2, print::receipt::receipt_type::status, true, std::string(64, '2'), 7, "<x/>"};
    must(into->print_batches().add_print_receipt(second, receipt_end::parked));
    EXPECT_EQ(must(into->print_batches().print_batch_with_id(batch.batch_id))->last_number, 0u);
    print_receipt first{0, batch.id, 1, print::receipt::receipt_type::ack, false, std::string(64, '1'), 8, {}};
    must(into->print_batches().add_print_receipt(first, receipt_end::applied));
    EXPECT_EQ(must(into->print_batches().print_batch_with_id(batch.batch_id))->last_number, 1u);
    EXPECT_FALSE(must(into->print_batches().print_batch_with_id(batch.batch_id))->is_final);
    must(into->print_batches().add_receipt_end(second.id, receipt_end::applied, {}, {}));
    const auto now = must(into->print_batches().print_batch_with_id(batch.batch_id));
    EXPECT_EQ(now->last_number, 2u);
    EXPECT_TRUE(now->is_final);
    EXPECT_THAT(must(into->print_batches().open_print_batches()), IsEmpty());
    EXPECT_EQ(must(into->print_batches().print_receipts_of(batch.id)).at(1).row.content, "<x/>");
}

TEST_P(print_batch_rows, keep_what_is_known_of_addresses) {
    auto into = begin();
    EXPECT_EQ(must(into->print_batches().newest_address_mark("K1")), std::nullopt);
    must(into->print_batches().add_address_mark({"K1", address_state::suspect, "OTHER", way.id, {}, 0}));
    must(into->print_batches().add_address_mark({"K1", address_state::suspect, "OTHER", way.id, {}, 0}));
    must(into->print_batches().add_address_mark({"K1", address_state::confirmed, "asked by telephone", 0, "clerk", 0}));
    EXPECT_EQ(must(into->print_batches().newest_address_mark("K1"))->state, address_state::confirmed);
}

BRYGGA_ALL_STORES(print_batch_rows);

}  // namespace
}  // namespace brygga::ledger
