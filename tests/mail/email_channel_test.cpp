// Invoices by e-mail: a mail server as the partner of a channel, with the queue and its attempts; bounces take the document to
// print, and what the server may have taken is never printed by itself (BILL-R08).
#include <gmock/gmock.h>

#include "connectors/dispatch/invoice_files.hpp"
#include "connectors/intake/intake.hpp"
#include "formats/core/sha256.hpp"
#include "formats/mail/message.hpp"
#include "formats/print/batch/reader.hpp"
#include "mapping/inbound/mail_reports.hpp"
#include "tests/dispatch/invoice_office.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/mail/reports.hpp"
#include "tests/mail/smtp_double.hpp"

namespace brygga::mail::test {
namespace {

using dispatch::test::customer;
using dispatch::test::done;
using dispatch::test::invoice;
using dispatch::test::invoice_office;
using dispatch::test::json;
using dispatch::test::value;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

constexpr std::string_view message_key = "sixteen bytes and more";

const std::string by_mail = R"(formats = ["print-batch"]
[[tenant.bankgiro]]
number = "991-2346"
ocr = {level = 3}
[[tenant.partner]]
id = "post"
protocol = "mail"
host = "127.0.0.1"
from = "faktura@energi.example"
reply_to = "kundservice@energi.example"
bounces = "studs@post.energi.example"
message_key = {file = "message-key"}
attempts = 3
first_retry_ms = 1000
longest_retry_ms = 1000
[[tenant.partner.send]]
outbox = "energi/post"
[tenant.invoices]
organisation_number = "556677-8899"
street = "Verksgatan 1"
postcode = "12345"
town = "Exempelstad"
seat = "Exempelstad"
[[tenant.invoices.channel]]
by = "email"
partner = "post"
[tenant.print]
partner = "bank"
folder = "in"
tenant_ref = "exempel-energi"
mailboxes = false
[tenant.protected]
print = "provider"
)";

json wishes_for(const std::string& address) {
    return {{"email", {{"address", address}, {"requested", "2026-01-02"}, {"confirmed", "2026-01-03"}}},
            {"first_channel", "email"}};
}

class email_channel : public testing::Test {
 protected:
    email_channel() {
        const std::filesystem::path key = folder.path() / "message-key";
        intake_test::put(key, message_key);
        for (partners::partner& each : at.with.tenants.front().partners)
            if (each.id == "post") each.message_key.file = key;
        at.how.connect = [this](const partners::partner& to,
                                std::stop_token stop) -> transfer::outcome<std::unique_ptr<transfer::remote_files>> {
            if (to.id != "post") return at.bank.connect();
            server_settings with = std::get<server_settings>(to.server);
            with.port = static_cast<std::uint16_t>(server_.port());
            with.ca_file = transfer::test::test_certificate(transfer::test::made_out::to_authority).chain;
            return connect(std::move(with), std::move(stop));
        };
        json person = customer("K1", "198112289874"), other = customer("K2", "193806013888"),
             hidden = customer("K3", "200001252386"), unconfirmed = customer("K4", "194512121234");
        person["invoices"] = wishes_for("anna@kund.example");
        other["invoices"] = wishes_for("bo@kund.example");
        hidden["invoices"] = wishes_for("dold@kund.example");
        hidden["protected_identity"] = true;
        unconfirmed.erase("identity_number");
        at.import({person, other, hidden, unconfirmed});
    }
    void run(int passes) {
        for (int i = 0; i != passes; ++i) {
            static_cast<void>(at.run());
            at.clock.now_ms += 2000;
        }
    }
    [[nodiscard]] message sent(std::size_t which) const { return value(read_message(server_.messages().at(which).text)); }

    // A notification that this message came back, as a server writes it.
    [[nodiscard]] static std::string bounce_of(const message& of) { return with(postfix_bounce(), our_id(), of.id); }
    // Booked as the intake does it.
    result<inbound::file_result> book(const std::string& bytes) {
        const auto into = value(at.store->begin("energi"));
        inbound::settings how;
        how.runs = at.terms();
        how.messages = value(message_ids::under(std::string(message_key), "post.energi.example"));
        const ledger::exchanged_file file{into->allot_id(), {}, {}, {}, {}, 0, {}, {}, {}};
        auto booked = inbound::find_mapping("mail-report")->book(bytes, file, how, *into);
        if (booked) done(into->commit());
        return booked;
    }
    std::vector<std::string> matters() {
        std::vector<std::string> out;
        const auto in = value(at.store->begin_read("energi"));
        for (const ledger::matter_item& each : value(in->matters().open_matters(100)))
            out.push_back(each.row.kind + " " + each.row.customer_id + " " + each.row.detail);
        return out;
    }

    intake_test::scratch_folder folder;
    invoice_office at{folder.path(), by_mail};
    smtp_double server_{sealed::by_starttls};
};

TEST_F(email_channel, sends_the_letter_to_who_asked_for_it) {
    at.take({invoice("1001", "K1", "100164"), invoice("1003", "K3", "100362"), invoice("1004", "K4", "100461")});
    run(3);
    EXPECT_THAT(at.documents(), ElementsAre(StartsWith("1001 email delivered"), StartsWith("1003 forwarding queued cpb_"),
                                            StartsWith("1004 print queued cpb_")));
    ASSERT_THAT(server_.messages(), SizeIs(1)) << "BILL-R08, PRO-R04";
    EXPECT_EQ(server_.messages()[0].to, "<anna@kund.example>");
    const message one = sent(0);
    EXPECT_EQ(one.from, (mailbox{"faktura@energi.example", "Exempel Energi AB"}));
    EXPECT_EQ(one.reply_to, (mailbox{"kundservice@energi.example", ""}));
    EXPECT_EQ(one.subject, "Faktura november 2026 från Exempel Energi AB");
    EXPECT_EQ(one.text,
              "Hej!\n\nHär kommer din faktura från Exempel Energi AB, bifogad som PDF.\n\n"
              "Fakturanummer   1001\nFakturadatum    2026-11-05\nAtt betala      125,00 kr\nFörfallodag     2026-11-30\n"
              "Bankgiro        991-2346\nOCR-nummer      100164\n\nVänliga hälsningar\nExempel Energi AB\n");
    ASSERT_THAT(one.attachments, SizeIs(1));
    EXPECT_EQ(one.attachments[0].file_name, "1001.pdf");
    EXPECT_THAT(one.attachments[0].bytes, StartsWith("%PDF-"));
}

TEST_F(email_channel, prints_what_the_server_refuses_for_its_recipient) {
    server_.plan("RCPT", "550 5.1.1 no such user");
    at.take({invoice("1001", "K1", "100164"), invoice("1002", "K2", "100263")});
    run(3);
    EXPECT_THAT(at.documents(), ElementsAre(StartsWith("1001 print queued cpb_"), StartsWith("1002 email delivered")));
    EXPECT_THAT(server_.messages(), SizeIs(1));
    EXPECT_THAT(at.bank.files, SizeIs(1));
}

TEST_F(email_channel, never_prints_what_the_server_may_have_taken) {
    server_.plan(".", smtp_double::cut, 100);
    at.take({invoice("1001", "K1", "100164")});
    run(5);
    EXPECT_THAT(at.documents(), ElementsAre(HasSubstr("1001 email queued")));
    EXPECT_THAT(at.queue(), ElementsAre(HasSubstr("in-doubt"))) << "a person looks";
    EXPECT_THAT(at.bank.files, IsEmpty());
    EXPECT_EQ(server_.connections(), 1) << "nor sends it again";
}

TEST_F(email_channel, waits_for_a_server_that_is_busy) {
    server_.plan("RCPT", "451 4.7.1 greylisted");
    at.take({invoice("1001", "K1", "100164")});
    run(3);
    EXPECT_THAT(at.documents(), ElementsAre(StartsWith("1001 email delivered")));
    EXPECT_THAT(server_.messages(), SizeIs(1));
}

TEST_F(email_channel, does_not_send_without_its_key) {
    std::filesystem::remove(folder.path() / "message-key");
    at.take({invoice("1001", "K1", "100164")});
    const auto report = at.run();
    ASSERT_THAT(report.troubles, SizeIs(1));
    EXPECT_THAT(report.troubles[0].text, HasSubstr("the key of our messages"));
    EXPECT_THAT(at.documents(), ElementsAre(StartsWith("1001 email planned"))) << "nothing of the document is to blame";
    intake_test::put(folder.path() / "message-key", message_key);
    run(2);
    EXPECT_THAT(at.documents(), ElementsAre(StartsWith("1001 email delivered")));
}

TEST_F(email_channel, goes_on_by_print_when_the_wish_was_withdrawn) {
    at.take({invoice("1001", "K1", "100164")});
    at.import({customer("K1", "198112289874")});
    run(3);
    EXPECT_THAT(at.documents(), ElementsAre(StartsWith("1001 print queued cpb_")));
    EXPECT_THAT(server_.messages(), IsEmpty()) << "BILL-R08";
}

// ---- what comes back ----

TEST_F(email_channel, prints_what_bounces) {
    at.take({invoice("1001", "K1", "100164"), invoice("1002", "K2", "100263")});
    run(2);
    const std::string bounce = bounce_of(sent(0));
    const auto booked = value(book(bounce));
    ASSERT_TRUE(booked.files.front().accepted);
    EXPECT_THAT(booked.files.front().outcomes,
                ElementsAre(testing::Pair("delivery EINV-R05", 1), testing::Pair("message failed", 1)));
    EXPECT_THAT(matters(), ElementsAre("mail-bounced K1 {\"status\":\"5.1.1\"}"));
    run(2);
    EXPECT_THAT(at.documents(), ElementsAre(StartsWith("1001 print queued cpb_"), StartsWith("1002 email delivered")))
        << "BILL-R08";
    ASSERT_TRUE(book(bounce));
    EXPECT_THAT(matters(), SizeIs(1)) << "the same again changes nothing";
    EXPECT_THAT(at.bank.files, SizeIs(1));
}

TEST_F(email_channel, leaves_what_is_only_late_or_answered_by_a_program) {
    at.take({invoice("1001", "K1", "100164")});
    run(2);
    const std::string late =
        with(with(bounce_of(sent(0)), "Action: failed", "Action: delayed"), "Status: 5.1.1", "Status: 4.4.1");
    EXPECT_THAT(value(book(late)).files.front().outcomes, ElementsAre(testing::Pair("message delayed", 1)));
    EXPECT_THAT(matters(), IsEmpty());
    EXPECT_THAT(at.documents(), ElementsAre(StartsWith("1001 email delivered")));
}

TEST_F(email_channel, acts_on_no_bounce_that_names_no_message_of_ours) {
    at.take({invoice("1001", "K1", "100164")});
    run(2);
    const auto strangers = value(message_ids::under("another key of 16 bytes", "post.energi.example"));
    const std::string id = sent(0).id, token = id.substr(7, id.find('.', 7) - 7);
    const std::string forged = with(postfix_bounce(), our_id(), value(strangers.make(token)));
    ASSERT_TRUE(book(forged));
    EXPECT_THAT(at.documents(), ElementsAre(StartsWith("1001 email delivered"))) << "anybody can write a bounce";
    EXPECT_THAT(matters(), ElementsAre(StartsWith("mail-to-read ")));
}

TEST_F(email_channel, tells_a_person_that_a_message_in_doubt_has_come_back) {
    server_.plan(".", smtp_double::lost);
    at.take({invoice("1001", "K1", "100164")});
    run(2);
    ASSERT_THAT(at.queue(), ElementsAre(HasSubstr("in-doubt")));
    ASSERT_TRUE(book(bounce_of(sent(0))));
    EXPECT_THAT(matters(), ElementsAre("mail-to-read K1 {\"form\":\"delivery-status\",\"outcome\":\"failed\"}"));
    EXPECT_THAT(at.documents(), ElementsAre(StartsWith("1001 email queued"))) << "nothing is done by itself";
}

TEST_F(email_channel, gives_a_person_what_a_person_wrote) {
    ASSERT_TRUE(
        book("From: anna@kund.example\r\nTo: faktura@energi.example\r\nSubject: Fel summa\r\nDate: Tue, 24 Nov 2026 "
             "10:00:00 +0100\r\nMessage-ID: <1@kund.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n"
             "Varför så dyrt?\r\n"));
    EXPECT_THAT(matters(), ElementsAre("mail-to-read  {\"form\":\"other\",\"outcome\":\"other\"}"));
}

TEST_F(email_channel, has_no_bounces_where_there_is_no_mail_server) {
    const auto into = value(at.store->begin("energi"));
    inbound::settings how;
    how.runs = at.terms();
    const auto booked = inbound::find_mapping("mail-report")->book(postfix_bounce(), {}, how, *into);
    ASSERT_FALSE(booked);
    EXPECT_EQ(booked.error().code, error_code::invalid_content);
}

}  // namespace
}  // namespace brygga::mail::test
