// A mail server as a partner: what it gets, and each way in which it does not take it.
#include <thread>

#include <gmock/gmock.h>

#include "connectors/mail/files.hpp"
#include "formats/core/sha256.hpp"
#include "tests/mail/smtp_double.hpp"

namespace brygga::mail::test {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using transfer::fault;
using transfer::test::made_out;

class mail_server : public testing::Test {
 protected:
    static server_settings settings(const smtp_double& of) {
        server_settings out;
        out.host = "127.0.0.1";
        out.port = static_cast<std::uint16_t>(of.port());
        out.ca_file = transfer::test::test_certificate(made_out::to_authority).chain;
        out.from = {"faktura@energi.example", "Exempel Energi"};
        out.bounces = "studs@post.energi.example";
        out.connect_within = 5s;
        out.answer_within = 5s;
        return out;
    }
    static std::string letter(std::string to = "anna@kund.example") {
        message out;
        out.from = {"faktura@energi.example", "Exempel Energi"};
        out.to = {std::move(to), {}};
        out.subject = "Faktura";
        out.text = ".\nen rad med punkt först\n";
        out.date = std::chrono::sys_seconds(1796083200s);
        out.id = "brygga.1@post.energi.example";
        out.attachments.push_back({"1001.pdf", "application/pdf", std::string(100'000, 'x')});
        return *write_message(out);
    }
    transfer::outcome<std::string> put(transfer::remote_files& to, const std::string& bytes) {
        lasts_.clear();
        return std::get<transfer::whole_upload*>(to.uploads())
            ->put("x.eml", bytes, sha256_hex(bytes), [this](bool last) -> transfer::outcome<void> {
                lasts_.push_back(last);
                return before_;
            });
    }
    transfer::outcome<std::string> put_to(const smtp_double& server) {
        const auto to = connect(settings(server), {});
        return put(*to, letter());
    }
    static fault fault_of(const transfer::outcome<std::string>& put) { return put ? fault::ours : put.error().what; }

    transfer::outcome<void> before_;
    std::vector<bool> lasts_;
};

TEST_F(mail_server, gets_the_bytes_as_they_are) {
    for (const sealed how : {sealed::by_starttls, sealed::at_once}) {
        const smtp_double server(how);
        server_settings with = settings(server);
        with.tls = how == sealed::at_once ? tls_begins::at_once : tls_begins::by_starttls;
        const auto to = connect(with, {});
        const auto taken = put(*to, letter());
        ASSERT_TRUE(taken) << taken.error().text;
        EXPECT_EQ(*taken, sha256_hex(letter()));
        ASSERT_THAT(server.messages(), SizeIs(1));
        EXPECT_EQ(server.messages()[0].text, letter());
        EXPECT_THAT(server.messages()[0].from, testing::StartsWith("<studs@post.energi.example>")) << "bounces go there";
        EXPECT_EQ(server.messages()[0].to, "<anna@kund.example>");
        ASSERT_FALSE(lasts_.empty());
        EXPECT_TRUE(lasts_.back());
        EXPECT_EQ(std::count(lasts_.begin(), lasts_.end(), true), 1) << "noted before the last part, once";
    }
}

TEST_F(mail_server, gets_many_over_one_connection) {
    const smtp_double server(sealed::by_starttls);
    const auto to = connect(settings(server), {});
    for (const std::string who : {"a", "b", "c"})
        EXPECT_TRUE(put(*to, letter(who + "@kund.example")));
    EXPECT_THAT(server.messages(), SizeIs(3));
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(mail_server, gets_the_next_after_one_that_it_refused) {
    smtp_double server(sealed::by_starttls);
    server.plan("RCPT", "550 5.1.1 no such user");
    const auto to = connect(settings(server), {});
    EXPECT_EQ(fault_of(put(*to, letter())), fault::no_recipient);
    EXPECT_THAT(lasts_, IsEmpty());
    EXPECT_TRUE(put(*to, letter("b@kund.example")));
    ASSERT_THAT(server.messages(), SizeIs(1));
    EXPECT_EQ(server.messages()[0].to, "<b@kund.example>");
}

struct refusal {
    std::string_view line, answer;
    fault what;
};

TEST_F(mail_server, that_refuses_has_not_got_it) {
    const refusal cases[] = {
        {"connect", "554 5.3.2 nobody here", fault::refused_request},
        {"connect", "421 4.3.2 not now", fault::try_later},
        {"MAIL", "451 4.3.0 later", fault::try_later},
        {"MAIL", "550 5.7.1 not from you", fault::refused_request},
        {"MAIL", "552 5.3.4 too large", fault::no_recipient},
        {"RCPT", "550 5.1.1 <anna@kund.example> unknown", fault::no_recipient},
        {"RCPT", "450 4.2.0 greylisted", fault::try_later},
        {"DATA", "451 4.3.0 later", fault::try_later},
        {"DATA", "554 5.5.1 no", fault::refused_request},
        {".", "554 5.7.1 looks like spam", fault::refused_request},
        {".", "552 5.2.3 too large", fault::no_recipient},
        {".", "452 4.3.1 full", fault::try_later},
    };
    for (const refusal& each : cases) {
        smtp_double server(sealed::by_starttls);
        server.plan(std::string(each.line), std::string(each.answer));
        const auto put = put_to(server);
        EXPECT_EQ(info(fault_of(put)).name, info(each.what).name) << each.line << " " << each.answer;
        ASSERT_FALSE(put);
        EXPECT_THAT(put.error().text, Not(HasSubstr("anna")));
        EXPECT_THAT(put.error().text, HasSubstr(std::string(each.answer.substr(0, 9)))) << "code and status help whoever looks";
        EXPECT_THAT(server.messages(), IsEmpty());
    }
}

TEST_F(mail_server, that_breaks_off_before_the_end_has_not_got_it) {
    for (const std::string_view line : {"connect", "EHLO", "STARTTLS", "MAIL", "RCPT", "DATA"}) {
        smtp_double server(sealed::by_starttls);
        server.plan(std::string(line), smtp_double::cut);
        const auto put = put_to(server);
        ASSERT_FALSE(put) << line;
        EXPECT_TRUE(retryable(put.error().what)) << line << " " << put.error().text;
        EXPECT_NE(put.error().what, fault::unanswered) << line;
    }
}

TEST_F(mail_server, that_breaks_off_after_the_end_may_have_got_it) {
    smtp_double server(sealed::by_starttls);
    server.plan(".", smtp_double::cut);
    EXPECT_EQ(fault_of(put_to(server)), fault::unanswered);
    EXPECT_TRUE(lasts_.back());
}

TEST_F(mail_server, that_is_silent_after_the_end_may_have_got_it) {
    smtp_double server(sealed::by_starttls);
    server.plan(".", smtp_double::silence);
    server_settings with = settings(server);
    with.answer_within = 1s;
    const auto to = connect(with, {});
    EXPECT_EQ(fault_of(put(*to, letter())), fault::unanswered);
}

TEST_F(mail_server, that_is_silent_before_is_tried_again) {
    for (const std::string_view line : {"connect", "MAIL", "DATA"}) {
        smtp_double server(sealed::by_starttls);
        server.plan(std::string(line), smtp_double::silence);
        server_settings with = settings(server);
        with.connect_within = with.answer_within = 1s;
        const auto to = connect(with, {});
        EXPECT_EQ(fault_of(put(*to, letter())), fault::timed_out) << line;
    }
}

TEST_F(mail_server, gets_nothing_without_tls) {
    const smtp_double server(sealed::never);
    EXPECT_EQ(fault_of(put_to(server)), fault::no_common_method);
    for (const std::string& each : server.commands())
        EXPECT_THAT(each, Not(HasSubstr("MAIL"))) << "on this machine neither";
}

TEST_F(mail_server, gets_nothing_when_it_refuses_tls) {
    smtp_double server(sealed::by_starttls);
    server.plan("STARTTLS", "454 4.7.0 TLS not available");
    EXPECT_NE(fault_of(put_to(server)), fault::ours);
    EXPECT_THAT(server.messages(), IsEmpty());
    for (const std::string& each : server.commands())
        EXPECT_THAT(each, Not(HasSubstr("MAIL")));
}

TEST_F(mail_server, must_show_who_it_is) {
    for (const made_out shown : {made_out::to_other_host, made_out::in_the_past, made_out::by_itself}) {
        const smtp_double server(sealed::by_starttls, shown);
        EXPECT_EQ(fault_of(put_to(server)), fault::certificate);
        EXPECT_THAT(server.messages(), IsEmpty());
    }
}

TEST_F(mail_server, may_want_to_know_who_we_are) {
    smtp_double server(sealed::by_starttls);
    server.ask_for("energi", "hemligt");
    server_settings with = settings(server);
    with.user = "energi";
    with.password = "hemligt";
    EXPECT_TRUE(put(*connect(with, {}), letter()));
    with.password = "fel";
    EXPECT_EQ(fault_of(put(*connect(with, {}), letter())), fault::login);
    EXPECT_EQ(fault_of(put_to(server)), fault::login) << "a server that wants a login from who has none";
}

TEST_F(mail_server, that_nobody_listens_at_is_tried_again) {
    server_settings with;
    {
        const smtp_double gone(sealed::by_starttls);
        with = settings(gone);
    }
    const auto to = connect(with, {});
    EXPECT_TRUE(retryable(fault_of(put(*to, letter()))));
}

TEST_F(mail_server, gets_nothing_when_its_attempt_cannot_be_noted) {
    const smtp_double server(sealed::by_starttls);
    before_ = transfer::failed(fault::ours, "no disk");
    EXPECT_EQ(fault_of(put_to(server)), fault::ours);
    EXPECT_THAT(server.messages(), IsEmpty());
}

TEST_F(mail_server, is_left_when_the_service_ends) {
    smtp_double server(sealed::by_starttls);
    server.plan("MAIL", smtp_double::silence);
    std::stop_source stop;
    const auto to = connect(settings(server), stop.get_token());
    const std::jthread ender([&] {
        while (server.commands().size() < 3)
            std::this_thread::sleep_for(1ms);
        stop.request_stop();
    });
    EXPECT_EQ(fault_of(put(*to, letter())), fault::stopped);
}

TEST_F(mail_server, gets_nothing_that_is_no_message_of_ours) {
    const smtp_double server(sealed::by_starttls);
    const auto to = connect(settings(server), {});
    EXPECT_EQ(fault_of(put(*to, "From: x\r\n\r\ny\r\n")), fault::refused_request);
    EXPECT_EQ(server.connections(), 0);
}

TEST_F(mail_server, has_nothing_to_fetch) {
    const smtp_double server(sealed::by_starttls);
    const auto to = connect(settings(server), {});
    EXPECT_EQ(to->list("").error().what, fault::not_supported);
    EXPECT_EQ(to->read("x", 0).error().what, fault::not_supported);
    EXPECT_EQ(to->facts("x").value(), std::nullopt);
}

}  // namespace
}  // namespace brygga::mail::test
