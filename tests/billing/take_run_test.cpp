// A run into the books: whole or not at all, each document with its first channel, and the same run again after any crash.
#include <gmock/gmock.h>

#include "mapping/ledger/books.hpp"
#include "tests/billing/run_desk.hpp"

namespace brygga::billing::test {
namespace {

using ledger::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view berit = "198112289874", bo = "193806013888", eva = "196408233234";

class take_run : public run_desk {
 protected:
    static json with_wishes(json customer, json wishes) {
        customer["invoices"] = std::move(wishes);
        return customer;
    }
};

TEST_P(take_run, gives_each_document_the_first_channel_that_fits) {
    import({customer_line("K1", berit)});
    registered("198112289874.NB.SE");
    take({customer_line("K2", bo), with_wishes(customer_line("K3", eva), {{"endpoint", "0007:9922345674"}}),
          with_wishes(customer_line("K4", eva), {{"first_channel", "mailbox"}, {"endpoint", "0007:9922345674"}}),
          with_wishes(customer_line("K5", eva),
                      {{"email", {{"address", "e@x.org"}, {"requested", "2026-01-01"}, {"confirmed", "2026-01-02"}}}}),
          with_wishes(customer_line("K6", eva),
                      {{"email", {{"address", "e@x.org"}, {"requested", "2026-01-03"}, {"confirmed", "2026-01-02"}}}}),
          with_wishes(customer_line("K7", eva), {{"first_channel", "print"}, {"endpoint", "0007:9922345674"}}),
          invoice_line("1", "K1"), invoice_line("2", "K2"), invoice_line("3", "K3"), invoice_line("4", "K4"),
          invoice_line("5", "K5"), invoice_line("6", "K6"), invoice_line("7", "K7"), credit_line("8", "K1", "1"),
          credit_line("9", "K3", "3")});
    EXPECT_THAT(documents(),
                ElementsAre("1 bank planned", "2 print planned", "3 network planned", "4 mailbox planned", "5 email planned",
                            "6 print planned", "7 print planned", "8 print planned", "9 network planned"))
        << "the bank takes no credit notes, the network does";
    EXPECT_EQ(run().newest.state, ledger::run_state::received);
    EXPECT_EQ(run().row.invoices, 7U);
    EXPECT_EQ(run().row.credit_notes, 2U);
}

TEST_P(take_run, sends_credit_notes_to_a_bank_that_takes_them) {
    terms.bank_takes_credits = true;
    import({customer_line("K1", berit)});
    registered("198112289874.NB.SE");
    take({invoice_line("1", "K1"), credit_line("2", "K1", "1")});
    EXPECT_THAT(documents(), ElementsAre("1 bank planned", "2 bank planned"));
}

TEST_P(take_run, sends_protected_persons_by_the_tax_agency_alone) {
    import({customer_line("K1", berit)});
    registered("198112289874.NB.SE");
    json hidden = customer_line("K1", berit);
    hidden["protected_identity"] = true;
    take({hidden, invoice_line("1", "K1")});
    EXPECT_THAT(documents(), ElementsAre("1 forwarding held BILL-R07"));
}

TEST_P(take_run, holds_what_the_books_refuse_and_lets_the_others_go) {
    json wrong = invoice_line("2", "K1");
    wrong["prepaid"] = {{"reservation_id", "0DV0T9KC1M2AB"}, {"amount_ore", 1}};
    const auto done = take({customer_line("K1"), invoice_line("1", "K1"), wrong, credit_line("3", "K1", "404")});
    EXPECT_THAT(documents(), ElementsAre("1 print planned", "2 none held BILL-R24", "3 none held BILL-R30"));
    EXPECT_EQ(done.report.bad, 2U);
    EXPECT_EQ(document("2").row.document_id, 0);
}

TEST_P(take_run, holds_what_another_run_or_line_has_sent) {
    take({customer_line("K1"), invoice_line("1", "K1")});
    take({invoice_line("1", "K1"), invoice_line("2", "K1"), invoice_line("2", "K1")}, "R2");
    EXPECT_THAT(documents("R1"), ElementsAre("1 print planned"));
    EXPECT_THAT(documents("R2"), ElementsAre("1 none held EINV-B08", "2 print planned", "2 none held EINV-B08"));
}

TEST_P(take_run, takes_an_invoice_that_was_imported_before) {
    import({customer_line("K1"), invoice_line("1", "K1")});
    take({invoice_line("1", "K1")});
    EXPECT_THAT(documents(), ElementsAre("1 print planned"));
}

TEST_P(take_run, of_the_same_key_has_no_effect_and_of_another_file_is_refused) {
    const std::vector<json> lines = {customer_line("K1"), invoice_line("1", "K1")};
    EXPECT_FALSE(take(lines).was_there);
    EXPECT_TRUE(take(lines).was_there);
    const auto other = try_take(text_of(manifest_of({invoice_line("2", "K1")}), {invoice_line("2", "K1")}),
                                [&] { return ledger->begin(ledger::tenant); });
    ledger::expect_error(other, error_code::conflict, "BILL-R02: the run R1 is there with another file");
    EXPECT_THAT(documents(), ElementsAre("1 print planned"));
}

// The store fails at each begin in turn, which is where a killed process stops too: between two commits.
TEST_P(take_run, that_stopped_anywhere_goes_on_to_the_same_end) {
    std::vector<json> lines = {customer_line("K1")};
    for (int i = 1; i <= 9; ++i)
        lines.push_back(invoice_line(std::to_string(i), "K1"));
    lines.push_back(credit_line("10", "K1", "3"));
    json wrong = invoice_line("11", "K1");
    wrong["due_date"] = "2026-11-27";
    lines.push_back(wrong);
    const std::string text = text_of(manifest_of(lines), lines);
    std::vector<std::string> expected;
    std::string books;
    for (int failing = 0;; ++failing) {
        SCOPED_TRACE(failing);
        const ledger::temporary_folder place;
        ledger = must(GetParam().open(place.path(), time));
        int begun = 0;
        const auto begin = [&]() -> result<std::unique_ptr<ledger::transaction>> {
            if (++begun == failing) return fail(error_code::busy, "stopped");
            return ledger->begin(ledger::tenant);
        };
        const auto first = try_take(text, begin);
        if (!first) {
            const bool has_begun = must(read()->invoice_runs().run_with_key("R1")).has_value();
            EXPECT_EQ(has_begun, failing > 1);
            EXPECT_TRUE(!has_begun || run().newest.state == ledger::run_state::receiving) << "nothing leaves meanwhile";
            EXPECT_FALSE(take_text(text).was_there);
        }
        EXPECT_EQ(run().newest.state, ledger::run_state::received);
        std::ostringstream now;
        must(ledger::export_books(*read(), now));
        if (failing == 0) {
            expected = documents();
            books = now.str();
            EXPECT_EQ(expected.size(), 11U);
        }
        EXPECT_EQ(documents(), expected);
        EXPECT_EQ(now.str(), books);
        EXPECT_TRUE(must(ledger->verify(ledger::tenant)).chain_intact);
        ledger.reset();
        if (first && failing > 0) break;
        ASSERT_LT(failing, 20);
    }
}

TEST_P(take_run, waits_for_the_run_of_the_company_before_it) {
    const std::vector<std::string> before = {"elnat"};
    const date november = 2026y / 11 / 1;
    EXPECT_EQ(must(first_open_before(*ledger, {}, november)), std::nullopt);
    EXPECT_EQ(must(first_open_before(*ledger, before, november)), "elnat") << "it has not come";
    ledger::invoice_run item{0, "R9", ledger::run_kind::ordinary, november, "x", 0, 0, "{}"};
    const auto note = [&](ledger::run_state state) {
        auto into = must(ledger->begin("elnat"));
        must(into->invoice_runs().add_run(item));
        must(into->invoice_runs().add_run_event(item.id, {state, {}, {}, 0}));
        must(into->commit());
    };
    note(ledger::run_state::received);
    EXPECT_EQ(must(first_open_before(*ledger, before, november)), "elnat");
    EXPECT_EQ(must(first_open_before(*ledger, before, 2026y / 12 / 1)), "elnat");
    note(ledger::run_state::closed);
    EXPECT_EQ(must(first_open_before(*ledger, before, november)), std::nullopt) << "BILL-R03";
}

BRYGGA_ALL_STORES(take_run);

}  // namespace
}  // namespace brygga::billing::test
