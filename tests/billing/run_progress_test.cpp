// When print may begin, what is told after its days, and when a run is closed.
#include <gmock/gmock.h>

#include "tests/billing/run_desk.hpp"
#include "tests/ledger/samples.hpp"

namespace brygga::billing::test {
namespace {

using ledger::must;
using testing::ElementsAre;
using testing::IsEmpty;
using enum ledger::delivery_state;
using enum ledger::channel;

class run_progress : public run_desk {
 protected:
    run_progress() {
        import({customer_line("K1"), customer_line("K2", "193806013888")});
        registered("198112289874.NB.SE");
    }
    bool is_over() {
        auto in = read();
        return must(einvoices_are_over(run(), terms, time.now_ms, *in));
    }
    bool close() {
        auto into = begin();
        const bool closed = must(close_if_done(run(), *into));
        must(into->commit());
        return closed;
    }
    std::vector<std::string> silent(date today) {
        terms.today = today;
        std::vector<std::string> out;
        for (const auto& each : must(without_proof(run().row.id, terms, 10, *read())))
            out.push_back(each.row.number);
        return out;
    }
};

TEST_P(run_progress, print_waits_for_the_answers_to_einvoices) {
    take({invoice_line("1", "K1"), invoice_line("2", "K2")});
    EXPECT_FALSE(is_over()) << "BILL-R05";
    send("1");
    EXPECT_FALSE(is_over());
    receipt("1", bank, accepted_by_distributor);
    EXPECT_TRUE(is_over());
}

TEST_P(run_progress, print_waits_no_longer_than_is_agreed) {
    take({invoice_line("1", "K1"), invoice_line("2", "K2")});
    time.now_ms += 5 * hour_ms;
    send("1");
    time.now_ms += 24 * hour_ms - 1;
    EXPECT_FALSE(is_over());
    time.now_ms += 1;
    EXPECT_TRUE(is_over()) << "24 hours since it was sent";
    receipt("1", bank, rejected, "410");
    EXPECT_TRUE(is_over()) << "what is rejected later goes with a supplementary batch at once";
}

TEST_P(run_progress, print_waits_no_longer_for_einvoices_that_cannot_leave) {
    take({invoice_line("1", "K1"), invoice_line("2", "K2")});
    time.now_ms += 24 * hour_ms - 1;
    EXPECT_FALSE(is_over());
    time.now_ms += 1;
    EXPECT_TRUE(is_over());
}

TEST_P(run_progress, print_waits_for_nothing_where_there_is_no_einvoice) {
    take({invoice_line("2", "K2")});
    EXPECT_TRUE(is_over());
}

TEST_P(run_progress, tells_of_documents_without_a_receipt) {
    take({invoice_line("1", "K1"), invoice_line("2", "K2")});
    send("1");
    send("2");
    receipt("1", bank, accepted_by_bank);
    EXPECT_THAT(silent(2026y / 11 / 9), IsEmpty()) << "two bank days";
    EXPECT_THAT(silent(2026y / 11 / 10), ElementsAre("2")) << "BILL-R09";
}

TEST_P(run_progress, closes_a_run_when_every_document_has_one_end) {
    take({invoice_line("1", "K1"), invoice_line("2", "K2"), credit_line("3", "K2", "2")});
    EXPECT_FALSE(close());
    send("1");
    receipt("1", bank, accepted_by_bank);
    send("2");
    receipt("2", print, delivered);
    EXPECT_FALSE(close());
    {
        auto into = begin();
        must(decide_delivery(document("3").row.id, {delivery_word::what::withdraw, {}, "eva", "x"}, terms, *into));
        must(into->commit());
    }
    EXPECT_TRUE(close());
    EXPECT_EQ(run().newest.state, ledger::run_state::closed);
    EXPECT_TRUE(close()) << "and stays so";
    const auto ends = must(ends_of(run().row, *read()));
    EXPECT_EQ(ends.accepted, 1U);
    EXPECT_EQ(ends.printed, 1U);
    EXPECT_EQ(ends.withdrawn, 1U);
    EXPECT_EQ(ends.ended(), ends.documents);
}

TEST_P(run_progress, does_not_take_what_a_printer_has_taken_for_printed) {
    take({invoice_line("2", "K2")});
    send("2");
    receipt("2", print, accepted_by_distributor);
    EXPECT_FALSE(close());
    EXPECT_THAT(silent(2026y / 11 / 10), ElementsAre("2"));
    receipt("2", print, delivered);
    EXPECT_TRUE(close());
}

TEST_P(run_progress, closes_a_run_of_which_a_person_has_delivered_what_no_channel_could) {
    take({invoice_line("2", "K2")});
    send("2");
    receipt("2", print, rejected);
    {
        const auto id = document("2").row.id;
        auto into = begin();
        must(decide_delivery(id, {delivery_word::what::delivered, {}, "eva", "by hand"}, terms, *into));
        must(into->commit());
    }
    EXPECT_TRUE(close());
    EXPECT_EQ(must(ends_of(run().row, *read())).by_a_person, 1U);
}

TEST_P(run_progress, keeps_a_run_open_whose_documents_are_not_its_manifests_and_closes_the_others) {
    {
        auto into = begin();
        ledger::invoice_run item{0, "R9", ledger::run_kind::ordinary, 2026y / 11 / 1, "x", 2, 0, "{}"};
        must(into->invoice_runs().add_run(item));
        must(into->invoice_runs().add_run_event(item.id, {ledger::run_state::received, {}, {}, 0}));
        must(into->commit());
    }
    take({invoice_line("2", "K2")});
    send("2");
    receipt("2", print, delivered);
    auto into = begin();
    EXPECT_THAT(must(close_finished_runs(*into)), ElementsAre("R1"));
    must(into->commit());
    into.reset();
    EXPECT_EQ(run("R9").newest.state, ledger::run_state::received);
    const auto told = must(read()->matters().open_matters_of(run_not_as_manifest, 10));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].row.detail, R"({"documents":2,"ended":0,"rule":"BILL-R06"})");
}

TEST_P(run_progress, frees_what_was_reserved_and_not_used) {
    ledger::row_id reservation = 0;
    {
        auto into = begin();
        ledger::samples::give_advance(*into, "K2", 20'000);
        reservation = must(into->reserve_advances()).at(0).id;
        must(into->commit());
    }
    json invoice = invoice_line("2", "K2");
    invoice["prepaid"] = {{"reservation_id", ledger::format_id(reservation)}, {"amount_ore", 5'000}};
    take({invoice});
    send("2");
    EXPECT_TRUE(must(read()->free_advances_of("K2")).empty());
    receipt("2", print, delivered);
    EXPECT_TRUE(must(begin()->reserve_advances()).empty()) << "what an open run uses is not handed out to another";
    EXPECT_TRUE(close());
    EXPECT_EQ(must(read()->free_advances_of("K2")).at(0).free_ore, 15'000) << "BILL-R24";
}

TEST_P(run_progress, leaves_what_was_reserved_for_another_run) {
    {
        auto into = begin();
        ledger::samples::give_advance(*into, "K2", 20'000);
        must(into->reserve_advances());
        must(into->commit());
    }
    take({invoice_line("1", "K1")});
    send("1");
    receipt("1", bank, accepted_by_bank);
    EXPECT_TRUE(close());
    EXPECT_EQ(must(begin()->reserve_advances()).size(), 1U) << "the run that it was made for is still to come";
}

BRYGGA_ALL_STORES(run_progress);

}  // namespace
}  // namespace brygga::billing::test
