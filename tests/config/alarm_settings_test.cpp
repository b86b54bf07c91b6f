// What a configuration says of alarms: what to do with them, and what is waited for.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "connectors/config/settings.hpp"
#include "tests/config/one_company.hpp"

namespace brygga::config {
namespace {

using std::chrono::milliseconds;

TEST(alarm_config_test, reads_what_to_do_and_what_is_waited_for) {
    const auto read = parse(one_company(R"([[tenant.expect]]
format = "camt.054"
by = "bankday 17:30"
[[tenant.partner]]
id = "bank"
host = "sftp.bank.example"
user = "nat"
host_keys = ["SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"]
key_file = "bank.key"
[[tenant.partner.send]]
outbox = "out"
answered_within_minutes = 120
[alarm]
command = ["page", "brygga"]
command_within_ms = 40
every_ms = 50
unreached_minutes = 90
[alarm.webhook]
url = "https://alarm.example/x"
token = {environment = "TOKEN"}
[alarm.mail]
server = "smtps://mail.example"
from = "brygga@energi.example"
to = ["eva@energi.example", "bo@energi.example"]
user = "brygga"
password = {file = "mail.password"}
ca_file = "mail-ca.pem"
)"),
                            "/etc/brygga", "brygga.toml");
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->alarms.command, (std::vector<std::string>{"page", "brygga"}));
    EXPECT_EQ(read->alarms.command_within, milliseconds(40));
    EXPECT_EQ(read->alarms.every, milliseconds(50));
    EXPECT_EQ(read->alarms.unreached_after, std::chrono::minutes(90));
    ASSERT_TRUE(read->alarms.webhook && read->alarms.mail);
    EXPECT_EQ(read->alarms.webhook->url, "https://alarm.example/x");
    EXPECT_EQ(read->alarms.webhook->token.variable, "TOKEN");
    const alarm_mail& mail = *read->alarms.mail;
    EXPECT_EQ(mail.server + ' ' + mail.from + ' ' + mail.user, "smtps://mail.example brygga@energi.example brygga");
    EXPECT_EQ(mail.to, (std::vector<std::string>{"eva@energi.example", "bo@energi.example"}));
    EXPECT_EQ(mail.password.file, "/etc/brygga/mail.password");
    EXPECT_EQ(mail.ca_file, "/etc/brygga/mail-ca.pem");
    const tenant& who = read->tenants.at(0);
    EXPECT_EQ(who.expects.at(0).format, "camt.054");
    EXPECT_TRUE(who.expects[0].by.next_after(timing::moment{}));
    EXPECT_EQ(who.partners.at(0).sends.at(0).answered_within, std::chrono::minutes(120));
}

TEST(metrics_settings, say_where_the_figures_go) {
    const auto read = parse(one_company("[metrics]\nport = 9464\nfile = 'brygga.prom'\n"), "/etc/brygga", "b.toml");
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->metrics.port, 9464);
    EXPECT_EQ(read->metrics.file, "/etc/brygga/brygga.prom");
    EXPECT_FALSE(parse(one_company(""), "/", "b.toml")->metrics.port);
}

TEST(alarm_settings, take_addresses_that_are_safe_only) {
    const auto faults = [](const std::string& alarm) {
        const auto read = parse(one_company(alarm), "/", "b.toml");
        return read ? std::string() : read.error().text;
    };
    EXPECT_EQ(faults("[alarm.webhook]\nurl = 'https://alarm.example/x'"), "");
    EXPECT_EQ(faults("[alarm.webhook]\nurl = 'http://alarm.example/x'"),
              "b.toml line 9: url in [alarm.webhook] must begin with https:// unless it is on this machine");
    const std::string mail = "[alarm.mail]\nserver = 'smtp://mail.example:587'\nfrom = 'a@b.example'\n";
    EXPECT_EQ(faults(mail + "to = ['eva@b.example']"), "");
    EXPECT_EQ(faults(mail + "to = [\"eva@b.example\\r\\nBcc: x@y.example\"]"),
              "b.toml line 11: to in [alarm.mail] holds something that is no mail address");
    EXPECT_EQ(faults(mail + "to = ['eva@b.example']\nuser = 'brygga'"),
              "b.toml line 8: password in [alarm.mail] is missing: user and password go together");
}

}  // namespace
}  // namespace brygga::config
