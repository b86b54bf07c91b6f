// What a configuration says of alarms: what to do with them, and what is waited for.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "connectors/config/settings.hpp"

namespace brygga::config {
namespace {

using std::chrono::milliseconds;

TEST(alarm_config_test, reads_what_to_do_and_what_is_waited_for) {
    const auto read = parse(R"(mode = "test"
store = "a.db"
originals = "o"
[alarm]
command = ["page", "brygga"]
command_within_ms = 40
every_ms = 50
[[tenant]]
id = "nat"
name = "N"
folder = "nat"
[[tenant.expect]]
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
)",
                            "/etc/brygga", "brygga.toml");
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->alarms.command, (std::vector<std::string>{"page", "brygga"}));
    EXPECT_EQ(read->alarms.command_within, milliseconds(40));
    EXPECT_EQ(read->alarms.every, milliseconds(50));
    const tenant& who = read->tenants.at(0);
    EXPECT_EQ(who.expects.at(0).format, "camt.054");
    EXPECT_TRUE(who.expects[0].by.next_after(timing::moment{}));
    EXPECT_EQ(who.partners.at(0).sends.at(0).answered_within, std::chrono::minutes(120));
}

}  // namespace
}  // namespace brygga::config
