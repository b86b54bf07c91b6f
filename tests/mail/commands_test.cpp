// mail-report as the generic commands have it: recognised, shown, compared, masked, in JSON and back, generated.
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>

#include "formats/mail/delivery_report.hpp"
#include "formats/mail/generator.hpp"
#include "formats/mail/message.hpp"
#include "formats/registry.hpp"
#include "tests/mail/reports.hpp"

namespace brygga::mail {

namespace {

using test::postfix_bounce;
using test::with;
using ::testing::HasSubstr;
using ::testing::Not;

const format& reports() {
    return *find_format("mail-report");
}

template <class Make>
std::string collected(const Make& make) {
    std::string out;
    make([&out](std::string_view part) { out += part; });
    return out;
}

std::string json_of(std::string_view bytes) {
    return collected([&](const output& to) { reports().to_json(bytes, {}, to); });
}
std::string masked_with(std::string_view bytes, std::string_view key = "a key of these tests") {
    return collected([&](const output& to) { reports().mask(bytes, key, {}, to); });
}
std::string shown(std::string_view bytes, bool in_clear) {
    show_settings how;
    how.in_clear = in_clear;
    return collected([&](const output& to) { reports().show(bytes, {}, how, to); });
}

generate_settings settings(std::uint64_t seed, std::uint64_t count, std::vector<std::string> faults = {}) {
    generate_settings made;
    made.seed = seed;
    made.count = count;
    made.faults = std::move(faults);
    made.day = std::chrono::year(2026) / 11 / 24;
    return made;
}
std::string fixture(std::string_view named) {
    std::ifstream file(std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures/mail" / named, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string generated(const generate_settings& what) {
    const auto made = generated_report(what);
    EXPECT_TRUE(made) << made.error().text;
    return made.value_or("");
}

std::vector<std::string> all_samples() {
    return {postfix_bounce(),
            test::postfix_bounce_with_message(),
            test::qmail_bounce(),
            test::absence_notice(),
            test::letter(),
            generated(settings(3, 5)),
            "",
            "\n",
            "From: a\rb\n\r\n\0",
            "\xFF\xFE:\n x",
            "Anna",
            "{\"line\":1}"};
}

TEST(mail_commands, messages_are_recognised_and_other_files_are_not) {
    for (const std::string& each : {postfix_bounce(), test::qmail_bounce(), test::absence_notice(), test::letter()}) {
        EXPECT_EQ(sniff(each), &reports());
        EXPECT_EQ(sniff(std::string_view(each).substr(0, 200)), &reports());
    }
    for (const std::string other :
         {"", "\r\n", "From", "From: a@b.example\r\n", "Date: today\r\n\r\nFrom: a@b.example\r\n",
          "From: a@b.example\r\nDate: today\r\nand now\r\n", "<From: x>\r\nDate: y\r\n", "Hello: world\r\n"})
        EXPECT_NE(sniff(other), &reports()) << other;
    EXPECT_EQ(sniff("Return-Path: <>\nReceived: from x\n\tby y\n"), &reports());
}

TEST(mail_commands, json_gives_the_bytes_back) {
    for (const std::string& bytes : all_samples()) {
        const std::string json = json_of(bytes);
        EXPECT_EQ(collected([&](const output& to) { EXPECT_TRUE(reports().from_json(json, to)); }), bytes);
    }
    const std::string json = json_of(postfix_bounce());
    EXPECT_THAT(json,
                HasSubstr(R"("form":"delivery-status","outcome":"failed","id":"20261124045100.1B2C3@relay.example","named":[")"));
    EXPECT_THAT(json,
                HasSubstr(R"("recipients":[{"action":"failed","status":"5.1.1","reply_code":550,"address":"anna.exempel@)"));
    EXPECT_THAT(json, HasSubstr("{\"line\":\"Action: failed\"}\n"));
    EXPECT_THAT(json_of(test::absence_notice()), HasSubstr("{\"latin1\":\"Jag är på semester. Felkod: 550 5.1.1\"}\n"));
    EXPECT_THAT(json_of("a\nb"), HasSubstr("{\"line\":\"a\",\"end\":\"\\n\"}\n{\"line\":\"b\",\"end\":\"\"}\n"));
}

TEST(mail_commands, json_that_is_none_is_refused) {
    for (const std::string bad : {"x", "[]", "{}", "{\"line\":1}", "{\"latin1\":\"€\"}", "{\"line\":\"a\\nb\"}",
                                  "{\"line\":\"a\",\"end\":\"x\"}", "{\"line\":\"a\",\"end\":1}"}) {
        const auto done = reports().from_json(bad, [](std::string_view) {});
        ASSERT_FALSE(done) << bad;
        EXPECT_EQ(done.error().code, error_code::invalid_content);
        EXPECT_THAT(done.error().text, HasSubstr("line 1"));
    }
}

TEST(mail_commands, are_compared_line_by_line) {
    const auto differs = [](std::string_view a, std::string_view b) {
        return collected([&](const output& to) { EXPECT_FALSE(reports().diff(a, b, {}, to)); });
    };
    for (const std::string& bytes : all_samples())
        EXPECT_TRUE(reports().diff(bytes, bytes, {}, [](std::string_view) { ADD_FAILURE(); }));
    std::string plain = postfix_bounce();
    std::erase(plain, '\r');
    EXPECT_TRUE(reports().diff(postfix_bounce(), plain, {}, [](std::string_view) {}));
    EXPECT_EQ(differs(postfix_bounce(), with(postfix_bounce(), "Action: failed", "Action: delayed")),
              "~ line 34 | 34\n    Action: failed  ->  Action: delayed\n1 changed, 0 only in the first, 0 only in the second\n");
    EXPECT_THAT(differs(postfix_bounce(), with(postfix_bounce(), "Action: failed\r\n", "")),
                HasSubstr("- line 34  Action: failed\n"));
    EXPECT_THAT(differs(with(postfix_bounce(), "Action: failed\r\n", ""), postfix_bounce()),
                HasSubstr("+ line 34  Action: failed\n"));
}

TEST(mail_commands, are_shown_with_what_they_mean) {
    const std::string clear = shown(postfix_bounce(), true), hidden = shown(postfix_bounce(), false);
    EXPECT_THAT(clear, HasSubstr("file 1: mail-report delivery-status, failed, about " + test::our_id() + "\n"));
    EXPECT_THAT(clear, HasSubstr("line 28  delivery status\n"));
    EXPECT_THAT(clear, HasSubstr("rfc822; anna.exempel@kund.example\n"));
    EXPECT_THAT(hidden, Not(HasSubstr("kund.example")));
    EXPECT_THAT(hidden, Not(HasSubstr("Anna")));
    EXPECT_THAT(hidden, HasSubstr("Status              5.1.1\n"));
    message sent;
    sent.from = sent.to = {"a@b.example", ""};
    sent.id = "x@y.example";
    sent.attachments = {{"a.pdf", "application/pdf", std::string(200, 'x')}};
    EXPECT_THAT(shown(write_message(sent).value(), true), HasSubstr("base64  (4 lines)\n"));
    show_settings html;
    html.html = true;
    EXPECT_THAT(collected([&](const output& to) { reports().show(postfix_bounce(), {}, html, to); }), HasSubstr("<html"));
}

TEST(mail_commands, masked_reports_say_the_same_of_nobody) {
    for (const std::string& bytes : {postfix_bounce(), test::postfix_bounce_with_message(), test::qmail_bounce(),
                                     test::absence_notice(), test::letter(), generated(settings(5, 20))}) {
        const std::string hidden = masked_with(bytes);
        EXPECT_EQ(hidden.size(), bytes.size());
        for (const std::string personal : {"Anna", "anna.", "xempel", "kund.example", "semester", "betala", "studs"})
            EXPECT_THAT(hidden, Not(HasSubstr(personal))) << hidden;
        EXPECT_NE(hidden, masked_with(bytes, "another key"));
        EXPECT_EQ(hidden, masked_with(bytes));
        const report_file real = read_report(bytes, {.policy = {}, .ids = &test::ours()});
        const report_file other = read_report(hidden, {.policy = {}, .ids = &test::ours()});
        EXPECT_EQ(other.content.form, real.content.form) << hidden;
        EXPECT_EQ(other.content.outcome, real.content.outcome) << hidden;
        EXPECT_EQ(other.content.named.size(), real.content.named.size());
        EXPECT_EQ(other.content.token, real.content.token);
        for (const rule_info& each : reports().rules())
            EXPECT_EQ(other.findings.count(each.index), real.findings.count(each.index)) << each.id << hidden;
    }
    const std::string hidden = masked_with(postfix_bounce());
    EXPECT_THAT(hidden, HasSubstr("From: MAILER-DAEMON@"));
    EXPECT_THAT(hidden, HasSubstr("Final-Recipient: rfc822; "));
    EXPECT_THAT(hidden, HasSubstr("Diagnostic-Code: smtp; 550 5.1.1 <"));
}

TEST(mail_commands, masked_messages_have_no_attachment_left) {
    message sent;
    sent.from = {"faktura@energi.example", "Övningsbygdens Energi AB"};
    sent.to = {"anna.exempel@kund.example", "Anna Örnsköld"};
    sent.subject = "Räkning till Anna";
    sent.text = "Hej Anna!\n";
    sent.id = test::our_id();
    sent.attachments = {{"faktura-Anna.pdf", "application/pdf", std::string(3000, 'x')}, {"Åsa.pdf", "application/pdf", "Anna"}};
    const std::string bytes = write_message(sent).value(), hidden = masked_with(bytes);
    EXPECT_EQ(hidden.size(), bytes.size());
    for (const std::string personal : {"Anna", "exempel@", "Energi_", "eHh4", "QW5u", "rnsk", "=C3=96", "sa.pdf"})
        EXPECT_THAT(hidden, Not(HasSubstr(personal))) << hidden;
    EXPECT_THAT(hidden, HasSubstr("Content-Type: application/pdf;\r\n name=\"AAAAAAA-AAAA.AAA\"\r\n"));
}

TEST(mail_commands, generated_reports_break_nothing_and_are_the_same_each_time) {
    const message_ids ids = message_ids::under(generated_key, generated_domain).value();
    for (std::uint64_t seed = 1; seed != 30; ++seed) {
        const std::string bytes = generated(settings(seed, 1 + seed % 4));
        EXPECT_EQ(bytes, generated(settings(seed, 1 + seed % 4)));
        const report_file file = read_report(bytes, {.policy = {}, .ids = &ids});
        EXPECT_EQ(file.findings.total(), 0U) << bytes;
        EXPECT_EQ(file.content.form, report_form::delivery_status);
        EXPECT_EQ(file.content.recipients.size(), 1 + seed % 4);
        EXPECT_TRUE(file.content.token);
    }
}

TEST(mail_commands, a_report_that_is_generated_for_no_day_has_one_nevertheless) {
    generate_settings what = settings(1, 1);
    what.day = {};
    EXPECT_NE(generated(what).find("Date: Tue, 24 Nov 2026 10:00:00 +0100\r\n"), std::string::npos);
}

TEST(mail_commands, fixtures_say_what_their_table_says) {
    struct expected {
        std::string_view file;
        report_form form;
        delivery_outcome outcome;
    };
    for (const auto& [file_name, form, outcome] : {
             expected{"status-of-five.eml", report_form::delivery_status, delivery_outcome::failed},
             expected{"bounce-in-words.eml", report_form::text_bounce, delivery_outcome::failed},
             expected{"absence-notice.eml", report_form::automatic, delivery_outcome::automatic_answer},
             expected{"letter.eml", report_form::other, delivery_outcome::other},
         }) {
        const report_file file = read_report(fixture(file_name));
        EXPECT_EQ(file.content.form, form) << file_name;
        EXPECT_EQ(file.content.outcome, outcome) << file_name << ' ' << name(file.content.outcome);
    }
}

TEST(mail_commands, each_fault_is_there_and_no_other) {
    for (const rule_info& each : reports().rules()) {
        const auto made = generated_report(settings(2, 3, {std::string(each.id)}));
        ASSERT_EQ(made.has_value(), each.id != "MAIL-R03") << each.id;
        if (!made) continue;
        const report_file file = read_report(*made);
        EXPECT_EQ(file.findings.count(each.index), 1U) << each.id << *made;
        EXPECT_EQ(file.findings.total(), 1U) << each.id << *made;
    }
}

TEST(mail_commands, what_cannot_be_generated_is_refused) {
    const auto code = [](const generate_settings& what) {
        const auto made = reports().generate(what, [](std::string_view) {});
        return made ? std::optional<error_code>() : std::optional(made.error().code);
    };
    EXPECT_EQ(code(settings(1, 1)), std::nullopt);
    EXPECT_EQ(code(settings(1, max_recipients)), std::nullopt);
    for (const generate_settings& what : {settings(1, 0), settings(1, max_recipients + 1), settings(1, 1, {"MAIL-R99"}),
                                          settings(1, 1, {"MAIL-R06", "MAIL-R02"})})
        EXPECT_EQ(code(what), error_code::invalid_argument);
    generate_settings bad = settings(1, 1);
    bad.bad_percent = 10;
    EXPECT_EQ(code(bad), error_code::invalid_argument);
}

TEST(mail_commands, check_counts_what_became_of_recipients) {
    reports().check(postfix_bounce(), {}, [](const check_report& made) {
        EXPECT_TRUE(made.accepted);
        EXPECT_EQ(made.version, "delivery-status");
        EXPECT_EQ(made.id, "20261124045100.1B2C3@relay.example");
        EXPECT_EQ(made.records, (std::map<std::string, std::uint64_t>{{"failed", 1}}));
    });
}

}  // namespace

}  // namespace brygga::mail
