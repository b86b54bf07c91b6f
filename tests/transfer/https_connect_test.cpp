// Whom we talk to over HTTPS, and as whom.
#include <chrono>
#include <stop_token>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/https/session.hpp"
#include "tests/transfer/https_double.hpp"
#include "tests/transfer/outcomes.hpp"
#include "tests/transfer/silent_server.hpp"

namespace brygga::transfer::test {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(https_connect, says_nothing_to_a_server_whose_certificate_is_wrong) {
    struct {
        certificate shown;
        std::filesystem::path trusted;
        const char* why;
    } const cases[] = {
        {test_certificate(made_out::to_other_host), test_certificate(made_out::to_authority).chain, "is not one for this host"},
        {test_certificate(made_out::in_the_past), test_certificate(made_out::to_authority).chain,
         "not trusted: certificate has expired"},
        {test_certificate(made_out::by_itself), test_certificate(made_out::to_authority).chain,
         "not trusted: self-signed certificate"},
        {test_certificate(made_out::to_server), test_certificate(made_out::to_stranger).chain,
         "not trusted: self-signed certificate in certificate chain"},
        {test_certificate(made_out::to_server), {}, "not trusted: self-signed certificate in certificate chain"},
    };
    for (const auto& each : cases) {
        https_server server({.shown = each.shown});
        https::settings with = server.settings();
        with.ca_file = each.trusted;
        with.token = "secret";
        const auto refused = https::connect(with, {});
        EXPECT_EQ(fault_of(refused), fault::certificate) << refused.error().text;
        EXPECT_THAT(refused.error().text, HasSubstr(each.why));
        EXPECT_FALSE(retryable(refused.error().what));
        EXPECT_THAT(server.requests(), IsEmpty());
    }
}

TEST(https_connect, does_not_go_below_tls_1_2) {
    https_server old({.newest_tls = TLS1_1_VERSION});
    EXPECT_EQ(fault_of(https::connect(old.settings(), {})), fault::no_common_method);
    https_server enough({.newest_tls = TLS1_2_VERSION});
    EXPECT_TRUE(https::connect(enough.settings(), {}));
}

TEST(https_connect, shows_our_certificate_to_a_server_that_wants_one) {
    for (const int newest : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        https_server server({.wants_certificate = true, .newest_tls = newest});
        https::settings with = server.settings();
        const auto without = https::connect(with, {});
        EXPECT_FALSE(retryable(fault_of(without))) << without.error().text;
        with.certificate_file = test_certificate(made_out::to_stranger).chain;
        with.key_file = test_certificate(made_out::to_stranger).key;
        const auto stranger = https::connect(with, {});
        EXPECT_EQ(fault_of(stranger), fault::login) << stranger.error().text;
        EXPECT_THAT(server.requests(), IsEmpty());
        with.certificate_file = test_certificate(made_out::to_client).chain;
        with.key_file = test_certificate(made_out::to_client).key;
        EXPECT_TRUE(https::connect(with, {}));
    }
}

TEST(https_connect, tells_a_secret_of_ours_that_cannot_be_used) {
    https_server server({.wants_certificate = true});
    https::settings with = server.settings();
    with.certificate_file = test_certificate(made_out::to_client).chain;
    with.key_file = test_certificate(made_out::to_client_locked).key;
    EXPECT_EQ(fault_of(https::connect(with, {})), fault::own_secret) << "nobody is asked at the terminal";
    with.passphrase = "wrong";
    EXPECT_EQ(fault_of(https::connect(with, {})), fault::own_secret);
    with.passphrase = "secret";
    EXPECT_TRUE(https::connect(with, {}));
    with.key_file = test_certificate(made_out::to_stranger).key;
    EXPECT_EQ(fault_of(https::connect(with, {})), fault::own_secret) << "of another certificate";
    with.certificate_file = "/none.pem";
    EXPECT_EQ(fault_of(https::connect(with, {})), fault::own_secret);
    with = server.settings();
    with.ca_file = "/none.pem";
    EXPECT_EQ(fault_of(https::connect(with, {})), fault::settings);
}

TEST(https_connect, logs_in_by_password_or_token) {
    https_server basic({.authorization = "Basic ZW5lcmdpOnNlY3JldA=="});
    https::settings with = basic.settings();
    EXPECT_EQ(fault_of(https::connect(with, {})), fault::login);
    with.user = "energi";
    with.password = "wrong";
    const auto refused = https::connect(with, {});
    EXPECT_EQ(fault_of(refused), fault::login);
    EXPECT_THAT(refused.error().text, Not(HasSubstr("wrong")));
    with.password = "secret";
    EXPECT_TRUE(https::connect(with, {}));

    https_server bearer({.authorization = "Bearer t0k3n"});
    with = bearer.settings();
    with.token = "other";
    EXPECT_EQ(fault_of(https::connect(with, {})), fault::login);
    with.token = "t0k3n";
    EXPECT_TRUE(https::connect(with, {}));
}

TEST(https_connect, takes_no_other_address_than_https) {
    for (const char* const wrong :
         {"", "http://127.0.0.1/api", "ftp://127.0.0.1/", "127.0.0.1/api", "https://", "https://u@h/", "https://u:secret@h/",
          "https://h/?key=secret", "https://h/#a", "file:///etc/passwd", "https://h:99999/"}) {
        EXPECT_FALSE(https::fault_of_url(wrong).empty()) << wrong;
        https::settings with;
        with.url = wrong;
        const auto refused = https::connect(with, {});
        EXPECT_EQ(fault_of(refused), fault::settings) << wrong;
        EXPECT_THAT(refused.error().text, Not(HasSubstr("secret")));
    }
    for (const char* const good : {"https://files.bank.example", "https://files.bank.example:8443/api/v1/", "https://[::1]/a"})
        EXPECT_EQ(https::fault_of_url(good), "") << good;
}

TEST(https_connect, tells_why_there_is_no_connection) {
    https::settings with;
    with.url = "https://nosuch.invalid/";
    EXPECT_EQ(fault_of(https::connect(with, {})), fault::name_lookup);
    {
        https_server gone;
        with = gone.settings();
    }
    EXPECT_EQ(fault_of(https::connect(with, {})), fault::refused_connection);
}

TEST(https_connect, a_server_that_is_down_behind_its_gateway_costs_no_file_an_attempt) {
    https_server server;
    for (const char* const status : {"400", "502", "503", "504"}) {
        server.play({"HEAD", lie::says, "HTTP/1.1 " + std::string(status) + " Down\r\nContent-Length: 0\r\n\r\n"});
        EXPECT_EQ(retryable(fault_of(https::connect(server.settings(), {}))), status[0] == '5') << status;
    }
    server.play({"HEAD", lie::says, "HTTP/1.1 403 Nothing to see\r\nContent-Length: 0\r\n\r\n"});
    EXPECT_TRUE(https::connect(server.settings(), {})) << "its folders may be ours all the same";
}

https::settings settings_of(const silent_server& server) {
    https::settings with;
    with.url = "https://127.0.0.1:" + std::to_string(server.port);
    return with;
}

TEST(https_connect, does_not_wait_for_ever_for_a_server_that_says_nothing) {
    silent_server server;
    https::settings with = settings_of(server);
    with.connect_within = milliseconds(100);
    EXPECT_EQ(fault_of(https::connect(with, {})), fault::timed_out);
}

TEST(https_connect, ends_at_a_stop_while_it_waits) {
    silent_server server;
    std::stop_source stop;
    const std::jthread later([&] {
        std::this_thread::sleep_for(milliseconds(50));
        stop.request_stop();
    });
    EXPECT_EQ(fault_of(https::connect(settings_of(server), stop.get_token())), fault::stopped);
}

}  // namespace
}  // namespace brygga::transfer::test
