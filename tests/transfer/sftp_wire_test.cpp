// Uploads to OpenSSH's server that goes wrong at each request in each way: nothing is called delivered that is not, and in the
// end one whole file is there under its name, and never a second.
#include <algorithm>
#include <chrono>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/transfer/deliver.hpp"
#include "tests/transfer/lying_server.hpp"
#include "tests/transfer/one_file.hpp"
#include "tests/transfer/outcomes.hpp"

namespace brygga::transfer::test {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string content = pattern(70'000);  // three WRITE requests

class sftp_upload : public ::testing::Test {
 protected:
    sftp_upload() { server.make_folder("in"); }

    outcome<delivered> attempt(const std::function<void(std::string_view)>& at_step = {}) {
        if (!line_) {
            auto connected = sftp::connect(with_, {});
            if (!connected) return tl::unexpected(connected.error());
            line_ = std::move(*connected);
        }
        auto ended = file.attempt(*line_, at_step);
        if (!ended && info(ended.error().what).how_far == reach::connection) hang_up();
        return ended;
    }
    // As the queue does.
    outcome<delivered> until_done(int attempts = 3) {
        auto ended = attempt();
        while (!ended && retryable(ended.error().what) && --attempts > 0)
            ended = attempt();
        return ended;
    }
    void hang_up() { line_.reset(); }
    // The requests of a delivery by which nothing goes wrong.
    std::vector<std::string> undisturbed() {
        begin("");
        EXPECT_EQ(attempt().value(), delivered::now);
        return server.requests();
    }
    // Another file, on a connection that stands.
    void begin(const std::string& script) {
        file = {content};
        for (const std::string& each : server.names("in"))
            server.remove("in/" + each);
        if (!line_) line_ = must(sftp::connect(with_, {}));
        server.play(script);
    }
    // By a partner that takes files away as soon as they have their name.
    std::vector<std::string> collect() {
        if (server.names("in") == std::vector<std::string>{"pain.xml"}) {
            const std::string taken = server.content("in/pain.xml");
            server.remove("in/pain.xml");
            return {taken};
        }
        return {};
    }
    void expect_the_file_alone() {
        EXPECT_THAT(server.names("in"), ElementsAre("pain.xml"));
        EXPECT_TRUE(server.content("in/pain.xml") == content);
    }

    lying_server server;
    sftp::settings with_ = server.settings();
    one_file file{content};

 private:
    files_handle line_;
};

std::string told(const outcome<delivered>& ended) {
    if (!ended) return std::string(info(ended.error().what).name);
    switch (*ended) {
        case delivered::now:
            return "now";
        case delivered::before:
            return "before";
        case delivered::collected:
            return "collected";
    }
    __builtin_unreachable();
}

TEST_F(sftp_upload, asks_for_this) {
    const auto asked = undisturbed();
    const std::vector<std::string> brought = {"LSTAT", "OPEN", "WRITE", "WRITE", "WRITE", "EXTENDED", "CLOSE", "LSTAT", "OPEN"};
    const std::vector<std::string> named = {"CLOSE", "LSTAT", "RENAME", "LSTAT"};
    ASSERT_GT(asked.size(), brought.size() + named.size());
    EXPECT_TRUE(std::equal(brought.begin(), brought.end(), asked.begin()));
    EXPECT_THAT(std::vector(asked.begin() + std::ssize(brought), asked.end() - std::ssize(named)), Each("READ"));
    EXPECT_TRUE(std::equal(named.rbegin(), named.rend(), asked.rbegin()));
    expect_the_file_alone();
}

class sftp_upload_cut : public sftp_upload, public ::testing::WithParamInterface<const char*> {};

TEST_P(sftp_upload_cut, at_each_request_ends_with_one_whole_file) {
    const std::size_t count = undisturbed().size();
    for (std::size_t number = 1; number <= count; ++number) {
        SCOPED_TRACE(number);
        begin(GetParam() + (" " + std::to_string(number)));
        EXPECT_EQ(told(attempt()), "cut");
        server.play("");
        const auto ended = attempt();
        EXPECT_TRUE(ended) << ended.error().text;
        expect_the_file_alone();
    }
}

TEST_P(sftp_upload_cut, at_each_request_ends_with_one_file_that_the_partner_takes_away) {
    const std::size_t count = undisturbed().size();
    for (std::size_t number = 1; number <= count; ++number) {
        SCOPED_TRACE(number);
        begin(GetParam() + (" " + std::to_string(number)));
        EXPECT_EQ(told(attempt()), "cut");
        server.play("");
        std::vector<std::string> files = collect();
        const bool taken = !files.empty();
        EXPECT_EQ(told(attempt()), taken ? "collected" : "now");
        for (const std::string& each : collect())
            files.push_back(each);
        EXPECT_TRUE(files == std::vector{content}) << files.size();
        EXPECT_THAT(server.names("in"), IsEmpty());
    }
}

TEST_P(sftp_upload_cut, as_it_begins_is_a_cut) {
    hang_up();
    server.play(GetParam() + std::string(" INIT:1"));
    EXPECT_EQ(told(attempt()), "cut");
    EXPECT_EQ(told(attempt()), "now");
    expect_the_file_alone();
}
INSTANTIATE_TEST_SUITE_P(all, sftp_upload_cut, ::testing::Values("end-before", "end-after", "kill-before", "kill-after"),
                         [](const auto& of) {
                             std::string name = of.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST_F(sftp_upload, does_not_begin_with_an_answer_that_makes_no_sense) {
    for (const std::string script : {"type INIT:1 101", "empty INIT:1", "long INIT:1"}) {
        SCOPED_TRACE(script);
        begin("");
        hang_up();
        server.play(script);
        EXPECT_EQ(told(attempt()), "bad-answer");
        EXPECT_EQ(told(attempt()), "now");
        expect_the_file_alone();
    }
}

TEST_F(sftp_upload, that_is_never_answered_ends_with_one_whole_file) {
    for (const std::string where : {"INIT:1", "LSTAT:1", "WRITE:2", "CLOSE:1", "RENAME:1", "LSTAT:4"})
        for (const std::string how : {"hang ", "partly "}) {
            SCOPED_TRACE(how + where);
            begin("");
            hang_up();
            const sftp::settings patient = with_;
            with_.answer_within = std::chrono::milliseconds(100);
            with_.connect_within = std::chrono::milliseconds(where == "INIT:1" ? 700 : 20'000);
            server.play(how + where);
            EXPECT_EQ(told(attempt()), "timed-out");
            with_ = patient;
            server.play("");
            const auto ended = attempt();
            EXPECT_TRUE(ended) << ended.error().text;
            expect_the_file_alone();
        }
}

struct lie {
    const char* script;
    const char* first;  // what the attempt is told by it
    const char* then;   // and an honest one after it
};

void PrintTo(const lie& of, std::ostream* to) {
    *to << of.script;
}

class sftp_upload_lie : public sftp_upload, public ::testing::WithParamInterface<std::vector<lie>> {};

TEST_P(sftp_upload_lie, is_seen_or_does_no_harm) {
    for (const lie& each : GetParam()) {
        SCOPED_TRACE(each.script);
        begin(each.script);
        const auto first = attempt();
        EXPECT_EQ(told(first), each.first) << (first ? "" : first.error().text);
        if (first) expect_the_file_alone();
        server.play("");
        const auto ended = until_done();
        EXPECT_EQ(told(ended), each.then) << (ended ? "" : ended.error().text);
        if (ended) expect_the_file_alone();
    }
}
const std::vector<lie> says_yes = {{"claim WRITE:1", "unproven", "now"},    {"claim WRITE:2", "unproven", "now"},
                                   {"claim WRITE:3", "unproven", "now"},    {"half WRITE:1", "unproven", "now"},
                                   {"half WRITE:2", "unproven", "now"},     {"half WRITE:3", "unproven", "now"},
                                   {"claim EXTENDED:1", "now", "before"},   {"claim CLOSE:1", "now", "before"},
                                   {"claim RENAME:1", "unproven", "now"},   {"claim OPEN:1", "bad-answer", "now"},
                                   {"claim LSTAT:1", "bad-answer", "now"},  {"wrong READ:1", "unproven", "now"},
                                   {"fewer READ:1", "now", "before"},       {"status READ:1 1", "unproven", "now"},
                                   {"size LSTAT:2 10", "unproven", "now"},  {"size LSTAT:4 10", "unproven", "before"},
                                   {"status LSTAT:2 2", "unproven", "now"}, {"status LSTAT:4 2", "collected", "before"}};
// Where trying again cannot help the server has changed its mind, and a person has sent it again.
const std::vector<lie> says_no = {{"status LSTAT:1 4", "server-failure", "now"},
                                  {"status LSTAT:1 3", "permission", "now"},
                                  {"status OPEN:1 2", "not-found", "now"},
                                  {"status OPEN:1 3", "permission", "now"},
                                  {"status WRITE:1 4", "server-failure", "now"},
                                  {"status WRITE:2 14", "no-space", "now"},
                                  {"status WRITE:3 15", "no-space", "now"},
                                  {"status WRITE:1 7", "cut", "now"},
                                  {"status WRITE:2 99", "bad-answer", "now"},
                                  {"deny WRITE:2 4", "server-failure", "now"},
                                  {"status EXTENDED:1 8", "not-supported", "now"},
                                  {"status CLOSE:1 4", "server-failure", "now"},
                                  {"status OPEN:2 3", "now", "before"},  // where we may write and not read
                                  {"status READ:1 8", "now", "before"},
                                  {"status OPEN:2 2", "unproven", "now"},
                                  {"status READ:1 4", "server-failure", "now"},
                                  {"status RENAME:1 4", "server-failure", "now"},
                                  {"status RENAME:1 3", "permission", "now"},
                                  {"status RENAME:1 11", "name-taken", "now"},
                                  {"deny RENAME:1 4", "server-failure", "before"},
                                  {"deny RENAME:1 3", "permission", "before"},
                                  {"take RENAME:1", "name-taken", "name-taken"}};
const std::vector<lie> makes_no_sense = {
    {"id LSTAT:1", "bad-answer", "now"},           {"type LSTAT:1 104", "bad-answer", "now"},
    {"crop LSTAT:2", "bad-answer", "now"},         {"type LSTAT:4 104", "bad-answer", "before"},
    {"crop OPEN:1", "bad-answer", "now"},          {"id WRITE:2", "bad-answer", "now"},
    {"type WRITE:2 105", "bad-answer", "now"},     {"empty WRITE:2", "bad-answer", "now"},
    {"long WRITE:2", "bad-answer", "now"},         {"crop CLOSE:1", "bad-answer", "now"},
    {"crop READ:1", "bad-answer", "now"},          {"long READ:2", "bad-answer", "now"},
    {"type RENAME:1 105", "bad-answer", "before"}, {"empty RENAME:1", "bad-answer", "before"},
    {"long RENAME:1", "bad-answer", "before"}};
INSTANTIATE_TEST_SUITE_P(all, sftp_upload_lie, ::testing::Values(says_yes, says_no, makes_no_sense));

TEST_F(sftp_upload, by_a_server_that_always_lies_is_never_called_delivered) {
    for (const std::string each : {"half WRITE:*", "claim WRITE:*", "claim RENAME:*", "claim CLOSE:*"}) {
        SCOPED_TRACE(each);
        begin(each);
        const auto ended = until_done(4);
        if (ended) {
            expect_the_file_alone();
            continue;
        }
        EXPECT_EQ(told(ended), "unproven");
        EXPECT_THAT(server.names("in"), Not(Contains("pain.xml")));
        server.play("");
        EXPECT_TRUE(attempt());
        expect_the_file_alone();
    }
}

// The look before it found no file: what it was told must not be believed of this one too.
TEST_F(sftp_upload, with_a_look_that_makes_no_sense_is_not_called_collected) {
    for (const std::string how : {"crop", "type", "empty"}) {
        SCOPED_TRACE(how);
        begin("");
        server.put("in/.pain.xml.7f.part", content);
        file.before = tried::uploaded;
        server.play(how + " LSTAT:2 104");
        EXPECT_EQ(told(attempt()), "bad-answer");
        server.play("");
        EXPECT_EQ(told(until_done()), "now");
        expect_the_file_alone();
    }
}

TEST_F(sftp_upload, goes_on_from_nothing_that_it_may_not_read) {
    begin("");
    server.put("in/.pain.xml.7f.part", std::string(40'000, 'x'));
    file.before = tried::somehow;
    server.play("status OPEN:2 3");
    EXPECT_EQ(told(attempt()), "now");
    expect_the_file_alone();
}

TEST_F(sftp_upload, leaves_a_file_alone_that_takes_the_name_meanwhile) {
    for (const std::string_view step : {delivery_step::looked, delivery_step::proven, delivery_step::noted}) {
        SCOPED_TRACE(step);
        begin("");
        const auto ended = attempt([&](std::string_view at) {
            if (at == step) server.put("in/pain.xml", "another");
        });
        EXPECT_EQ(told(ended), "name-taken");
        EXPECT_EQ(server.content("in/pain.xml"), "another");
    }
}

}  // namespace
}  // namespace brygga::transfer::test
