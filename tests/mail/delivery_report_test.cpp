// Reports as mail servers write them, and each rule kept and broken.
#include "formats/mail/delivery_report.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/mail/message.hpp"
#include "formats/mail/rules.hpp"
#include "tests/mail/reports.hpp"

namespace brygga::mail {

namespace {

using test::ours;
using test::postfix_bounce;
using test::with;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

report_file read(std::string_view bytes) {
    return read_report(bytes, {.policy = {}, .ids = &ours()});
}

std::vector<std::string> findings(const report_file& file) {
    std::vector<std::string> out;
    for (const finding& each : file.findings.kept())
        out.push_back(fmt::format("{} {}{}{}{}{}", each.rule->id, name(each.level), each.path.empty() ? "" : " ", each.path,
                                  each.field.empty() ? "" : " ", each.field));
    return out;
}
std::vector<std::string> findings(std::string_view bytes) {
    return findings(read(bytes));
}

TEST(mail_report, a_status_notification_is_read) {
    const report_file file = read(postfix_bounce());
    EXPECT_THAT(findings(file), IsEmpty());
    EXPECT_EQ(file.content.form, report_form::delivery_status);
    EXPECT_EQ(file.content.outcome, delivery_outcome::failed);
    EXPECT_EQ(file.content.id, "20261124045100.1B2C3@relay.example");
    EXPECT_THAT(file.content.named, ElementsAre(test::our_id()));
    EXPECT_EQ(file.content.token, test::token);
    EXPECT_THAT(file.content.recipients,
                ElementsAre(recipient_report{delivery_action::failed, "5.1.1", 550, "anna.exempel@kund.example",
                                             "smtp; 550 5.1.1 <anna.exempel@kund.example>: Recipient address rejected"}));
    EXPECT_EQ(file.content.subject, "Undelivered Mail Returned to Sender");
    EXPECT_THAT(file.content.text, HasSubstr("This is the mail system at host relay.example.\n"));
}

TEST(mail_report, is_the_same_with_other_line_ends_and_encodings) {
    const delivery_report meant = read(postfix_bounce()).content;
    std::string plain = postfix_bounce();
    std::erase(plain, '\r');
    EXPECT_EQ(read(plain).content, meant);
    EXPECT_EQ(read(test::postfix_bounce_with_message()).content, meant);
    const std::string global = with(with(postfix_bounce(), "message/delivery-status", "message/global-delivery-status"),
                                    "text/rfc822-headers", "message/global-headers");
    EXPECT_EQ(read(global).content, meant);
    const std::string encoded =
        with(with(postfix_bounce(), "text/rfc822-headers", "TEXT/RFC822-HEADERS\r\nContent-Transfer-Encoding: quoted-printable"),
             "@post.energi.example", "=40post.energi.exam=\r\nple");
    EXPECT_EQ(read(encoded).content, meant);
}

TEST(mail_report, says_what_became_of_the_message) {
    const auto outcome = [](const std::string& action, const std::string& status) {
        return read(with(with(postfix_bounce(), "Action: failed", "Action: " + action), "Status: 5.1.1", "Status: " + status))
            .content.outcome;
    };
    EXPECT_EQ(outcome("failed", "5.2.2"), delivery_outcome::failed);
    EXPECT_EQ(outcome("FAILED", "4.4.7 (gave up)"), delivery_outcome::failed);
    EXPECT_EQ(outcome("delayed", "4.4.1"), delivery_outcome::delayed);
    EXPECT_EQ(outcome("delivered", "2.1.5"), delivery_outcome::delivered);
    EXPECT_EQ(outcome("relayed (to a server that tells nothing)", "2.0.0"), delivery_outcome::delivered);
    EXPECT_EQ(outcome("expanded", "2.0.0"), delivery_outcome::delivered);
    EXPECT_EQ(outcome("gone", "5.0.0"), delivery_outcome::other) << "nobody knows that action";
    EXPECT_EQ(outcome("delivered", "5.1.1"), delivery_outcome::other) << "one of them is wrong";
}

TEST(mail_report, of_several_recipients_the_worst_counts) {
    const std::string two = with(postfix_bounce(), "Final-Recipient: rfc822; anna",
                                 "Final-Recipient: rfc822; bo@kund.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\n"
                                 "Final-Recipient: rfc822; anna");
    EXPECT_EQ(read(two).content.recipients.size(), 2U);
    EXPECT_EQ(read(two).content.outcome, delivery_outcome::failed);
    EXPECT_EQ(read(with(with(two, "Action: failed", "Action: delayed"), "Status: 5.1.1", "Status: 4.1.1")).content.outcome,
              delivery_outcome::delayed);
}

TEST(mail_report, bounces_in_words_are_understood_by_their_codes) {
    const report_file qmail = read(test::qmail_bounce());
    EXPECT_THAT(findings(qmail), IsEmpty());
    EXPECT_EQ(qmail.content.form, report_form::text_bounce);
    EXPECT_EQ(qmail.content.outcome, delivery_outcome::failed);
    EXPECT_EQ(qmail.content.token, test::token);
    const auto outcome = [](const std::string& words) {
        const std::string silent = with(test::qmail_bounce(), "This is a permanent error; I've given up. ", "");
        return read(with(silent, "(#5.1.1)", words)).content.outcome;
    };
    EXPECT_EQ(outcome("(#5.1.1)"), delivery_outcome::failed);
    EXPECT_EQ(outcome("(#4.4.1) I'll try again"), delivery_outcome::delayed);
    EXPECT_EQ(outcome("Remote host said: 550 unknown user"), delivery_outcome::failed);
    EXPECT_EQ(outcome("Remote host said: 452-4.2.2 full"), delivery_outcome::delayed);
    EXPECT_EQ(outcome("mx[192.0.2.1]: 550-5.7.1 no"), delivery_outcome::failed);
    for (const std::string nothing :
         {"for 550 kronor", "version 5.1.1", "at 4.4.1.2", "(192.5.1.1)", "(5.1.1234)", "tel: 5501234", "it is late"})
        EXPECT_EQ(outcome(nothing), delivery_outcome::other) << nothing;
}

TEST(mail_report, words_and_codes_of_the_copy_do_not_count) {
    const std::string silent = with(with(test::qmail_bounce(), "This is a permanent error; I've given up. ", ""), "(#5.1.1)", "");
    const report_file file = read(silent);
    EXPECT_EQ(file.content.outcome, delivery_outcome::other);
    EXPECT_EQ(file.content.token, test::token);
    EXPECT_THAT(findings(file), ElementsAre("MAIL-R06 hold"));
}

TEST(mail_report, exim_names_who_has_failed) {
    const report_file file =
        read(with(with(test::letter(), "To: ", "X-Failed-Recipients: bo@kund.example\r\nTo: "), "550 5.1.1", "x"));
    EXPECT_EQ(file.content.form, report_form::text_bounce);
    EXPECT_EQ(file.content.outcome, delivery_outcome::failed);
    EXPECT_THAT(file.content.recipients, ElementsAre(recipient_report{delivery_action::failed, "", 0, "bo@kund.example", ""}));
}

TEST(mail_report, automatic_answers_say_nothing) {
    const report_file file = read(test::absence_notice());
    EXPECT_THAT(findings(file), ElementsAre("MAIL-R07 info"));
    EXPECT_EQ(file.content.form, report_form::automatic);
    EXPECT_EQ(file.content.outcome, delivery_outcome::automatic_answer);
    EXPECT_EQ(file.content.token, test::token);
    EXPECT_EQ(file.content.subject, "Autosvar: på semester");
    EXPECT_EQ(file.content.text, "Jag är på semester. Felkod: 550 5.1.1\n");
    EXPECT_THAT(file.content.recipients, IsEmpty());
    for (const std::string header :
         {"Auto-Submitted: auto-generated", "X-Autoreply: yes", "X-Autorespond: away", "Precedence: auto_reply"}) {
        const std::string other = with(test::letter(), "To: faktura", header + "\r\nTo: faktura");
        EXPECT_EQ(read(other).content.outcome, delivery_outcome::automatic_answer) << header;
    }
    for (const std::string header : {"Auto-Submitted: no", "Precedence: bulk"})
        EXPECT_EQ(read(with(test::letter(), "To: faktura", header + "\r\nTo: faktura")).content.outcome, delivery_outcome::other)
            << header;
}

TEST(mail_report, a_read_receipt_says_nothing_and_a_complaint_is_for_a_person) {
    const std::string receipt =
        with(with(postfix_bounce(), "report-type=delivery-status", "report-type=disposition-notification"),
             "message/delivery-status", "message/disposition-notification");
    EXPECT_EQ(read(receipt).content.outcome, delivery_outcome::automatic_answer);
    const std::string complaint = with(with(postfix_bounce(), "report-type=delivery-status", "report-type=feedback-report"),
                                       "message/delivery-status", "message/feedback-report");
    EXPECT_EQ(read(complaint).content.outcome, delivery_outcome::other);
    EXPECT_THAT(findings(complaint), ElementsAre("MAIL-R06 hold"));
}

TEST(mail_report, letters_are_for_a_person) {
    const report_file file = read(test::letter());
    EXPECT_THAT(findings(file), ElementsAre("MAIL-R06 hold"));
    EXPECT_EQ(file.content.outcome, delivery_outcome::other);
    EXPECT_THAT(file.content.named, ElementsAre("other@kund.example", test::our_id()));
    EXPECT_EQ(file.content.token, test::token);
}

TEST(mail_report, MAIL_R01_what_is_no_message_is_refused) {
    EXPECT_THAT(findings(""), ElementsAre("MAIL-R01 error"));
    EXPECT_THAT(findings("no header at all\r\n"), Not(IsEmpty()));
    EXPECT_THAT(findings(with(postfix_bounce(), "--4Xy.1795492260/relay.example--", "")), ElementsAre("MAIL-R01 warning"));
    EXPECT_EQ(read(with(postfix_bounce(), "--4Xy.1795492260/relay.example--", "")).content.outcome, delivery_outcome::failed)
        << "what can be read counts";
}

TEST(mail_report, MAIL_R01_limits_hold) {
    std::string headers = "From: a@b.example\r\n";
    const auto many = [](const std::string& one, std::size_t times) {
        std::string out;
        for (std::size_t i = 0; i < times; ++i)
            out += one;
        return out;
    };
    EXPECT_THAT(findings(headers + many("X: y\r\n", 19'999) + "\r\n"), ElementsAre("MAIL-R06 hold"));
    EXPECT_THAT(findings(headers + many("X: y\r\n", 20'000) + "\r\n"), ElementsAre("MAIL-R01 error"));
    const std::string parts = "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
    EXPECT_THAT(findings(parts + many("--b\r\n\r\nx\r\n", 400) + "--b--\r\n"), ElementsAre("MAIL-R06 hold"));
    EXPECT_THAT(findings(parts + many("--b\r\n\r\nx\r\n", 600) + "--b--\r\n"), ElementsAre("MAIL-R01 error"));
    EXPECT_THAT(findings(parts + many("--b\r\n\r\nx\r\n", 20'001) + "--b--\r\n"), ElementsAre("MAIL-R01 error"));
    std::string nested = "From: a@b.example\r\n";
    for (int depth = 0; depth < 5'000; ++depth)
        nested += fmt::format("Content-Type: multipart/mixed; boundary=b{0}\r\n\r\n--b{0}\r\n", depth);
    EXPECT_THAT(findings(nested), ElementsAre("MAIL-R01 error"));
    std::string messages = "From: a@b.example\r\n";
    for (int depth = 0; depth < 5'000; ++depth)
        messages += "Content-Type: message/rfc822\r\n\r\n";
    EXPECT_THAT(findings(messages), Not(IsEmpty()));
    EXPECT_THAT(findings(headers + "\r\n" + std::string(std::size_t{64} << 20, 'x')), ElementsAre("MAIL-R01 error"));
}

TEST(mail_report, MAIL_R02_a_report_names_its_message) {
    EXPECT_THAT(findings(with(postfix_bounce(), "Message-ID: ", "X-ID: <")), ElementsAre("MAIL-R02 hold"));
    EXPECT_THAT(findings(with(test::qmail_bounce(), "Message-ID: <brygga", "Message: <bridge")), ElementsAre("MAIL-R02 hold"));
    EXPECT_THAT(findings(with(test::absence_notice(), "In-Reply-To", "X-About")), ElementsAre("MAIL-R07 info"));
}

TEST(mail_report, MAIL_R03_a_name_without_our_tag_is_not_acted_on) {
    const std::string forged = with(postfix_bounce(), "brygga.0SA94VZH27K4B", "brygga.0SA94VZH27K4C");
    EXPECT_THAT(findings(forged), ElementsAre("MAIL-R03 hold"));
    EXPECT_EQ(read(forged).content.token, std::nullopt);
    EXPECT_THAT(findings(read_report(forged)), IsEmpty()) << "without the key nobody can tell";
    EXPECT_THAT(findings(with(test::qmail_bounce(), "brygga.0SA94VZH27K4B", "brygga.0SA94VZH27K4C")),
                ElementsAre("MAIL-R03 hold"));
}

TEST(mail_report, MAIL_R04_each_recipient_has_an_action_and_a_status) {
    EXPECT_THAT(findings(with(postfix_bounce(), "Action: failed\r\n", "")), ElementsAre("MAIL-R04 hold recipient 1 action"));
    EXPECT_THAT(findings(with(postfix_bounce(), "Action: failed", "Action: vanished")),
                ElementsAre("MAIL-R04 hold recipient 1 action"));
    for (const std::string status : {"", "5", "5.1", "5.1.", "3.1.1", "5.1.1x", "5.1111.1", "x"})
        EXPECT_THAT(findings(with(postfix_bounce(), "Status: 5.1.1", "Status: " + status)),
                    ElementsAre("MAIL-R04 hold recipient 1 status"))
            << status;
    EXPECT_THAT(findings(with(postfix_bounce(), "message/delivery-status", "text/x-status")), ElementsAre("MAIL-R04 hold"));
}

TEST(mail_report, MAIL_R05_the_status_fits_the_action) {
    const auto found = [](const std::string& action, const std::string& status) {
        return findings(
            with(with(postfix_bounce(), "Action: failed", "Action: " + action), "Status: 5.1.1", "Status: " + status));
    };
    const auto broken = ElementsAre("MAIL-R05 hold recipient 1 status");
    EXPECT_THAT(found("failed", "2.0.0"), broken);
    EXPECT_THAT(found("delayed", "2.0.0"), broken);
    EXPECT_THAT(found("delayed", "5.0.0"), broken);
    EXPECT_THAT(found("delivered", "4.0.0"), broken);
    EXPECT_THAT(found("relayed", "5.0.0"), broken);
    EXPECT_THAT(found("expanded", "5.0.0"), broken);
    EXPECT_THAT(found("failed", "4.4.7"), IsEmpty());
    EXPECT_THAT(found("delivered", "2.0.0"), IsEmpty());
}

TEST(mail_report, MAIL_R06_MAIL_R07_are_of_what_is_no_report) {
    EXPECT_THAT(findings(test::letter()), ElementsAre("MAIL-R06 hold"));
    EXPECT_THAT(findings(test::absence_notice()), ElementsAre("MAIL-R07 info"));
    EXPECT_THAT(findings(postfix_bounce()), IsEmpty());
}

TEST(mail_report, what_we_send_is_a_letter_of_a_program) {
    message sent;
    sent.from = {"faktura@energi.example", "Energi"};
    sent.to = {"anna.exempel@kund.example", ""};
    sent.id = test::our_id();
    EXPECT_EQ(read(write_message(sent).value()).content.form, report_form::automatic);
}

TEST(mail_report, findings_tell_nothing_of_persons) {
    std::vector<std::string> all = {postfix_bounce(),
                                    test::qmail_bounce(),
                                    test::absence_notice(),
                                    test::letter(),
                                    with(postfix_bounce(), "Action: failed", "Action: anna.exempel@kund.example"),
                                    with(postfix_bounce(), "Status: 5.1.1", "Status: anna.exempel@kund.example"),
                                    with(postfix_bounce(), "Message-ID", "X-Anna"),
                                    "Anna Exempel\r\n"};
    for (const std::string& bytes : all) {
        const report_file file = read(bytes);
        for (const finding& each : file.findings.kept())
            EXPECT_THAT(describe(each, true), Not(AnyOf(HasSubstr("nna"), HasSubstr("kund.example")))) << bytes;
    }
}

TEST(mail_report, hostile_bytes_end_in_time) {
    EXPECT_FALSE(findings(postfix_bounce() + std::string(1000, '\0')).size() > 1);
    EXPECT_THAT(findings(with(postfix_bounce(), "Subject: ", "Subject: " + std::string(5'000'000, 'x'))), IsEmpty());
    EXPECT_THAT(findings(with(postfix_bounce(), "Final-Recipient: ", "Final-Recipient: " + std::string(5'000'000, ';'))),
                IsEmpty());
    std::string ids;
    for (int i = 0; i < 100'000; ++i)
        ids += " <x@y.example>\r\n";
    EXPECT_THAT(findings(with(test::letter(), "References:", "References:\r\n" + ids)), ElementsAre("MAIL-R06 hold"));
    std::string words = "=?utf-8?Q?";
    for (int i = 0; i < 100'000; ++i)
        words += "=?utf-8?Q?=C3?= ";
    EXPECT_THAT(findings(with(test::letter(), "Subject: ", "Subject: " + words)), ElementsAre("MAIL-R06 hold"));
    std::string recipients;
    for (int i = 0; i < 3'000; ++i)
        recipients += "\r\nAction: failed\r\nStatus: 5.0.0\r\n";
    EXPECT_EQ(read(with(postfix_bounce(), "\r\nFinal-Recipient", recipients + "\r\nFinal-Recipient")).content.recipients.size(),
              max_recipients);
}

}  // namespace

}  // namespace brygga::mail
