// Who is told of an alarm, and that nobody is forgotten.
#include "connectors/service/alarm_desk.hpp"

#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "connectors/notify/post.hpp"
#include "connectors/service/alarm_hook.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/service/smtp_double.hpp"

namespace brygga::service {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;

const alarm one{alarm_kind::not_sent, "nat", "1", "text"}, two{alarm_kind::rejected, "nat", "1", "text"};

class hearing : public alarm_channel {
 public:
    explicit hearing(std::vector<std::string>& heard, int failures = 0) : heard_(heard), failures_(failures) {}
    [[nodiscard]] std::string_view name() const noexcept override { return "test"; }
    [[nodiscard]] result<void> tell(const alarm& item, bool over, const std::stop_token&) override {
        heard_.push_back((failures_ > 0 ? "failed " : "") + std::string(service::name(item.kind)) + (over ? " over" : ""));
        if (failures_-- > 0) return fail(error_code::io, "not heard");
        return {};
    }

 private:
    std::vector<std::string>& heard_;
    int failures_;
};

template <class... Channels>
alarm_desk desk_with(Channels... all) {
    std::vector<std::unique_ptr<alarm_channel>> to;
    (to.push_back(std::make_unique<Channels>(std::move(all))), ...);
    return alarm_desk(std::move(to), nullptr);
}

TEST(alarm_desk, tells_each_once_when_it_begins_and_once_when_it_is_over) {
    std::vector<std::string> heard;
    alarm_desk desk = desk_with(hearing(heard));
    desk.tell("nat", {one}, {});
    desk.tell("nat", {one, two}, {});
    desk.tell("energi", {}, {});
    desk.tell("nat", {two}, {});
    EXPECT_THAT(heard, ElementsAre("not-sent", "rejected", "not-sent over"));
    EXPECT_EQ(to_json(one, true), R"({"alarm":"not-sent","state":"over","tenant":"nat","subject":"1","text":"text"})");
}

TEST(alarm_desk, tells_again_what_one_channel_has_not_heard_and_the_others_not) {
    std::vector<std::string> deaf, good;
    alarm_desk desk = desk_with(hearing(deaf, 2), hearing(good));
    desk.tell("nat", {one}, {});
    desk.tell("nat", {one}, {});
    desk.tell("nat", {one}, {});
    desk.tell("nat", {}, {});
    EXPECT_THAT(deaf, ElementsAre("failed not-sent", "failed not-sent", "not-sent", "not-sent over"));
    EXPECT_THAT(good, ElementsAre("not-sent", "not-sent over"));
}

TEST(alarm_desk, says_nothing_of_the_end_of_what_was_never_heard) {
    std::vector<std::string> heard;
    alarm_desk desk = desk_with(hearing(heard, 1));
    desk.tell("nat", {one}, {});
    desk.tell("nat", {}, {});
    EXPECT_THAT(heard, ElementsAre("failed not-sent"));
}

TEST(alarm_hook, tells_why_it_failed) {
    const auto why = [](const std::vector<std::string>& words, milliseconds within = milliseconds(20'000)) {
        const auto done = run_hook(words, "text\n", within, {});
        return done ? std::string() : done.error().text;
    };
    EXPECT_EQ(why({"true"}), "");
    EXPECT_EQ(why({"sh", "-c", "read word && test \"$word\" = text"}), "");
    EXPECT_EQ(why({"false"}), "the program ended with status 1");
    EXPECT_EQ(why({"sh", "-c", "kill -9 $$"}), "the program was ended by signal 9");
    EXPECT_EQ(why({"sh", "-c", "sleep 60 & wait"}, milliseconds(50)), "the program did not end in time and was killed");
    EXPECT_NE(why({"/nonexistent/program"}), "");
}

TEST(alarm_hook, ends_with_the_service) {
    std::stop_source stop;
    stop.request_stop();
    const auto done = run_hook({"sleep", "60"}, "", milliseconds(60'000), stop.get_token());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().text, "the program was killed, for the service ends");
}

class web_double {
 public:
    web_double() {
        server_.Post("/alarm", [this](const httplib::Request& asks, httplib::Response& answer) {
            body = asks.body;
            type = asks.get_header_value("Content-Type");
            token = asks.get_header_value("Authorization");
            answer.status = status;
        });
        port = server_.bind_to_any_port("127.0.0.1");
        serving_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running())
            std::this_thread::yield();
    }
    ~web_double() {
        server_.stop();
        serving_.join();
    }

    std::string body, type, token;
    int status = 204, port = 0;

 private:
    httplib::Server server_;
    std::thread serving_;
};

TEST(webhook, gets_the_alarm_as_json_with_our_token) {
    const intake_test::scratch_folder folder;
    intake_test::put(folder.path() / "token", "t0ken\n");
    web_double web;
    config::alarm_settings how;
    how.webhook.emplace();
    how.webhook->url = "http://127.0.0.1:" + std::to_string(web.port) + "/alarm";
    how.webhook->token.file = folder.path() / "token";
    const auto channels = open_channels(how, filedrop::posix_file_system());
    ASSERT_EQ(channels.size(), 1U);
    EXPECT_TRUE(channels[0]->tell(one, false, {}));
    EXPECT_EQ(web.body, to_json(one, false));
    EXPECT_EQ(web.type, "application/json");
    EXPECT_EQ(web.token, "Bearer t0ken");
    web.status = 503;
    EXPECT_EQ(channels[0]->tell(one, false, {}).error().text, "the server answers with status 503");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(channels[0]->tell(one, false, stop.get_token()).error().text, "not sent, for the service ends");
}

TEST(mail, reaches_every_mailbox) {
    test::smtp_double server;
    config::alarm_settings how;
    how.mail.emplace();
    how.mail->server = "smtp://127.0.0.1:" + std::to_string(server.port());
    how.mail->from = "brygga@energi.example";
    how.mail->to = {"drift@energi.example", "jour@energi.example"};
    const auto channels = open_channels(how, filedrop::posix_file_system());
    ASSERT_EQ(channels.size(), 1U);
    const alarm strange{alarm_kind::file_missing, "nat", "camt.054\r\nBcc: x@y.example", "no file came\n.\nask the bank"};
    const auto done = channels[0]->tell(strange, false, {});
    EXPECT_TRUE(done) << done.error().text;
    EXPECT_THAT(server.heard(), HasSubstr("MAIL FROM:<brygga@energi.example>"));
    EXPECT_THAT(server.heard(), HasSubstr("RCPT TO:<drift@energi.example>\r\nRCPT TO:<jour@energi.example>\r\n"));
    EXPECT_THAT(server.heard(), HasSubstr("Subject: [brygga] nat file-missing: camt.054??Bcc: x@y.example begins\r\n"));
    EXPECT_THAT(server.heard(), HasSubstr("no file came\r\n..\r\nask the bank\r\n"));
    server.refuse_recipients();
    const auto refused = channels[0]->tell(one, false, {});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text, HasSubstr("550"));
}

TEST(address, must_be_safe) {
    const auto web = [](const std::string& url) { return notify::fault_of_address(url, {"https", "http"}); };
    EXPECT_EQ(web("https://alarm.example/x"), "");
    EXPECT_EQ(web("http://127.0.0.1:9/x"), "");
    EXPECT_EQ(web("http://alarm.example/x"), "must begin with https:// unless it is on this machine");
    EXPECT_EQ(web("ftp://alarm.example/x"), "must begin with https:// or http://");
    EXPECT_EQ(web("https://eva:x@alarm.example/x"), "must not hold a user or password");
    EXPECT_EQ(web("no address"), "is no address");
}

}  // namespace
}  // namespace brygga::service
