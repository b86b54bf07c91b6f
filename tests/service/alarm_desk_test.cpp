// Who is told of an alarm, and that nobody is forgotten.
#include "connectors/service/alarm_desk.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "connectors/notify/post.hpp"
#include "connectors/service/alarm_hook.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/mail/smtp_double.hpp"

namespace brygga::service {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;

const alarm one{alarm_kind::not_sent, "nat", "1", "text"}, two{alarm_kind::rejected, "nat", "1", "text"},
    other{alarm_kind::rejected, "energi", "1", "text"};

class hearing : public alarm_channel {
 public:
    explicit hearing(std::vector<std::string>& heard, std::vector<std::string> deaf_to = {}, std::string address = "test")
        : heard_(heard), deaf_to_(std::move(deaf_to)), address_(std::move(address)) {}
    [[nodiscard]] std::string_view name() const noexcept override { return "test"; }
    [[nodiscard]] std::string address() const override { return address_; }
    // Each of `deaf_to` fails once.
    [[nodiscard]] result<void> tell(const alarm& item, bool over, const std::stop_token&) override {
        const std::string what = item.tenant + ' ' + std::string(service::name(item.kind)) + (over ? " over" : "");
        const auto deaf = std::find(deaf_to_.begin(), deaf_to_.end(), what);
        heard_.push_back((deaf == deaf_to_.end() ? "" : "failed ") + what);
        if (deaf == deaf_to_.end()) return {};
        deaf_to_.erase(deaf);
        return fail(error_code::io, "not heard");
    }

 private:
    std::vector<std::string>& heard_;
    std::vector<std::string> deaf_to_;
    std::string address_;
};

alarm_listener listening(hearing by) {
    return {std::make_unique<hearing>(std::move(by)), nullptr};
}

TEST(alarm_listener, hears_each_once_when_it_begins_and_once_when_it_is_over) {
    std::vector<std::string> heard;
    alarm_listener who = listening(hearing(heard));
    for (const auto& now : std::vector<std::vector<alarm>>{{one}, {one, two}, {one, two}, {two}, {two}})
        who.hear(now, {});
    EXPECT_THAT(heard, ElementsAre("nat not-sent", "nat rejected", "nat not-sent over"));
    EXPECT_EQ(to_json(one, true), R"({"alarm":"not-sent","state":"over","tenant":"nat","subject":"1","text":"text"})");
}

TEST(alarm_listener, is_told_again_what_it_has_not_heard) {
    std::vector<std::string> heard;
    alarm_listener who = listening(hearing(heard, {"nat not-sent", "nat not-sent", "nat not-sent over"}));
    for (const auto& now : std::vector<std::vector<alarm>>{{one}, {one}, {one}, {}, {}})
        who.hear(now, {});
    EXPECT_THAT(heard, ElementsAre("failed nat not-sent", "failed nat not-sent", "nat not-sent", "failed nat not-sent over",
                                   "nat not-sent over"));
}

TEST(alarm_listener, is_left_alone_after_a_failure_and_then_hears_the_others_first) {
    std::vector<std::string> heard;
    alarm_listener who = listening(hearing(heard, {"nat not-sent", "nat not-sent"}));
    who.hear({one, two, other}, {});
    EXPECT_THAT(heard, ElementsAre("failed nat not-sent"));
    who.hear({one, two, other}, {});
    EXPECT_THAT(heard, ElementsAre("failed nat not-sent", "nat rejected", "energi rejected", "failed nat not-sent"));
    who.hear({one, two, other}, {});
    EXPECT_EQ(heard.back(), "nat not-sent");
}

TEST(alarm_listener, hears_nothing_of_the_end_of_what_it_never_heard) {
    std::vector<std::string> heard;
    alarm_listener who = listening(hearing(heard, {"nat not-sent"}));
    who.hear({one}, {});
    who.hear({}, {});
    EXPECT_THAT(heard, ElementsAre("failed nat not-sent"));
}

TEST(alarm_listener, hears_nothing_of_an_end_that_is_none_before_it_could_be_told) {
    std::vector<std::string> heard;
    alarm_listener who = listening(hearing(heard, {"nat not-sent over"}));
    for (const auto& now : std::vector<std::vector<alarm>>{{one}, {}, {one}})
        who.hear(now, {});
    EXPECT_THAT(heard, ElementsAre("nat not-sent", "failed nat not-sent over"));
}

// What the channels of a desk were told, while each is served in a thread.
class ears {
 public:
    void hear(const std::string& what) {
        const std::lock_guard guard(mutex_);
        heard_.push_back(what);
        changed_.notify_all();
    }
    // Waits until something was heard: a test that waits for ever has failed.
    void expect(const std::string& what) {
        std::unique_lock guard(mutex_);
        changed_.wait(guard, [&] { return std::find(heard_.begin(), heard_.end(), what) != heard_.end(); });
    }
    [[nodiscard]] std::size_t count() const {
        const std::lock_guard guard(mutex_);
        return heard_.size();
    }

 private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> heard_;
};

class served : public alarm_channel {
 public:
    served(ears& by, std::string address, bool hangs = false) : by_(by), address_(std::move(address)), hangs_(hangs) {}
    [[nodiscard]] std::string_view name() const noexcept override { return "test"; }
    [[nodiscard]] std::string address() const override { return address_; }
    [[nodiscard]] result<void> tell(const alarm& item, bool over, const std::stop_token& stop) override {
        by_.hear(address_ + ": " + item.tenant + ' ' + std::string(service::name(item.kind)) + (over ? " over" : ""));
        if (!hangs_) return {};
        std::mutex mutex;
        std::unique_lock guard(mutex);
        std::condition_variable_any().wait(guard, stop, [] { return false; });
        return fail(error_code::busy, "stopped");
    }

 private:
    ears& by_;
    std::string address_;
    bool hangs_;
};

template <class... Channels>
void listen(alarm_desk& desk, Channels... all) {
    std::vector<std::unique_ptr<alarm_channel>> to;
    (to.push_back(std::make_unique<Channels>(std::move(all))), ...);
    desk.listen(std::move(to));
}

// Until it is destroyed.
std::vector<std::jthread> serve(alarm_desk& desk) {
    std::vector<std::jthread> out;
    for (std::size_t channel = 0; channel < desk.channels(); ++channel)
        out.emplace_back([&desk, channel](const std::stop_token& stop) { desk.serve(channel, stop); });
    return out;
}

using found = std::optional<std::vector<alarm>>;

TEST(alarm_desk, no_channel_waits_for_another_that_hangs) {
    ears by;
    alarm_desk desk(nullptr);
    listen(desk, served(by, "webhook", true), served(by, "mail"));
    const auto threads = serve(desk);
    desk.look({{"nat", found({one, two})}});
    by.expect("webhook: nat not-sent");
    by.expect("mail: nat rejected");
    desk.look({{"nat", found({two})}});
    by.expect("mail: nat not-sent over");
    EXPECT_EQ(by.count(), 4U) << "what hangs is not told of the rest";
}

TEST(alarm_desk, tells_of_a_look_before_the_channels_were_served) {
    ears by;
    alarm_desk desk(nullptr);
    listen(desk, served(by, "mail"));
    desk.look({{"nat", found({one})}});
    const auto threads = serve(desk);
    by.expect("mail: nat not-sent");
}

TEST(alarm_desk, tells_that_the_alarms_of_a_tenant_who_is_gone_are_over) {
    ears by;
    alarm_desk desk(nullptr);
    listen(desk, served(by, "mail"));
    {
        const auto threads = serve(desk);
        desk.look({{"nat", found({one})}, {"energi", found({other})}});
        by.expect("mail: nat not-sent");
    }
    listen(desk, served(by, "mail"));
    const auto threads = serve(desk);
    desk.look({{"nat", found({one})}});
    by.expect("mail: energi rejected over");
    desk.look({{"nat", found(std::vector<alarm>{})}});
    by.expect("mail: nat not-sent over");
    EXPECT_EQ(by.count(), 4U) << "nobody is told twice";
}

TEST(alarm_desk, tells_a_new_address_what_holds) {
    ears by;
    alarm_desk desk(nullptr);
    listen(desk, served(by, "old@energi.example"));
    {
        const auto threads = serve(desk);
        desk.look({{"nat", found({one})}});
        by.expect("old@energi.example: nat not-sent");
    }
    listen(desk, served(by, "new@energi.example"));
    const auto threads = serve(desk);
    desk.look({{"nat", found({one})}});
    by.expect("new@energi.example: nat not-sent");
}

TEST(alarm_desk, keeps_what_held_of_a_tenant_who_could_not_be_looked_at) {
    alarm_desk desk(nullptr);
    desk.look({{"nat", found({one})}, {"energi", found({other})}});
    desk.look({{"nat", std::nullopt}, {"energi", found(std::vector<alarm>{})}});
    EXPECT_THAT(desk.holding(), ElementsAre(one));
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

TEST(alarm_hook, does_not_hand_on_the_secrets_of_the_environment) {
    ::setenv("BRYGGA_TEST_SECRET", "s3cret", 1);
    const auto done =
        run_hook({"sh", "-c", "test -z \"$BRYGGA_TEST_SECRET\" && test -n \"$PATH\""}, "", milliseconds(20'000), {});
    ::unsetenv("BRYGGA_TEST_SECRET");
    EXPECT_TRUE(done) << done.error().text;
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
    mail::test::smtp_double server;
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
    server.plan("RCPT", "550 nobody here");
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
