// The HTTPS client against a real TLS server on loopback.
#include <chrono>
#include <ostream>
#include <stop_token>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/https/detail/answer.hpp"
#include "connectors/https/session.hpp"
#include "formats/core/sha256.hpp"
#include "tests/transfer/https_double.hpp"
#include "tests/transfer/outcomes.hpp"
#include "tests/transfer/silent_server.hpp"

namespace brygga::transfer::test {
namespace {

using std::chrono::milliseconds;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::StartsWith;

std::string put(remote_files& to, const std::string& path, std::string_view bytes) {
    return must(std::get<whole_upload*>(to.uploads())->put(path, bytes, sha256_hex(bytes), [](bool) { return outcome<void>(); }));
}

class https_session : public ::testing::Test {
 protected:
    https_server server;
    files_handle files = must(https::connect(server.settings(), {}));
};

TEST_F(https_session, carries_files_both_ways_on_one_connection) {
    const std::string bytes = pattern(3'000'001);
    EXPECT_EQ(put(*files, "in/a.txt", bytes), "") << "the server tells no hash";
    EXPECT_TRUE(server.files()["in/a.txt"] == bytes);
    EXPECT_TRUE(get(*files, "in/a.txt") == bytes);
    EXPECT_TRUE(get(*files, "in/a.txt", 2'900'000) == bytes.substr(2'900'000));
    EXPECT_EQ(get(*files, "in/a.txt", bytes.size()), "");
    for (const std::size_t size : {std::size_t{1}, std::size_t{65'536}, std::size_t{65'537}, std::size_t{262'144}}) {
        const std::string name = fmt::format("in/{}.txt", size);
        put(*files, name, bytes.substr(0, size));
        EXPECT_TRUE(get(*files, name) == bytes.substr(0, size));
        must(files->remove(name));
    }
    EXPECT_THAT(hashed(server.files()), ElementsAre(Pair("in/a.txt", sha256_hex(bytes))));
    EXPECT_EQ(fault_of(files->remove("in/1.txt")), fault::not_found);
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(https_session, carries_an_empty_file) {
    put(*files, "in/empty.txt", "");
    EXPECT_THAT(server.files(), ElementsAre(Pair("in/empty.txt", "")));
    EXPECT_EQ(get(*files, "in/empty.txt"), "");
    EXPECT_EQ(must(files->facts("in/empty.txt"))->size_bytes, 0u);
}

TEST_F(https_session, tells_what_is_there) {
    server.put("in/a.txt", "abc");
    server.put("in/b.txt", "");
    server.put("in/sub/c.txt", "c");
    const auto entries = must(files->list("in"));
    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries[0].name, "a.txt");
    EXPECT_EQ(entries[1].name, "b.txt");
    const auto facts = must(files->facts("in/a.txt"));
    ASSERT_TRUE(facts);
    EXPECT_TRUE(facts->regular);
    EXPECT_EQ(facts->size_bytes, 3u);
    EXPECT_TRUE(same_version(*facts, entries[0].facts));
    EXPECT_FALSE(must(files->facts("in/none.txt")));
    EXPECT_EQ(fault_of(files->read("in/none.txt", 0)), fault::not_found);
    EXPECT_THAT(must(files->list("none")), IsEmpty());
    EXPECT_THAT(must(files->list("")), IsEmpty());
}

TEST_F(https_session, a_name_is_only_a_name) {
    for (const std::string name : {"räntor 50%.xml", "a?b#c.xml", "a&b=c;d.xml", "%2e%2e.xml"}) {
        put(*files, "in/" + name, name);
        EXPECT_EQ(server.files()["in/" + name], name);
        EXPECT_EQ(get(*files, "in/" + name), name);
        must(files->remove("in/" + name));
    }
    EXPECT_THAT(server.files(), IsEmpty());
}

TEST_F(https_session, a_name_that_is_taken_stays_anothers) {
    server.put("in/a.txt", "another");
    const auto answered = std::get<whole_upload*>(files->uploads())->put("in/a.txt", "ours", sha256_hex("ours"), [](bool) {
        return outcome<void>();
    });
    EXPECT_EQ(fault_of(answered), fault::name_taken);
    EXPECT_EQ(server.files()["in/a.txt"], "another");
}

TEST_F(https_session, the_last_part_is_asked_for_before_it_goes_and_may_be_kept_back) {
    const std::string bytes = pattern(200'000);
    std::vector<bool> parts;
    const auto kept =
        std::get<whole_upload*>(files->uploads())->put("in/a.txt", bytes, sha256_hex(bytes), [&](bool last) -> outcome<void> {
            parts.push_back(last);
            if (last) return failed(fault::ours, "no disk");
            return {};
        });
    EXPECT_EQ(fault_of(kept), fault::ours);
    EXPECT_EQ(kept.error().text, "no disk");
    EXPECT_GE(parts.size(), 3u);
    EXPECT_EQ(std::count(parts.begin(), parts.end(), true), 1);
    EXPECT_EQ(put(*files, "in/b.txt", "b"), "") << "and the next is as any";
    EXPECT_THAT(server.files(), ElementsAre(Pair("in/b.txt", "b")));
}

TEST(https_session_of, a_server_that_tells_hashes_tells_them_of_what_it_has_and_of_what_it_took) {
    https_server server({.tells_hash = true});
    const files_handle files = must(https::connect(server.settings(), {}));
    EXPECT_EQ(put(*files, "in/a.txt", "abc"), sha256_hex("abc"));
    EXPECT_EQ(must(files->facts("in/a.txt"))->sha256, sha256_hex("abc"));
}

TEST(https_session_of, a_server_without_ranges_is_read_from_its_beginning) {
    https_server server({.has_ranges = false});
    const files_handle files = must(https::connect(server.settings(), {}));
    const std::string bytes = pattern(300'000);
    server.put("a.txt", bytes);
    for (const std::size_t offset : {std::size_t{1}, std::size_t{299'999}, std::size_t{300'000}})
        EXPECT_TRUE(get(*files, "a.txt", offset) == bytes.substr(offset));
}

struct odd_answer {
    const char* name;
    const char* method;
    const char* answer;
    fault expected;
};

void PrintTo(const odd_answer& item, std::ostream* out) {
    *out << item.name;
}

class https_answer : public ::testing::TestWithParam<odd_answer> {};

TEST_P(https_answer, is_told_in_our_words) {
    https_server server;
    const files_handle files = must(https::connect(server.settings(), {}));
    server.put("in/a.txt", "abc");
    server.play({GetParam().method, lie::says, GetParam().answer});
    const std::string method = GetParam().method;
    const transfer_error why = [&] {
        const std::string path = "in/Anna Andersson 197001010009.txt";
        if (method == "HEAD") return files->facts(path).error();
        if (method == "GET" && std::string_view(GetParam().name).starts_with("list")) return files->list(path).error();
        if (method == "GET") return files->read(path, 1).error();
        if (method == "DELETE") return files->remove(path).error();
        return std::get<whole_upload*>(files->uploads())
            ->put(path, "x", sha256_hex("x"), [](bool) { return outcome<void>(); })
            .error();
    }();
    EXPECT_EQ(info(why.what).name, info(GetParam().expected).name) << why.text;
    EXPECT_THAT(why.text, Not(AnyOf(HasSubstr("Anna"), HasSubstr("197001"), HasSubstr("http"), HasSubstr("127.0.0.1"))));
    EXPECT_FALSE(why.text.empty());
    EXPECT_EQ(server.connections(), 1) << "nowhere else";
}
INSTANTIATE_TEST_SUITE_P(
    all, https_answer,
    ::testing::Values(
        odd_answer{"no_length", "HEAD", "HTTP/1.1 200 OK\r\nLast-Modified: Fri, 20 Nov 2026 12:00:00 GMT\r\n\r\n",
                   fault::not_supported},
        odd_answer{"no_time", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", fault::not_supported},
        odd_answer{"no_hash", "HEAD",
                   "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nLast-Modified: Fri, 20 Nov 2026 12:00:00 GMT\r\n"
                   "Repr-Digest: sha-256=:Anna:\r\n\r\n",
                   fault::bad_answer},
        odd_answer{"no_http", "HEAD", "SSH-2.0-OpenSSH_9.2 Anna\r\n\r\n", fault::bad_answer},
        odd_answer{"look_forbidden", "HEAD", "HTTP/1.1 403 Anna\r\nContent-Length: 4\r\n\r\n", fault::permission},
        odd_answer{"look_elsewhere", "HEAD", "HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:1/api/in/a.txt\r\n\r\n",
                   fault::refused_request},
        odd_answer{"list_text", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n<html>Anna</html>  ", fault::bad_answer},
        odd_answer{"list_object", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", fault::bad_answer},
        odd_answer{"list_strings", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n[\"Anna\"]", fault::bad_answer},
        odd_answer{"list_without_size", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n[{\"name\":\"A\"} ]",
                   fault::bad_answer},
        odd_answer{"list_cut", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[ ", fault::bad_answer},
        odd_answer{"list_none", "GET", "HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\nAnna", fault::not_found},
        odd_answer{"read_other_part", "GET", "HTTP/1.1 206 OK\r\nContent-Range: bytes 0-1/3\r\nContent-Length: 2\r\n\r\nab",
                   fault::bad_answer},
        odd_answer{"read_elsewhere", "GET",
                   "HTTP/1.1 307 Go\r\nLocation: https://127.0.0.1:1/api/in/a.txt\r\nContent-Length: 0\r\n\r\n",
                   fault::refused_request},
        odd_answer{"read_busy", "GET", "HTTP/1.1 503 Anna\r\nContent-Length: 4\r\n\r\nAnna", fault::try_later},
        odd_answer{"put_full", "PUT", "HTTP/1.1 507 Full\r\nContent-Length: 0\r\n\r\n", fault::no_space},
        odd_answer{"put_forbidden", "PUT", "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", fault::permission},
        odd_answer{"put_elsewhere", "PUT",
                   "HTTP/1.1 308 Go\r\nLocation: https://127.0.0.1:1/api/in/a.txt\r\nContent-Length: 0\r\n\r\n",
                   fault::refused_request},
        odd_answer{"put_through_a_gateway", "PUT", "HTTP/1.1 504 Late\r\nContent-Length: 0\r\n\r\n", fault::unanswered},
        odd_answer{"put_through_a_bad_gateway", "PUT", "HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n", fault::unanswered},
        odd_answer{"remove_refused", "DELETE", "HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n", fault::not_supported}),
    [](const auto& of) { return of.param.name; });

TEST(https_listing, holds_files_of_this_folder_only) {
    const auto read = https::detail::read_listing(
        R"([{"name":"../a","size":1,"modified":2},{"name":"..","size":1,"modified":2},{"name":"","size":1,"modified":2},
            {"name":"b\u00e4.xml","size":7,"modified":-2,"more":[1]}])");
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 1u);
    EXPECT_EQ(read->front().name, "bä.xml");
    EXPECT_EQ(read->front().facts.size_bytes, 7u);
    EXPECT_EQ(read->front().facts.modified_s, -2);
    for (const char* const size : {"-1", "1.5", "\"1\"", "null", "99999999999999999999"})
        EXPECT_FALSE(https::detail::read_listing(fmt::format(R"([{{"name":"a","size":{},"modified":2}}])", size))) << size;
    EXPECT_THAT(must(https::detail::read_listing("[]")), IsEmpty());
}

TEST_F(https_session, a_listing_has_its_limits) {
    const std::string one = R"({"name":"a","size":1,"modified":2})";
    std::string text = "[" + one;
    for (std::size_t i = 1; i < max_remote_entries; ++i)
        text += "," + one;
    EXPECT_EQ(must(https::detail::read_listing(text + "]")).size(), max_remote_entries);
    EXPECT_EQ(fault_of(https::detail::read_listing(text + "," + one + "]")), fault::too_large);
    for (const std::size_t size : {https::max_listing_bytes, https::max_listing_bytes + 1}) {
        const std::string blank(size - 2, ' ');
        server.play({"GET", lie::says, fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n[{}]", size, blank)});
        const auto listed = files->list("");
        EXPECT_EQ(listed.has_value(), size == https::max_listing_bytes);
        if (!listed) {
            EXPECT_EQ(fault_of(listed), fault::too_large);
        }
    }
}

TEST(https_digest, is_read_in_both_forms) {
    const std::string hash = sha256_hex("abc");
    const std::string ours = https::detail::digest_of(hash);
    EXPECT_EQ(ours, "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:");
    for (const std::string& told :
         {ours, "md5=:AAAA:, " + ours + " , sha-512=:AAAA:", std::string("SHA-256=ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")})
        EXPECT_EQ(must(https::detail::read_digest(told)), hash) << told;
    for (const char* const none : {"", "sha-512=:AAAA:", ",,", "sha-256"})
        EXPECT_EQ(must(https::detail::read_digest(none)), "") << none;
    for (const char* const wrong :
         {"sha-256=", "sha-256=:AAAA:", "sha-256=::", "sha-256=!ngWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="})
        EXPECT_EQ(fault_of(https::detail::read_digest(wrong)), fault::bad_answer) << wrong;
}

TEST_F(https_session, a_server_that_stands_still_is_timed_out) {
    https::settings with = server.settings();
    with.answer_within = milliseconds(100);
    server.put("a.txt", pattern(1'000'000));
    const files_handle impatient = must(https::connect(with, {}));
    std::this_thread::sleep_for(milliseconds(200));
    auto in = must(impatient->read("a.txt", 0));
    std::this_thread::sleep_for(milliseconds(200));
    std::array<char, 10> some;
    EXPECT_EQ(must(in->read(some)), 10u) << "nothing was asked for meanwhile";
    for (const char* const method : {"HEAD", "GET", "DELETE"}) {
        server.play({method, lie::hangs});
        EXPECT_EQ(fault_of(std::string(method) == "HEAD"  ? outcome<void>(tl::unexpected(impatient->facts("a.txt").error()))
                           : std::string(method) == "GET" ? outcome<void>(tl::unexpected(impatient->list("").error()))
                                                          : impatient->remove("a.txt")),
                  fault::timed_out)
            << method;
    }
}

TEST_F(https_session, a_stop_ends_what_is_waited_for) {
    std::stop_source stop;
    const files_handle stoppable = must(https::connect(server.settings(), stop.get_token()));
    server.play({"HEAD", lie::hangs});
    const std::jthread later([&] {
        std::this_thread::sleep_for(milliseconds(50));
        stop.request_stop();
    });
    EXPECT_EQ(fault_of(stoppable->facts("a.txt")), fault::stopped);
}

TEST_F(https_session, a_download_that_is_cut_is_a_cut) {
    server.put("a.txt", pattern(1'000'000));
    server.play({"GET", lie::cut_in_answer});
    auto in = files->read("a.txt", 0);
    std::array<char, 100'000> some;
    while (in) {
        const auto got = (*in)->read(some);
        if (got && *got != 0) continue;
        EXPECT_EQ(fault_of(got), fault::cut);
        break;
    }
    EXPECT_EQ(get(*files, "a.txt").size(), 1'000'000u) << "and a new connection is made";
}

}  // namespace
}  // namespace brygga::transfer::test
