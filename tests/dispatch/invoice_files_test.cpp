// Documents of an invoice run on their way to the operator: each once, whenever a process dies, and what our rules refuse not at
// all.
#include "connectors/dispatch/invoice_files.hpp"

#include <regex>

#include <gmock/gmock.h>

#include "connectors/dispatch/steps.hpp"
#include "formats/core/money.hpp"
#include "mapping/outbound/autogiro_run.hpp"
#include "mapping/outbound/file_decisions.hpp"
#include "tests/dispatch/invoice_office.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/ledger/samples.hpp"

namespace brygga::dispatch::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const std::string invoicing = R"(formats = ["peppol"]
[[tenant.bankgiro]]
number = "991-2346"
ocr = {level = 3}
[tenant.invoices]
organisation_number = "556677-8899"
street = "Verksgatan 1"
postcode = "12345"
town = "Exempelstad"
seat = "Exempelstad"
telephone = "0101234500"
email = "kundservice@example.se"
payment_terms = "Betalas senast på förfallodagen"
[[tenant.invoices.channel]]
by = "bank"
partner = "bank"
folder = "in"
routing_code = "P01"
[[tenant.invoices.channel]]
by = "network"
partner = "bank"
folder = "in"
[[tenant.invoices.channel]]
by = "print"
partner = "bank"
folder = "in"
routing_code = "101"
autogiro_routing_code = "501"
)";

std::string element_of(const std::string& bytes, const std::string& element) {
    std::smatch found;
    return std::regex_search(bytes, found, std::regex("<" + element + "[^>]*>([^<]*)</" + element + ">")) ? found[1].str() : "";
}

class invoice_files : public ::testing::Test {
 protected:
    intake_test::scratch_folder folder;
    invoice_office at{folder.path(), invoicing};
};

TEST_F(invoice_files, leave_as_einvoices_at_once_and_on_paper_when_these_are_answered) {
    at.import(three_customers);
    at.take(three_invoices);
    EXPECT_THAT(at.run().troubles, IsEmpty());
    EXPECT_THAT(at.documents(), ElementsAre("1001 bank queued EINV_5566778899_2026-11-A_2.xml",
                                            "1002 network queued EINV_5566778899_2026-11-A_3.xml", "1003 print planned"));
    const std::string by_bank = at.bank.files.at("in/EINV_5566778899_2026-11-A_2.xml");
    EXPECT_THAT(by_bank, HasSubstr("<cbc:ID>198112289874.NB.SE</cbc:ID>"));
    EXPECT_THAT(by_bank, HasSubstr("<cbc:ID>P01</cbc:ID>"));
    EXPECT_THAT(by_bank, Not(HasSubstr("EndpointID")));
    const std::string by_network = at.bank.files.at("in/EINV_5566778899_2026-11-A_3.xml");
    EXPECT_EQ(element_of(by_network, "cbc:EndpointID"), "5566778899");
    at.receipt("1001", ledger::channel::bank, ledger::delivery_state::accepted_by_bank);
    static_cast<void>(at.run());
    EXPECT_EQ(at.documents()[2], "1003 print planned") << "BILL-R05: one is not answered";
    at.receipt("1002", ledger::channel::network, ledger::delivery_state::accepted_by_distributor);
    static_cast<void>(at.run());
    EXPECT_EQ(at.documents()[2], "1003 print queued EINV_5566778899_2026-11-A_4.xml");
    EXPECT_THAT(at.bank.files.at("in/EINV_5566778899_2026-11-A_4.xml"), HasSubstr("<cbc:ID>101</cbc:ID>"));
    EXPECT_THAT(at.bank.files, SizeIs(3));
}

TEST_F(invoice_files, come_to_the_total_of_the_books_with_advances_deducted) {
    at.import(three_customers);
    {
        const auto into = value(at.store->begin("energi"));
        ledger::samples::give_advance(*into, "K3", 20'000);
        done(into->commit());
    }
    at.take(three_invoices);
    at.clock.now_ms += 25 * hour;
    static_cast<void>(at.run());
    ASSERT_THAT(at.bank.files, SizeIs(3));
    std::int64_t payable = 0;
    for (const auto& [name, bytes] : at.bank.files)
        payable += value(parse_decimal_amount(element_of(bytes, "cbc:PayableAmount")));
    EXPECT_EQ(payable, 12'500 * 7 - 20'000) << "EINV-B11";
    EXPECT_EQ(element_of(at.bank.files.at("in/EINV_5566778899_2026-11-A_4.xml"), "cbc:PrepaidAmount"), "200.00");
    const auto in = value(at.store->begin_read("energi"));
    ore_sum open;
    for (const auto& each : value(in->invoice_sums()))
        open += each.open_ore;
    EXPECT_EQ(open, payable);
}

TEST_F(invoice_files, that_our_rules_refuse_are_held_and_the_others_go) {
    at.import(three_customers);
    auto invoices = three_invoices;
    invoices[0]["lines"][0].erase("price");
    invoices[1]["lines"][0]["vat"] = {{"category", "S"}, {"rate", "19"}};
    at.take(invoices);
    at.clock.now_ms += 25 * hour;
    dispatch_report told;
    const made_invoices made = make_invoices_now(at.with, at.with.tenants.front(), *at.store, at.how, told);
    EXPECT_EQ(made.held, 2u);
    EXPECT_EQ(made.queued, 1u);
    EXPECT_THAT(at.documents(),
                ElementsAre("1001 bank held EINV-B11", HasSubstr("1002 network held EINV-B11"), HasSubstr("1003 print queued")));
    EXPECT_EQ(make_invoices_now(at.with, at.with.tenants.front(), *at.store, at.how, told).held, 0u) << "once";
}

TEST_F(invoice_files, go_on_by_the_next_channel_when_the_consumer_has_left_the_bank) {
    at.import(three_customers);
    at.take(three_invoices);
    at.import({json{{"type", "registration"}, {"kind", "cancelled"}, {"receiver", "198112289874.NB.SE"}, {"day", "2026-11-05"}}});
    at.clock.now_ms += 25 * hour;
    dispatch_report told;
    const made_invoices made = make_invoices_now(at.with, at.with.tenants.front(), *at.store, at.how, told);
    EXPECT_EQ(made.went_on, 1u);
    EXPECT_THAT(at.documents(), ElementsAre("1001 print queued EINV_5566778899_2026-11-A_2-2.xml",
                                            HasSubstr("1002 network queued"), HasSubstr("1003 print queued")));
}

// Resent, the customer would have the invoice twice.
TEST_F(invoice_files, of_a_document_that_goes_another_way_since_do_not_leave_again) {
    at.import(three_customers);
    at.take(three_invoices);
    static_cast<void>(at.run());
    const auto objection = [&](std::string_view number) {
        const auto in = value(at.store->begin_read("energi"));
        ledger::run_rows& runs = in->invoice_runs();
        const ledger::row_id document = value(runs.run_documents_with_number(number)).at(0).row.id;
        const auto first = value(runs.delivery_events(value(runs.deliveries_of(document)).at(0).row.id));
        const ledger::row_id file = first.at(1).outgoing_id;  // planned, then queued
        return value(outbound::objection_to_leaving(file, *parse_iso_date("2026-11-05"), *in));
    };
    EXPECT_EQ(objection("1001"), "");
    EXPECT_EQ(objection("1002"), "");
    at.receipt("1001", ledger::channel::bank, ledger::delivery_state::rejected);
    at.receipt("1002", ledger::channel::network, ledger::delivery_state::accepted_by_distributor);
    EXPECT_THAT(objection("1001"), HasSubstr("goes another way since"));
    EXPECT_THAT(objection("1002"), HasSubstr("since"));
}

TEST_F(invoice_files, say_what_is_drawn_by_autogiro) {
    at.import(three_customers);
    at.give_mandate("K3", "193806013888");
    auto before = invoice("1004", "K3", "100461");
    before["issue_date"] = "2026-10-31";
    at.take({three_invoices[2], before});
    static_cast<void>(at.run());
    const std::string drawn = at.bank.files.at("in/EINV_5566778899_2026-11-A_2.xml");
    EXPECT_EQ(element_of(drawn, "cbc:PaymentMeansCode"), "49");
    EXPECT_THAT(drawn, HasSubstr("<cbc:ID>501</cbc:ID>"));
    EXPECT_EQ(element_of(drawn, "cbc:Note"), "Beloppet dras från ditt konto via autogiro 2026-11-30") << "BILL-R15";
    const std::string paid = at.bank.files.at("in/EINV_5566778899_2026-11-A_3.xml");
    EXPECT_EQ(element_of(paid, "cbc:PaymentMeansCode"), "30") << "it was issued before the mandate was registered";
}

TEST_F(invoice_files, of_a_run_that_is_not_there_whole_wait) {
    at.import(three_customers);
    at.take(three_invoices);
    {
        const auto into = value(at.store->begin("energi"));
        const auto run = value(into->invoice_runs().run_with_key("2026-11-A")).value();
        done(into->invoice_runs().add_run_event(run.row.id, {ledger::run_state::receiving, {}, {}, 0}));
        done(into->commit());
    }
    dispatch_report told;
    day_memory remembered;
    at.how.days = &remembered;
    EXPECT_EQ(make_invoices_now(at.with, at.with.tenants.front(), *at.store, at.how, told).waiting, 3u);
    {
        const auto into = value(at.store->begin("energi"));
        const auto run = value(into->invoice_runs().run_with_key("2026-11-A")).value();
        done(into->invoice_runs().add_run_event(run.row.id, {ledger::run_state::received, {}, {}, 0}));
        done(into->commit());
    }
    EXPECT_EQ(make_invoices_now(at.with, at.with.tenants.front(), *at.store, at.how, told).queued, 2u)
        << "they were not forgotten";
}

TEST_F(invoice_files, by_email_carry_the_confirmed_address) {
    json wishing = customer("K3", "193806013888");
    wishing["invoices"] = {{"email", {{"address", "bo@example.org"}, {"requested", "2026-01-02"}, {"confirmed", "2026-01-03"}}}};
    at.with.tenants[0].invoices->channels[2].how.by = ledger::channel::email;
    at.with.tenants[0].invoices->with.run.offered = {ledger::channel::email};
    at.import({wishing});
    at.take({three_invoices[2]});
    static_cast<void>(at.run());
    ASSERT_THAT(at.bank.files, SizeIs(1));
    EXPECT_THAT(at.bank.files.begin()->second, HasSubstr("<cbc:ElectronicMail>bo@example.org</cbc:ElectronicMail>"));
    at.take({invoice("1004", "K3", "100461")}, "R2");
    wishing["invoices"]["email"].erase("confirmed");
    at.import({wishing});
    static_cast<void>(at.run());
    EXPECT_THAT(at.documents("R2"), ElementsAre("1004 email held BILL-R08")) << "the wish was withdrawn meanwhile";
}

TEST_F(invoice_files, tell_what_is_odd_of_what_is_queued) {
    at.import(three_customers);
    at.take({three_invoices[0]});
    at.clock.now_ms += 20 * 24 * hour;
    static_cast<void>(at.run());
    EXPECT_THAT(at.documents(), ElementsAre("1001 bank queued EINV-B06 EINV_5566778899_2026-11-A_2.xml"));
}

TEST_F(invoice_files, of_one_customer_that_nobody_knows_do_not_stop_the_others) {
    at.import(three_customers);
    auto lost = invoice("1004", "K9", "100461");
    at.take({lost, three_invoices[0]});
    {
        const auto in = value(at.store->begin_read("energi"));
        const auto item = value(in->invoice_runs().run_documents_with_number("1004")).at(0);
        const auto into = value(at.store->begin("energi"));
        ledger::delivery step{0, item.row.id, 2, ledger::channel::bank};
        done(into->invoice_runs().add_delivery(step, {}));
        done(into->commit());
    }
    static_cast<void>(at.run());
    EXPECT_THAT(at.documents(), ElementsAre(HasSubstr("1004 "), HasSubstr("1001 bank queued")));
    EXPECT_THAT(at.documents()[0], Not(HasSubstr("bank planned")));
}

TEST_F(invoice_files, that_are_held_are_not_drawn_by_autogiro) {
    at.import(three_customers);
    at.give_mandate("K3", "193806013888");
    auto late = three_invoices[2];
    late["due_date"] = "2026-11-27";
    at.take({late});
    const outbound::autogiro_terms terms{"471117", "9912346", *parse_iso_date("2026-11-20"), 10, 10, 366, std::nullopt};
    const auto drawn = [&] {
        const auto into = value(at.store->begin("energi"));
        return value(outbound::prepare_autogiro(terms, into->allot_id(), *into)).collections;
    };
    EXPECT_EQ(drawn(), 0u) << "it is held by BILL-R12, and the customer has not seen it";
    {
        const auto item = value(value(at.store->begin_read("energi"))->invoice_runs().run_documents_with_number("1003")).at(0);
        const auto into = value(at.store->begin("energi"));
        done(billing::decide_delivery(item.row.id, {billing::delivery_word::what::send, {}, "eva", "x"}, at.terms(), *into));
        done(into->commit());
    }
    EXPECT_EQ(drawn(), 0u) << "planned";
    static_cast<void>(at.run());
    EXPECT_EQ(drawn(), 1u) << "it is on its way, and says that it is drawn";
}

TEST(invoice_files_death, at_each_step_ends_with_each_document_once) {
    struct dead {};
    for (int death = 1;; ++death) {
        SCOPED_TRACE(death);
        const intake_test::scratch_folder folder;
        transfer::test::partner bank;
        bool died = false;
        std::vector<std::string> seen;
        for (int process = 0; process < 3; ++process) {
            invoice_office at(folder.path(), invoicing);
            at.how.connect = [&](const partners::partner&, const std::stop_token&) { return bank.connect(); };
            if (process == 0) {
                at.import(three_customers);
                at.take(three_invoices);
                at.how.base.at_step = [&](std::string_view step) {
                    seen.emplace_back(step);
                    if (static_cast<int>(seen.size()) == death) throw dead{};
                };
            }
            at.clock.now_ms = on_the_day + process * 25 * hour;
            try {
                static_cast<void>(at.run());
            } catch (const dead&) {
                died = true;
            }
            if (process < 2) continue;
            EXPECT_THAT(bank.files, SizeIs(3));
            EXPECT_THAT(at.queue(), SizeIs(3));
            EXPECT_THAT(at.queue(), ::testing::Each(HasSubstr(" sent ")));
            EXPECT_THAT(at.documents(), ElementsAre("1001 bank queued EINV_5566778899_2026-11-A_2.xml",
                                                    "1002 network queued EINV_5566778899_2026-11-A_3.xml",
                                                    "1003 print queued EINV_5566778899_2026-11-A_4.xml"));
            EXPECT_THAT(at.left_at_home(), IsEmpty());
        }
        if (died) continue;
        for (const auto each : {step::made, step::made_written, step::made_kept, step::made_queued})
            EXPECT_THAT(seen, Contains(std::string(each)));
        return;
    }
}

}  // namespace
}  // namespace brygga::dispatch::test
