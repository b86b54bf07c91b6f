// Fetches from an HTTPS server that lies: what is told, and that in the end one whole file is at home and none is left there.
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/transfer/poll.hpp"
#include "tests/transfer/https_double.hpp"
#include "tests/transfer/kept_fetches.hpp"
#include "tests/transfer/outcomes.hpp"

namespace brygga::transfer::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const std::string content = pattern(1'000'000);

timing::name_pattern must_parse(std::string_view text) {
    auto made = timing::name_pattern::parse(text);
    if (!made) throw std::runtime_error("no pattern");
    return *made;
}

struct receiver : kept_fetches {
    explicit receiver(const https_server& at) : from(at) {}

    const https_server& from;
    afterwards then = afterwards::remove;
    std::vector<std::string> told;

    void poll_once() {
        https::settings with = from.settings();
        with.answer_within = std::chrono::milliseconds(2000);
        const auto files = must(https::connect(with, {}));
        const auto ended =
            poll(*files, {{"bank", "out", then, "done"}, must_parse("*"), false, {}, {}, [](std::chrono::milliseconds) {}},
                 home(), notes());
        if (!ended)
            told.emplace_back(info(ended.error().what).name);
        else if (ended->ended_by)
            told.emplace_back(info(ended->ended_by->why.what).name);
        else if (!ended->failures.empty())
            told.emplace_back(info(ended->failures.front().why.what).name);
        else
            told.emplace_back(fmt::format("{} {} {}", ended->fetched, ended->cleared, ended->changing));
    }
};

struct lying {
    const char* name;
    std::vector<prank> pranks;
    std::vector<std::string> told;
    bool tells_hash = false;
};

void PrintTo(const lying& item, std::ostream* out) {
    *out << item.name;
}

class https_fetch : public ::testing::TestWithParam<lying> {};

TEST_P(https_fetch, ends_with_one_whole_file) {
    https_server server({.tells_hash = GetParam().tells_hash});
    server.put("out/camt.xml", content);
    for (const prank& each : GetParam().pranks)
        server.play(each);
    receiver to(server);
    for (std::size_t i = 0; i < GetParam().told.size(); ++i)
        to.poll_once();
    EXPECT_EQ(to.told, GetParam().told);
    EXPECT_THAT(hashed(to.inbox()), ElementsAre(Pair("camt.xml", sha256_hex(content))));
    EXPECT_THAT(hashed(server.files()), IsEmpty());
    EXPECT_TRUE(std::filesystem::is_empty(to.folder.path() / "staging"));
}

const std::string listed = fmt::format("[{{\"name\":\"camt.xml\",\"size\":{},\"modified\":{}}}]", content.size(), 1'795'176'001);
const std::string honest_list = fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", listed.size(), listed);
const std::string short_file = fmt::format("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{}", content.substr(0, 7));
const std::string other_file =
    fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", content.size(), std::string(content.size(), 'x'));

using told = std::vector<std::string>;
// The first two GETs of each are of the listing.
INSTANTIATE_TEST_SUITE_P(
    all, https_fetch,
    ::testing::Values(
        lying{"honest", {}, told{"1 0 0"}}, lying{"honest_with_hash", {}, told{"1 0 0"}, true},
        lying{"cut_in_the_file", {{"GET", lie::says, honest_list, 2}, {"GET", lie::cut_in_answer}}, told{"cut", "1 0 0"}},
        lying{"cut_in_the_list", {{"GET", lie::cut_in_answer}}, told{"cut", "1 0 0"}},
        lying{"hanging", {{"GET", lie::hangs}}, told{"timed-out", "1 0 0"}},
        lying{"short_file", {{"GET", lie::says, honest_list, 2}, {"GET", lie::says, short_file}}, told{"0 0 1", "1 0 0"}},
        lying{
            "other_bytes", {{"GET", lie::says, honest_list, 2}, {"GET", lie::says, other_file}}, told{"unproven", "1 0 0"}, true},
        lying{"not_removed", {{"DELETE", lie::claims}}, told{"unproven", "0 1 0"}},
        lying{"removed_without_an_answer", {{"DELETE", lie::cut_after}}, told{"1 0 0", "0 0 0"}},
        lying{"not_removed_without_an_answer", {{"DELETE", lie::cut_before}}, told{"1 0 0"}}),
    [](const auto& of) { return of.param.name; });

TEST(https_fetch_from, a_server_that_renames_nothing_is_told) {
    https_server server;
    server.put("out/camt.xml", content);
    receiver to(server);
    to.then = afterwards::move;
    to.poll_once();
    EXPECT_THAT(to.told, ElementsAre("not-supported"));
    EXPECT_THAT(hashed(to.inbox()), ElementsAre(Pair("camt.xml", sha256_hex(content))));
    EXPECT_THAT(hashed(server.files()), ElementsAre(Pair("out/camt.xml", sha256_hex(content))));
}

TEST(https_fetch_from, what_stays_there_is_taken_once) {
    https_server server;
    server.put("out/camt.xml", content);
    receiver to(server);
    to.then = afterwards::leave;
    to.poll_once();
    to.poll_once();
    EXPECT_THAT(to.told, ElementsAre("1 0 0", "0 1 0"));
    EXPECT_THAT(hashed(to.inbox()), ElementsAre(Pair("camt.xml", sha256_hex(content))));
}

}  // namespace
}  // namespace brygga::transfer::test
