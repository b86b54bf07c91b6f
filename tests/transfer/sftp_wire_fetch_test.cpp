// Downloads from OpenSSH's server that goes wrong at each request in each way: in the end one whole file at home, and none of
// ours left there.
#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/transfer/fetch.hpp"
#include "tests/transfer/kept_fetches.hpp"
#include "tests/transfer/lying_server.hpp"
#include "tests/transfer/outcomes.hpp"

namespace brygga::transfer::test {
namespace {

using ::testing::ElementsAre;

const std::string content = pattern(40'000);  // two chunks

std::string told(const outcome<fetched>& ended) {
    if (!ended) return std::string(info(ended.error().what).name);
    switch (*ended) {
        case fetched::now:
            return "now";
        case fetched::before:
            return "before";
        case fetched::changing:
            return "changing";
    }
    __builtin_unreachable();
}

class sftp_download : public ::testing::Test {
 protected:
    sftp_download() {
        server.make_folder("out");
        server.make_folder("done");
    }

    outcome<fetched> attempt() {
        if (!line_) {
            auto connected = sftp::connect(with, {});
            if (!connected) return tl::unexpected(connected.error());
            line_ = std::move(*connected);
        }
        auto ended = look_and_fetch();
        if (!ended && info(ended.error().what).how_far == reach::connection) hang_up();
        return ended;
    }
    outcome<fetched> until_done(int attempts = 3) {
        auto ended = attempt();
        while (--attempts > 0 && (ended ? *ended == fetched::changing : retryable(ended.error().what)))
            ended = attempt();
        return ended;
    }
    void hang_up() { line_.reset(); }
    // Another file, on a connection that stands.
    void begin(const std::string& script) {
        kept = std::make_unique<kept_fetches>();
        for (const std::string folder : {"out", "done"})
            for (const std::string& each : server.names(folder))
                server.remove(folder + "/" + each);
        server.put("out/camt.xml", content);
        if (!line_) line_ = must(sftp::connect(with, {}));
        server.play(script);
    }
    std::vector<std::string> undisturbed() {
        begin("");
        EXPECT_EQ(told(attempt()), "now");
        return server.requests();
    }
    void expect_one_copy() {
        const auto inbox = kept->inbox();
        EXPECT_EQ(inbox.size(), 1u);
        EXPECT_TRUE(inbox.count("camt.xml") == 1 && inbox.at("camt.xml") == content);
        EXPECT_TRUE(kept->staging_is_empty());
        EXPECT_EQ(kept->taken.size(), 1u);
        const std::vector<std::string> file = {"camt.xml"}, none;
        EXPECT_EQ(server.names("out"), then == afterwards::leave ? file : none);
        EXPECT_EQ(server.names("done"), then == afterwards::move ? file : none);
    }

    lying_server server;
    sftp::settings with = server.settings();
    afterwards then = afterwards::remove;
    std::unique_ptr<kept_fetches> kept;

 private:
    outcome<fetched> look_and_fetch() {
        if (auto placed = place_staged(kept->home(), kept->notes()); !placed) return tl::unexpected(placed.error());
        const auto facts = line_->facts("out/camt.xml");
        if (!facts) return tl::unexpected(facts.error());
        if (!*facts) return fetched::before;
        return fetch(*line_, {"bank", "out", then, "done"}, {"camt.xml", **facts}, kept->home(), kept->notes());
    }

    files_handle line_;
};

TEST_F(sftp_download, asks_for_this) {
    EXPECT_THAT(undisturbed(), ElementsAre("LSTAT", "OPEN", "READ", "READ", "READ", "READ", "READ", "CLOSE", "LSTAT", "LSTAT",
                                           "REMOVE", "LSTAT"));
    expect_one_copy();
}

struct cut_kind {
    const char* how;
    afterwards then;
};

class sftp_download_cut : public sftp_download, public ::testing::WithParamInterface<cut_kind> {};

TEST_P(sftp_download_cut, at_each_request_ends_with_one_whole_file) {
    then = GetParam().then;
    const std::size_t count = undisturbed().size();
    for (std::size_t number = 1; number <= count; ++number) {
        SCOPED_TRACE(number);
        begin(GetParam().how + (" " + std::to_string(number)));
        EXPECT_EQ(told(attempt()), "cut");
        server.play("");
        const auto ended = attempt();
        EXPECT_TRUE(ended) << ended.error().text;
        expect_one_copy();
    }
}
INSTANTIATE_TEST_SUITE_P(all, sftp_download_cut,
                         ::testing::Values(cut_kind{"end-before", afterwards::remove}, cut_kind{"end-after", afterwards::remove},
                                           cut_kind{"kill-before", afterwards::remove},
                                           cut_kind{"kill-after", afterwards::remove}, cut_kind{"end-after", afterwards::move},
                                           cut_kind{"kill-before", afterwards::move}, cut_kind{"end-before", afterwards::leave}));

TEST_F(sftp_download, that_is_never_answered_ends_with_one_whole_file) {
    for (const std::string where : {"LSTAT:1", "OPEN:1", "READ:2", "CLOSE:1", "REMOVE:1"})
        for (const std::string how : {"hang ", "partly "}) {
            SCOPED_TRACE(how + where);
            begin("");
            hang_up();
            const sftp::settings patient = with;
            with.answer_within = std::chrono::milliseconds(100);
            server.play(how + where);
            EXPECT_EQ(told(attempt()), "timed-out");
            with = patient;
            server.play("");
            const auto ended = attempt();
            EXPECT_TRUE(ended) << ended.error().text;
            expect_one_copy();
        }
}

struct lie {
    const char* script;
    const char* first;  // what the attempt is told by it
    const char* then;   // and an honest one after it
};

class sftp_download_lie : public sftp_download, public ::testing::WithParamInterface<std::vector<lie>> {};

TEST_P(sftp_download_lie, is_seen_or_does_no_harm) {
    for (const lie& each : GetParam()) {
        SCOPED_TRACE(each.script);
        begin(each.script);
        const auto first = attempt();
        EXPECT_EQ(told(first), each.first) << (first ? "" : first.error().text);
        if (first && *first == fetched::now) expect_one_copy();
        server.play("");
        const auto ended = until_done();
        EXPECT_EQ(told(ended), each.then) << (ended ? "" : ended.error().text);
        expect_one_copy();
    }
}
const std::vector<lie> says_yes = {{"size LSTAT:1 10", "changing", "now"},   {"size LSTAT:2 10", "changing", "now"},
                                   {"status READ:1 1", "changing", "now"},   {"status READ:2 1", "changing", "now"},
                                   {"fewer READ:1", "now", "before"},        {"fewer READ:2", "now", "before"},
                                   {"claim REMOVE:1", "unproven", "before"}, {"claim CLOSE:1", "now", "before"},
                                   {"claim OPEN:1", "bad-answer", "now"},    {"claim READ:1", "bad-answer", "now"}};
const std::vector<lie> says_no = {
    {"status LSTAT:1 3", "permission", "now"},        {"status OPEN:1 3", "permission", "now"},
    {"status OPEN:1 2", "not-found", "now"},          {"status READ:1 4", "server-failure", "now"},
    {"status READ:2 4", "server-failure", "now"},     {"status READ:2 7", "cut", "now"},
    {"status LSTAT:2 99", "bad-answer", "now"},       {"status REMOVE:1 3", "permission", "before"},
    {"status REMOVE:1 8", "not-supported", "before"}, {"deny REMOVE:1 4", "server-failure", "before"},
    {"status REMOVE:1 2", "unproven", "before"}};
const std::vector<lie> makes_no_sense = {
    {"id OPEN:1", "bad-answer", "now"},         {"crop OPEN:1", "bad-answer", "now"},
    {"type READ:1 105", "bad-answer", "now"},   {"crop READ:2", "bad-answer", "now"},
    {"long READ:1", "bad-answer", "now"},       {"empty READ:2", "bad-answer", "now"},
    {"crop LSTAT:2", "bad-answer", "now"},      {"type LSTAT:3 104", "bad-answer", "before"},
    {"empty REMOVE:1", "bad-answer", "before"}, {"type LSTAT:4 104", "bad-answer", "before"}};
INSTANTIATE_TEST_SUITE_P(all, sftp_download_lie, ::testing::Values(says_yes, says_no, makes_no_sense));

TEST_F(sftp_download, from_a_server_that_never_removes_is_one_copy_and_told) {
    begin("claim REMOVE:*");
    EXPECT_EQ(told(until_done(3)), "unproven");
    EXPECT_EQ(kept->inbox().size(), 1u);
    EXPECT_EQ(kept->taken.size(), 1u);
    server.play("");
    EXPECT_EQ(told(attempt()), "before");
    expect_one_copy();
}

// As a poll does before it fetches.
TEST_F(sftp_download, begins_with_a_list_that_is_whole_or_fails) {
    const auto listed = [this] {
        const auto line = must(sftp::connect(with, {}));
        const auto entries = line->list("out");
        return entries ? std::to_string(entries->size()) : std::string(info(entries.error().what).name);
    };
    const std::pair<const char*, const char*> expected[] = {
        {"", "1"},
        {"claim OPENDIR:1", "bad-answer"},
        {"status OPENDIR:1 2", "not-found"},
        {"status OPENDIR:1 3", "permission"},
        {"status READDIR:1 3", "permission"},
        {"status READDIR:2 4", "server-failure"},
        {"claim READDIR:2", "bad-answer"},
        {"crop READDIR:1", "bad-answer"},
        {"empty READDIR:2", "bad-answer"},
        {"end-before READDIR:1", "cut"},
        {"kill-after READDIR:2", "cut"},
        {"kill-before CLOSE:1", "1"},
    };
    for (const auto& [script, result] : expected) {
        begin("");
        server.play(script);
        EXPECT_EQ(listed(), result) << script;
    }
}

}  // namespace
}  // namespace brygga::transfer::test
