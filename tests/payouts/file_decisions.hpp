// Files of Autogiro and what the ledger had put into them, for the tests of decisions on them.
#pragma once

#include "mapping/outbound/autogiro_run.hpp"
#include "mapping/outbound/file_decisions.hpp"
#include "mapping/outbound/mandate_words.hpp"
#include "tests/payouts/desk.hpp"

namespace brygga::payouts::test {

using ledger::row_id;
using ledger::sending;

class file_decisions : public desk {
 protected:
    // The day's file of Autogiro, queued; 0 when there is nothing to send.
    row_id daily_run(bool pays_back = false) {
        const row_id id = in().allot_id();
        outbound::autogiro_terms how;
        if (pays_back) how.pays_back = outbound::payout_limits{terms, {}, 0, time.now()};
        how.customer_number = "471117";
        how.bankgiro = "9912346";
        how.today = today;
        const auto made = must(outbound::prepare_autogiro(how, id, in()));
        if (made.bytes.empty()) return 0;
        ledger::outgoing file{
            id, "autogiro:" + ledger::format_id(id), "bank", "in", "AG", "autogiro", {}, std::string(64, 'a'), made.bytes.size(),
            0};
        must(in().exchange().add_outgoing(file));
        bytes = made.bytes;
        return id;
    }
    // The payer of F1 says that it is wrong, or that has been answered.
    void object(ledger::objection_state state = ledger::objection_state::raised) {
        must(in().add_objection({invoice_id("F1"), 0, state, "eva", "objection", 0, 0}));
    }
    // Of F1, by a new mandate.
    row_id file_with_a_collection() {
        add_mandate("5841000001009823");
        due_soon("F1");
        return daily_run();
    }
    void came_to(row_id file_id, sending state) { must(in().exchange().add_event(file_id, {state, 1, {}, {}, 0})); }
    outbound::closing close(row_id file_id, bool not_received = false) {
        const bool not_arrived = must(outbound::never_left(file_id, in())) || not_received;
        came_to(file_id, sending::closed);
        return must(outbound::note_closed(file_id, not_arrived, eva, in()));
    }
    void due_soon(std::string_view number) {
        ledger::invoice bill = ledger::samples::an_invoice(number, "K1", {20000});
        bill.issue_date = today;
        bill.due_date = 2026y / 6 / 5;
        must(post_invoice(in(), bill, {.use_free_advances = false}));
    }
    std::string collections(std::string_view number) {
        std::string out;
        for (const auto& each : must(in().direct_debit().collections_of_invoice(invoice_id(number))))
            out += (out.empty() ? "" : " ") + std::string(name(each.newest.state));
        return out;
    }
    row_id invoice_id(std::string_view number) { return must(in().invoice_with_number(number)).value().id; }

    void expect_stays(row_id file_id, std::string_view because_of) {
        const std::string why = must(outbound::objection_to_leaving(file_id, today, in()));
        EXPECT_TRUE(why.starts_with("must not leave: " + std::string(because_of))) << why;
    }
    std::string collection_is(ledger::collection_state state, std::string_view code = "1") {
        const auto known = must(in().direct_debit().collections_of_invoice(invoice_id("F1"))).back();
        must(in().direct_debit().add_collection_event(known.row.id, {state, today, std::string(code), 99, {}, {}}));
        return std::string(name(state));
    }

    // Another account for the payer's mandate, told in an internet bank.
    row_id proposed_change() {
        ledger::mandate change{0, "9912346", "7001", true};
        must(in().direct_debit().add_mandate(change));
        must(in().direct_debit().add_mandate_event(
            change.id, {ledger::mandate_state::proposed, "K1", "8901003232323232", {}, today, {}, {}, 99, {}, {}}));
        return change.id;
    }

    const outbound::speaker eva{"eva", "taken by hand", today};
    std::string bytes;
};

}  // namespace brygga::payouts::test
