// Deliveries to an HTTPS server that lies: what is told, and that in the end one whole file is there.
#include <ostream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/transfer/deliver.hpp"
#include "formats/core/sha256.hpp"
#include "tests/transfer/https_double.hpp"
#include "tests/transfer/one_file.hpp"
#include "tests/transfer/outcomes.hpp"

namespace brygga::transfer::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const std::string small = "payment order";
const std::string large = pattern(3'000'000);  // more than lies in the buffers on the way

std::string raw(int status) {
    return fmt::format("HTTP/1.1 {} Said\r\nContent-Length: 0\r\n\r\n", status);
}

// What is kept between attempts; each on a connection of its own, as after a fault.
struct sender {
    const https_server& to;
    one_file file;
    std::vector<std::string> told{};

    outcome<delivered> attempt() {
        https::settings with = to.settings();
        with.answer_within = std::chrono::milliseconds(2000);
        const auto files = https::connect(with, {});
        if (!files) return tl::unexpected(files.error());
        auto ended = file.attempt(**files);
        told.emplace_back(ended ? "sent" : info(ended.error().what).name);
        return ended;
    }
    // As the queue does, and then the person who is asked: the partner has nothing, so it is sent again.
    outcome<delivered> until_done() {
        auto ended = attempt();
        for (int left = 5; left > 0 && !ended && retryable(ended.error().what); --left)
            ended = attempt();
        if (ended || ended.error().what != fault::in_doubt || !to.files().empty()) return ended;
        file.before = tried::somehow;
        return attempt();
    }
};

struct lying {
    const char* name;
    std::vector<prank> pranks;
    const std::string* bytes;
    std::vector<std::string> told;
    bool tells_hash = false;
};

void PrintTo(const lying& item, std::ostream* out) {
    *out << item.name;
}

class https_delivery : public ::testing::TestWithParam<lying> {};

TEST_P(https_delivery, ends_with_one_whole_file) {
    const lying& with = GetParam();
    https_server server({.tells_hash = with.tells_hash});
    for (const prank& each : with.pranks)
        server.play(each);
    sender from{server, {*with.bytes}};
    const auto ended = from.until_done();
    EXPECT_TRUE(ended) << ended.error().text;
    EXPECT_EQ(from.told, with.told);
    EXPECT_THAT(hashed(server.files()), ElementsAre(Pair("in/pain.xml", sha256_hex(*with.bytes))));
    EXPECT_TRUE(from.attempt()) << "and is known to be there";
}

using told = std::vector<std::string>;
INSTANTIATE_TEST_SUITE_P(
    all, https_delivery,
    ::testing::Values(lying{"honest", {}, &small, told{"sent"}}, lying{"honest_and_large", {}, &large, told{"sent"}},
                      lying{"honest_with_hash", {}, &small, told{"sent"}, true},
                      lying{"success_without_file", {{"PUT", lie::claims}}, &small, told{"in-doubt", "sent"}},
                      lying{"accepted_without_file", {{"PUT", lie::says, raw(202)}}, &large, told{"in-doubt", "sent"}},
                      lying{"short_file", {{"PUT", lie::halves}}, &small, told{"unproven", "sent"}},
                      lying{"short_large_file", {{"PUT", lie::halves}}, &large, told{"unproven", "sent"}},
                      lying{"other_bytes", {{"PUT", lie::garbles}}, &small, told{"unproven", "sent"}, true},
                      lying{"full_disk", {{"PUT", lie::says, raw(507), 2}}, &small, told{"no-space", "no-space", "sent"}},
                      lying{
                          "full_disk_while_a_large_file_comes", {{"PUT", lie::says, raw(507)}}, &large, told{"no-space", "sent"}},
                      lying{"busy", {{"PUT", lie::says, raw(503)}}, &small, told{"try-later", "sent"}},
                      lying{"failing", {{"PUT", lie::says, raw(500)}}, &small, told{"server-failure", "sent"}},
                      lying{"gateway", {{"PUT", lie::says, raw(504)}}, &small, told{"unanswered", "in-doubt", "sent"}},
                      lying{"cut_in_body", {{"PUT", lie::cut_in_body}}, &large, told{"cut", "sent"}},
                      lying{"cut_before_it_is_kept", {{"PUT", lie::cut_before}}, &small, told{"unanswered", "in-doubt", "sent"}},
                      lying{"cut_after_it_is_kept", {{"PUT", lie::cut_after}}, &small, told{"unanswered", "sent"}},
                      lying{"cut_after_a_large_file_is_kept", {{"PUT", lie::cut_after}}, &large, told{"unanswered", "sent"}},
                      lying{"hanging", {{"PUT", lie::hangs}}, &small, told{"unanswered", "in-doubt", "sent"}}),
    [](const auto& of) { return of.param.name; });

TEST(https_delivery_to, what_cannot_help_is_final) {
    const std::pair<int, fault> cases[] = {{401, fault::login},      {403, fault::permission}, {405, fault::not_supported},
                                           {412, fault::name_taken}, {413, fault::too_large},  {301, fault::refused_request}};
    for (const auto& [status, expected] : cases) {
        https_server server;
        server.play({"PUT", lie::says, raw(status), 100});
        sender from{server, {small}};
        const auto ended = from.until_done();
        ASSERT_FALSE(ended);
        EXPECT_EQ(ended.error().what, expected) << status;
        EXPECT_EQ(from.told.size(), 1u);
        EXPECT_NE(from.file.before, tried::uploaded) << "the server said that it does not have it";
        EXPECT_THAT(server.files(), IsEmpty());
    }
}

TEST(https_delivery_to, another_file_of_the_name_is_never_touched) {
    for (const std::string other : {"payment 0rder", "another", ""}) {
        https_server server;
        server.put("in/pain.xml", other);
        sender from{server, {small}};
        EXPECT_EQ(fault_of(from.attempt()), fault::name_taken);
        EXPECT_THAT(server.files(), ElementsAre(Pair("in/pain.xml", other)));
    }
}

TEST(https_delivery_to, a_short_file_that_we_may_not_remove_waits_for_a_person) {
    https_server server;
    server.play({"PUT", lie::halves});
    server.play({"DELETE", lie::says, raw(403)});
    sender from{server, {small}};
    EXPECT_EQ(fault_of(from.until_done()), fault::name_taken);
    EXPECT_EQ(from.told, (std::vector<std::string>{"unproven", "name-taken"}));
    server.remove("in/pain.xml");  // as the partner does, and the person says send again
    from.file.before = tried::somehow;
    EXPECT_EQ(from.attempt().value(), delivered::now);
    EXPECT_THAT(server.files(), ElementsAre(Pair("in/pain.xml", small)));
}

TEST(https_delivery_to, a_partner_that_collects_at_once_gets_it_once) {
    for (const bool tells : {true, false})
        for (const bool cut : {true, false}) {
            https_server server({.tells_hash = tells});
            int copies = 0;
            server.after_put = [&](https_server& at, const std::string& path) {
                ++copies;
                at.remove(path);
            };
            if (cut) server.play({"PUT", lie::cut_after});
            sender from{server, {small}};
            auto ended = from.attempt();
            if (tells && !cut)
                EXPECT_EQ(ended.value(), delivered::collected);
            else
                EXPECT_EQ(fault_of(ended), cut ? fault::unanswered : fault::in_doubt);
            for (int again = 0; again < 3; ++again)
                EXPECT_EQ(fault_of(from.attempt()), fault::in_doubt);
            EXPECT_EQ(copies, 1);
        }
}

// An empty file is sent by its request alone, which libcurl repeats by itself on a kept connection that gives no answer.
TEST(https_delivery_to, an_empty_file_is_not_sent_twice_by_libcurl) {
    https_server server;
    int copies = 0;
    server.after_put = [&](https_server& at, const std::string& path) {
        ++copies;
        at.remove(path);
    };
    server.play({"PUT", lie::cut_after});
    sender from{server, {""}};
    EXPECT_EQ(fault_of(from.attempt()), fault::unanswered);
    EXPECT_EQ(copies, 1);
}

}  // namespace
}  // namespace brygga::transfer::test
