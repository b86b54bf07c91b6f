// The SFTP client against OpenSSH's server.
#include <array>
#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/sftp/session.hpp"
#include "tests/transfer/open_ssh.hpp"
#include "tests/transfer/outcomes.hpp"
#include "tests/transfer/silent_server.hpp"

namespace brygga::transfer::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

staged_upload& staged(remote_files& to) {
    return *std::get<staged_upload*>(to.uploads());
}

void put(remote_files& to, const std::string& path, std::string_view bytes, std::uint64_t offset = 0) {
    auto out = must(staged(to).write(path, offset));
    must(out->write(bytes));
    must(out->finish());
}

class sftp_keys : public ::testing::TestWithParam<const char*> {};

TEST_P(sftp_keys, log_in_and_carry_files_both_ways) {
    open_ssh_server server(GetParam());
    const files_handle files = must(sftp::connect(server.settings(), {}));
    const std::string bytes = pattern(700'001);
    put(*files, "a.txt", bytes);
    EXPECT_EQ(server.content("a.txt"), bytes);
    EXPECT_EQ(get(*files, "a.txt"), bytes);
    EXPECT_EQ(get(*files, "a.txt", 600'000), bytes.substr(600'000));
    EXPECT_EQ(get(*files, "a.txt", 700'001), "");
}
INSTANTIATE_TEST_SUITE_P(all, sftp_keys, ::testing::Values("ed25519", "rsa", "ecdsa"), [](const auto& of) { return of.param; });

class sftp_session : public ::testing::Test {
 protected:
    open_ssh_server server;
    files_handle files = must(sftp::connect(server.settings(), {}));
};

TEST_F(sftp_session, tells_what_is_there) {
    server.put("a.txt", "abc");
    std::filesystem::create_directory(server.home() / "sub");
    std::filesystem::create_symlink("a.txt", server.home() / "link");
    const auto entries = must(files->list(""));
    std::vector<std::string> told;
    for (const remote_entry& each : entries)
        told.push_back(each.name + (each.facts.regular ? " file" : " other"));
    EXPECT_THAT(told, UnorderedElementsAre("a.txt file", "sub other", "link other"));

    const auto facts = must(files->facts("a.txt"));
    ASSERT_TRUE(facts);
    EXPECT_TRUE(facts->regular);
    EXPECT_EQ(facts->size_bytes, 3u);
    EXPECT_GT(facts->modified_s, 1'600'000'000);
    EXPECT_FALSE(must(files->facts("link"))->regular);
    EXPECT_FALSE(must(files->facts("none.txt")));
    EXPECT_EQ(fault_of(files->list("none")), fault::not_found);
    EXPECT_EQ(fault_of(files->read("none.txt", 0)), fault::not_found);
}

TEST_F(sftp_session, reads_one_file_after_another_on_one_connection) {
    const std::string bytes = pattern(100'000);
    server.put("large.txt", bytes);
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{32'768}, std::size_t{65'536}})
        server.put("small.txt" + std::to_string(size), bytes.substr(0, size));
    for (int round = 0; round < 100; ++round) {
        EXPECT_EQ(get(*files, "large.txt"), bytes);
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{32'768}, std::size_t{65'536}})
            EXPECT_EQ(get(*files, "small.txt" + std::to_string(size)), bytes.substr(0, size));
    }
}

TEST_F(sftp_session, writes_on_where_it_ended) {
    put(*files, "a.txt", "abc");
    put(*files, "a.txt", "def", 3);
    EXPECT_EQ(server.content("a.txt"), "abcdef");
    put(*files, "a.txt", "x");
    EXPECT_EQ(server.content("a.txt"), "x");
    EXPECT_EQ(fault_of(staged(*files).write("none.txt", 3)), fault::not_found);
}

TEST_F(sftp_session, renames_and_removes) {
    server.put("a.txt", "abc");
    must(staged(*files).rename("a.txt", "b.txt"));
    EXPECT_THAT(server.names(), ElementsAre("b.txt"));
    must(files->remove("b.txt"));
    EXPECT_THAT(server.names(), ElementsAre());
    EXPECT_EQ(fault_of(staged(*files).rename("a.txt", "b.txt")), fault::not_found);
    EXPECT_EQ(fault_of(files->remove("a.txt")), fault::not_found);
    server.put("a.txt", "abc");
    server.put("b.txt", "def");
    // Some servers replace the file: deliver() looks before it renames.
    EXPECT_EQ(fault_of(staged(*files).rename("a.txt", "b.txt")), fault::server_failure);
    EXPECT_EQ(server.content("b.txt"), "def");
}

TEST_F(sftp_session, says_why_the_server_refuses) {
    std::filesystem::create_directory(server.home() / "closed");  // the test's own user made it
    std::filesystem::permissions(server.home() / "closed", std::filesystem::perms::none);
    EXPECT_EQ(fault_of(staged(*files).write("closed/a.txt", 0)), fault::permission);
    EXPECT_EQ(fault_of(files->list("closed")), fault::permission);
    std::filesystem::permissions(server.home() / "closed", std::filesystem::perms::owner_all);
}

TEST_F(sftp_session, a_killed_server_is_a_cut_line) {
    auto out = must(staged(*files).write("a.txt", 0));
    must(out->write("abc"));
    server.kill_connections();
    const std::string more = pattern(4'000'000);
    const auto written = out->write(more);
    EXPECT_EQ(fault_of(written), fault::cut) << written.error().text;
    EXPECT_EQ(fault_of(files->facts("a.txt")), fault::cut);
}

TEST(sftp_connect, refuses_a_host_key_that_was_not_agreed) {
    open_ssh_server server;
    sftp::settings with = server.settings();
    const std::string right = with.host_keys.front();
    with.host_keys = {};
    EXPECT_EQ(fault_of(sftp::connect(with, {})), fault::host_key);
    with.host_keys = {right.substr(0, right.size() - 1) + (right.back() == 'A' ? "B" : "A")};
    const auto refused = sftp::connect(with, {});
    EXPECT_EQ(fault_of(refused), fault::host_key);
    EXPECT_THAT(refused.error().text, HasSubstr(right));
    EXPECT_THAT(server.log(), ::testing::Not(HasSubstr("Accepted")));
    with.host_keys.push_back(right);
    EXPECT_TRUE(sftp::connect(with, {}));

    server.new_host_key("ed25519");
    EXPECT_EQ(fault_of(sftp::connect(with, {})), fault::host_key);
}

TEST(sftp_connect, tells_a_refused_login_from_a_secret_of_ours_that_cannot_be_used) {
    open_ssh_server server, other;
    sftp::settings with = server.settings();
    with.key_file = other.settings().key_file;
    EXPECT_EQ(fault_of(sftp::connect(with, {})), fault::login);
    with.key_file = server.home() / "none";
    EXPECT_EQ(fault_of(sftp::connect(with, {})), fault::own_secret);
    with.key_file.clear();
    with.password = "wrong";
    EXPECT_EQ(fault_of(sftp::connect(with, {})), fault::login);
}

TEST(sftp_connect, tells_why_there_is_no_connection) {
    sftp::settings with;
    with.user = "energi";
    with.host = "nosuch.invalid";
    EXPECT_EQ(fault_of(sftp::connect(with, {})), fault::name_lookup);
    {
        open_ssh_server gone;
        with.host = "127.0.0.1";
        with.port = gone.port();
    }
    EXPECT_EQ(fault_of(sftp::connect(with, {})), fault::refused_connection);
}

sftp::settings silent_settings(const silent_server& server) {
    sftp::settings with;
    with.host = "127.0.0.1";
    with.port = server.port;
    with.user = "energi";
    with.host_keys = {"SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"};
    return with;
}

TEST(sftp_connect, does_not_wait_for_ever_for_a_server_that_says_nothing) {
    silent_server server;
    sftp::settings with = silent_settings(server);
    with.connect_within = std::chrono::milliseconds(100);
    EXPECT_EQ(fault_of(sftp::connect(with, {})), fault::timed_out);
}

TEST(sftp_connect, ends_at_a_stop_while_nobody_takes_the_connection) {
    const silent_server server;
    std::vector<descriptor> queued;  // the server's queue is full
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(server.port);
    for (int i = 0; i < 4; ++i) {
        queued.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        static_cast<void>(::connect(queued.back().number(), reinterpret_cast<sockaddr*>(&address), sizeof address));
    }
    std::stop_source stop;
    const std::jthread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        stop.request_stop();
    });
    EXPECT_EQ(fault_of(sftp::connect(silent_settings(server), stop.get_token())), fault::stopped);
}

TEST(sftp_connect, ends_at_a_stop_while_it_waits) {
    silent_server server;
    std::stop_source stop;
    const std::jthread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        stop.request_stop();
    });
    EXPECT_EQ(fault_of(sftp::connect(silent_settings(server), stop.get_token())), fault::stopped);
}

// At each moment of the login, as close as threads come: the client's library can wait for ever for a socket that it has closed.
TEST(sftp_connect, ends_at_a_stop_at_any_moment_of_the_login) {
    open_ssh_server server;
    for (int moment = 0; moment < 150; ++moment) {
        std::stop_source stop;
        const std::jthread later([&] {
            std::this_thread::sleep_for(std::chrono::microseconds(200 * moment));
            stop.request_stop();
        });
        const auto files = sftp::connect(server.settings(), stop.get_token());
        EXPECT_TRUE(files || files.error().what == fault::stopped) << files.error().text;
    }
}

TEST(sftp_connect, asks_for_nothing_after_a_stop) {
    open_ssh_server server;
    server.put("a.txt", "abc");
    std::stop_source stop;
    const files_handle files = must(sftp::connect(server.settings(), stop.get_token()));
    stop.request_stop();
    EXPECT_EQ(fault_of(files->list("")), fault::stopped);
    EXPECT_EQ(fault_of(files->facts("a.txt")), fault::stopped);
}

TEST_F(sftp_session, a_server_that_stands_still_is_timed_out) {
    sftp::settings with = server.settings();
    with.answer_within = std::chrono::milliseconds(100);
    const files_handle impatient = must(sftp::connect(with, {}));
    EXPECT_TRUE(impatient->list(""));
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    EXPECT_TRUE(impatient->list("")) << "nothing was asked for meanwhile";
    server.freeze_connections();
    EXPECT_EQ(fault_of(impatient->list("")), fault::timed_out);
    EXPECT_EQ(fault_of(impatient->facts("a.txt")), fault::timed_out);
}

TEST(sftp_connect, has_no_method_in_common_with_an_old_server) {
    open_ssh_server server("ed25519", "KexAlgorithms sntrup761x25519-sha512@openssh.com");
    EXPECT_EQ(fault_of(sftp::connect(server.settings(), {})), fault::no_common_method);
}

TEST(sftp_fingerprint, is_told_from_other_text) {
    EXPECT_TRUE(sftp::is_fingerprint("SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"));
    for (const char* const wrong :
         {"", "SHA256:", "MD5:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
          "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSu U"})
        EXPECT_FALSE(sftp::is_fingerprint(wrong)) << wrong;
}

}  // namespace
}  // namespace brygga::transfer::test
