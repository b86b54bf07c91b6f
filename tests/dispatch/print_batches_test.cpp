// Letters of an invoice run on their way to the print service, and its receipts: each document in one batch, whenever a process
// dies, and what comes back.
#include "connectors/dispatch/print_batches.hpp"

#include "connectors/dispatch/steps.hpp"
#include "connectors/intake/fingerprint.hpp"
#include "formats/core/sha256.hpp"
#include "formats/print/batch/reader.hpp"
#include "formats/print/receipt/reader.hpp"
#include "mapping/inbound/print_receipts.hpp"
#include "mapping/outbound/file_decisions.hpp"
#include "tests/dispatch/invoice_office.hpp"
#include "tests/intake/scratch_folder.hpp"

namespace brygga::dispatch::test {
namespace {

namespace batch = print::batch;
namespace receipt = print::receipt;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

const std::string printing = R"(formats = ["print-batch"]
[[tenant.bankgiro]]
number = "991-2346"
ocr = {level = 3}
[tenant.invoices]
organisation_number = "556677-8899"
street = "Verksgatan 1"
postcode = "12345"
town = "Exempelstad"
seat = "Exempelstad"
[tenant.letters]
[tenant.print]
partner = "bank"
folder = "in"
tenant_ref = "exempel-energi"
)";

struct killed {};

class print_batches : public ::testing::Test {
 protected:
    // A person, a business and somebody abroad.
    void begin() {
        json abroad = customer("K3", "");
        abroad["foreign"] = true;
        abroad["country_code"] = "NO";
        abroad["town"] = "OSLO";
        abroad["postcode"] = "0313";
        at.import({customer("K1", "198112289874"), customer("K2", "169922345674", "business"), abroad});
        at.take(three_invoices);
    }
    made_batches make() {
        dispatch_report told;
        const made_batches made = make_batches_now(at.with, at.with.tenants.front(), *at.store, at.how, told);
        for (const trouble& each : told.troubles)
            ADD_FAILURE() << each.at << ": " << each.text;
        return made;
    }
    batch::batch_file at_the_service(const std::string& name) { return batch::read_batch(at.bank.files.at("in/" + name)); }

    static receipt::batch_receipt answer(const batch::batch_file& to, std::uint32_t number, receipt::receipt_type type) {
        receipt::batch_receipt out;
        out.batch_id = to.content.header.batch_id;
        out.number = number;
        out.created_at = "2026-11-06T09:30:00+01:00";
        out.type = type;
        out.digest = to.content.totals.digest;
        return out;
    }
    static receipt::document_status told(const batch::document& of, receipt::status what,
                                         batch::channel by = batch::channel::print, std::string reason = {}) {
        receipt::document_status out;
        out.id = of.id;
        out.status = what;
        out.at = "2026-11-06T08:00:00+01:00";
        out.channel = by;
        out.reason = std::move(reason);
        out.pages = 1;
        out.sheets = batch::is_digital(by) ? 0 : 1;
        return out;
    }
    // Booked as the intake does it.
    inbound::logical_result book(const receipt::batch_receipt& item) {
        const std::string bytes = receipt::write_receipt(item);
        const auto into = value(at.store->begin("energi"));
        inbound::settings how;
        how.runs = at.terms();
        const inbound::mapping* const mapping = inbound::find_mapping("print-receipt");
        const auto booked = value(mapping->book(bytes, {into->allot_id(), {}, {}, {}, {}, 0, {}, {}, {}}, how, *into));
        done(into->commit());
        return booked.files.front();
    }
    std::vector<std::string> matters() {
        std::vector<std::string> out;
        const auto in = value(at.store->begin_read("energi"));
        for (const ledger::matter_item& each : value(in->matters().open_matters(100)))
            out.push_back(each.row.kind);
        return out;
    }

    intake_test::scratch_folder folder;
    invoice_office at{folder.path(), printing};
};

TEST_F(print_batches, carry_each_document_once) {
    begin();
    EXPECT_THAT(at.run().troubles, IsEmpty());
    ASSERT_THAT(at.bank.files, SizeIs(1));
    const std::string name = "cpb_5566778899_inv_20261105_000001.zip";
    const batch::batch_file file = at_the_service(name);
    EXPECT_TRUE(file.accepted());
    EXPECT_THAT(file.findings.kept(), IsEmpty());
    ASSERT_THAT(file.content.documents, SizeIs(3));
    const batch::document& person = file.content.documents[0];
    EXPECT_EQ(person.number, "1001");
    EXPECT_THAT(person.channels, ElementsAre(batch::channel::kivra, batch::channel::print));
    EXPECT_EQ(person.recipient.identity_number, "198112289874");
    EXPECT_THAT(person.recipient.postal_address->lines, ElementsAre("Berit Björk", "Storgatan 2", "123 46 Exempelstad"));
    EXPECT_EQ(person.subject, "Faktura november 2026");
    EXPECT_EQ(person.payment->amount_ore, 12'500);
    EXPECT_THAT(person.payment->code_line, HasSubstr("#                    100164 #     125 00   5 >"));
    EXPECT_EQ(file.content.documents[1].recipient.identity_number, "9922345674");
    const batch::document& abroad = file.content.documents[2];
    EXPECT_THAT(abroad.channels, ElementsAre(batch::channel::print)) << "without an identity number no mailbox is looked for";
    EXPECT_THAT(abroad.recipient.postal_address->lines, Contains("NORGE"));
    EXPECT_EQ(abroad.recipient.identity_number, "");
    EXPECT_THAT(at.documents(),
                ElementsAre("1001 print queued " + name, "1002 print queued " + name, "1003 print queued " + name));
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, SizeIs(1)) << "once";
}

TEST_F(print_batches, are_split_and_numbered) {
    at.with.tenants.front().print->documents = 2;
    begin();
    const made_batches made = make();
    EXPECT_EQ(made.batches, 2u);
    EXPECT_EQ(made.documents, 3u);
    static_cast<void>(at.run());
    EXPECT_THAT(at_the_service("cpb_5566778899_inv_20261105_000001.zip").content.documents, SizeIs(2));
    EXPECT_THAT(at_the_service("cpb_5566778899_inv_20261105_000002.zip").content.documents, SizeIs(1));
}

TEST_F(print_batches, hold_what_cannot_be_printed_and_send_the_others) {
    json nowhere = customer("K1", "198112289874");
    nowhere["postcode"] = "1234";
    json long_name = customer("K2", "169922345674", "business");
    long_name["name"] = "Bostadsrättsföreningen Exempelbacken i Exempelstad";
    at.import({nowhere, long_name, customer("K3", "193806013888")});
    at.take(three_invoices);
    EXPECT_EQ(make().held, 2u);
    EXPECT_THAT(at.documents(),
                ElementsAre("1001 print held ADR-R02", "1002 print held ADR-R01", StartsWith("1003 print queued cpb_")));
}

TEST_F(print_batches, survive_death_at_each_step) {
    for (const std::string_view step : made_steps) {
        intake_test::scratch_folder own;
        invoice_office here(own.path(), printing);
        here.import(three_customers);
        here.take(three_invoices);
        here.clock.now_ms += 25 * hour;
        here.how.base.at_step = [&](std::string_view passed) {
            if (passed == step) throw killed{};
        };
        EXPECT_THROW(static_cast<void>(here.run()), killed) << step;
        here.how.base.at_step = nullptr;
        EXPECT_THAT(here.run().troubles, IsEmpty()) << step;
        ASSERT_THAT(here.bank.files, SizeIs(1)) << step;
        EXPECT_THAT(batch::read_batch(here.bank.files.begin()->second).content.documents, SizeIs(3)) << step;
        EXPECT_THAT(here.documents(), Each(HasSubstr("print queued"))) << step;
    }
}

TEST_F(print_batches, are_answered_document_by_document) {
    begin();
    static_cast<void>(at.run());
    const batch::batch_file sent = at_the_service("cpb_5566778899_inv_20261105_000001.zip");
    const auto& documents = sent.content.documents;
    EXPECT_TRUE(book(answer(sent, 1, receipt::receipt_type::ack)).accepted);
    EXPECT_THAT(at.documents(), Each(HasSubstr("accepted_by_distributor RECEIVED"))) << "taken, not printed";
    EXPECT_THAT(at.queue(), ElementsAre(HasSubstr("confirmed")));
    auto posted = answer(sent, 2, receipt::receipt_type::status);
    posted.documents = {told(documents[0], receipt::status::delivered, batch::channel::kivra),
                        told(documents[1], receipt::status::posted),
                        told(documents[2], receipt::status::failed, batch::channel::print, "BAD_ADDRESS")};
    posted.totals = receipt::totals{3, 1, 1, 1, 3, 2};
    const auto booked = book(posted);
    EXPECT_TRUE(booked.accepted) << (booked.findings.empty() ? "" : booked.findings.front().expected);
    EXPECT_THAT(at.documents(), ElementsAre(HasSubstr("1001 print delivered DELIVERED KIVRA"),
                                            HasSubstr("1002 print delivered POSTED"), "1003 none held BILL-R06"));
    EXPECT_EQ(book(posted).outcomes.at("receipt repeated"), 1u) << "PRR-R02";
}

TEST_F(print_batches, returned_mail_makes_the_address_suspect) {
    begin();
    static_cast<void>(at.run());
    const batch::batch_file sent = at_the_service("cpb_5566778899_inv_20261105_000001.zip");
    static_cast<void>(book(answer(sent, 1, receipt::receipt_type::ack)));
    auto posted = answer(sent, 2, receipt::receipt_type::status);
    for (const batch::document& each : sent.content.documents)
        posted.documents.push_back(told(each, receipt::status::posted));
    posted.is_final = true;
    posted.totals = receipt::totals{3, 0, 3, 0, 3, 3};
    EXPECT_TRUE(book(posted).accepted);
    auto back = answer(sent, 3, receipt::receipt_type::returns);
    back.is_final = true;
    back.documents = {told(sent.content.documents[1], receipt::status::returned, batch::channel::print, "MOVED_UNKNOWN")};
    back.totals = posted.totals;
    const auto booked = book(back);
    EXPECT_TRUE(booked.accepted) << (booked.findings.empty() ? "" : std::string(booked.findings.front().rule->id));
    EXPECT_THAT(matters(), ElementsAre("mail-returned"));
    const auto in = value(at.store->begin_read("energi"));
    EXPECT_EQ(value(in->print_batches().newest_address_mark("K2"))->state, ledger::address_state::suspect);
    EXPECT_EQ(value(in->print_batches().newest_address_mark("K2"))->reason, "MOVED_UNKNOWN");
    EXPECT_EQ(value(in->print_batches().newest_address_mark("K1")), std::nullopt);
}

TEST_F(print_batches, receipts_wait_for_those_before_them) {
    begin();
    static_cast<void>(at.run());
    const batch::batch_file sent = at_the_service("cpb_5566778899_inv_20261105_000001.zip");
    auto posted = answer(sent, 2, receipt::receipt_type::status);
    for (const batch::document& each : sent.content.documents)
        posted.documents.push_back(told(each, receipt::status::posted));
    posted.totals = receipt::totals{3, 0, 3, 0, 3, 3};
    EXPECT_EQ(book(posted).outcomes.at("receipt parked"), 1u) << "PRR-R02";
    EXPECT_THAT(at.documents(), Each(HasSubstr("queued")));
    EXPECT_EQ(book(answer(sent, 1, receipt::receipt_type::ack)).outcomes.at("receipt applied that was parked"), 1u);
    EXPECT_THAT(at.documents(), Each(HasSubstr("delivered POSTED")));
    EXPECT_THAT(matters(), IsEmpty());
}

TEST_F(print_batches, receipts_that_contradict_are_a_persons_to_see) {
    begin();
    static_cast<void>(at.run());
    const batch::batch_file sent = at_the_service("cpb_5566778899_inv_20261105_000001.zip");
    auto wrong = answer(sent, 1, receipt::receipt_type::ack);
    wrong.digest = std::string(64, '0');
    const auto booked = book(wrong);
    EXPECT_FALSE(booked.accepted);
    EXPECT_EQ(booked.findings.front().rule->id, "PRR-R01");
    EXPECT_THAT(matters(), ElementsAre("print-receipt-refused"));
    EXPECT_THAT(at.documents(), Each(HasSubstr("queued")));
}

TEST_F(print_batches, a_refused_batch_is_a_persons_to_see_and_its_documents_wait) {
    begin();
    static_cast<void>(at.run());
    const batch::batch_file sent = at_the_service("cpb_5566778899_inv_20261105_000001.zip");
    auto refused = answer(sent, 1, receipt::receipt_type::nack);
    refused.is_final = true;
    refused.errors = {{"PRB-R03", "size"}};
    EXPECT_TRUE(book(refused).accepted);
    EXPECT_THAT(matters(), ElementsAre("print-batch-refused"));
    EXPECT_THAT(at.queue(), ElementsAre(HasSubstr("rejected")));
    EXPECT_THAT(at.documents(), Each(HasSubstr("held BILL-R06")));
}

TEST_F(print_batches, that_nobody_answers_are_told_once) {
    begin();
    static_cast<void>(at.run());
    at.clock.now_ms += hour;
    static_cast<void>(at.run());
    EXPECT_THAT(matters(), IsEmpty()) << "an hour is not too long";
    at.clock.now_ms += hour;
    static_cast<void>(at.run());
    static_cast<void>(at.run());
    EXPECT_THAT(matters(), ElementsAre("print-batch-unanswered"));
    const batch::batch_file sent = at_the_service("cpb_5566778899_inv_20261105_000001.zip");
    static_cast<void>(book(answer(sent, 1, receipt::receipt_type::ack)));
    at.clock.now_ms = on_the_day + 7 * 24 * hour;  // Thursday to Thursday: five bank days after, and not later
    static_cast<void>(at.run());
    EXPECT_THAT(matters(), ElementsAre("print-batch-unanswered"));
    at.clock.now_ms += 24 * hour;
    static_cast<void>(at.run());
    static_cast<void>(at.run());
    EXPECT_THAT(matters(), ElementsAre("print-batch-unanswered", "print-batch-unfinished"));
    EXPECT_THAT(at.bank.files, SizeIs(1)) << "never sent again";
}

TEST_F(print_batches, that_are_closed_before_they_leave_are_made_anew) {
    begin();
    EXPECT_EQ(make().documents, 3u);
    {
        const auto into = value(at.store->begin("energi"));
        const auto id = value(into->print_batches().open_print_batches()).at(0).row.outgoing_id;
        done(into->exchange().add_event(id, {ledger::sending::closed, 0, "wrong logo", "eva", 0}));
        value(outbound::note_closed(id, true, {"eva", "wrong logo", *parse_iso_date("2026-11-05")}, *into));
        done(into->commit());
    }
    EXPECT_THAT(at.documents(), Each(HasSubstr("print planned")));
    static_cast<void>(at.run());
    EXPECT_THAT(at_the_service("cpb_5566778899_inv_20261105_000002.zip").content.documents, SizeIs(3));
    EXPECT_THAT(at.bank.files, SizeIs(1));
    EXPECT_THAT(at.documents(), Each(HasSubstr("queued cpb_5566778899_inv_20261105_000002.zip")));
}

}  // namespace
}  // namespace brygga::dispatch::test
