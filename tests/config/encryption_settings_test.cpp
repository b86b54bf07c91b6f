// What a configuration says of the keys of the originals, and of where secrets come from.
#include <string>

#include <gtest/gtest.h>

#include "connectors/config/settings.hpp"
#include "tests/config/one_company.hpp"

namespace brygga::config {
namespace {

result<settings> read(const std::string& more) {
    return parse(one_company(more), "/etc/brygga", "b.toml");
}

std::string faults(const std::string& more) {
    const auto out = read(more);
    return out ? "none" : out.error().text;
}

TEST(encryption_config_test, reads_keys_and_where_they_come_from) {
    EXPECT_FALSE(read("")->original_keys);
    const auto with = read(
        "[encryption]\ncurrent = 'b'\n[[encryption.key]]\nid = 'a'\nsecret = {file = 'secrets/a.key'}\n"
        "[[encryption.key]]\nid = 'b'\nsecret = {environment = 'KEY_B'}\n[[encryption.key]]\nid = 'c'\nsecret = {credential = "
        "'c-1'}\n");
    ASSERT_TRUE(with) << with.error().text;
    ASSERT_TRUE(with->original_keys);
    EXPECT_EQ(with->original_keys->current, "b");
    ASSERT_EQ(with->original_keys->keys.size(), 3U);
    EXPECT_EQ(with->original_keys->keys[0].id, "a");
    EXPECT_EQ(with->original_keys->keys[0].from.file, "/etc/brygga/secrets/a.key");
    EXPECT_EQ(with->original_keys->keys[1].from.variable, "KEY_B");
    EXPECT_EQ(with->original_keys->keys[2].from.credential, "c-1");
}

TEST(encryption_config_test, tells_all_faults_with_their_lines) {
    EXPECT_EQ(faults("[encryption]\nkeys = 1\n[[encryption.key]]\nsecret = {file = 'a', environment = 'A'}\n"
                     "[[encryption.key]]\nid = 'a'\n[[encryption.key]]\nid = 'a'\nsecret = {credential = '../a'}\nmode = 1\n"),
              "b.toml line 8: current in [encryption] is missing\n"
              "b.toml line 9: unknown key keys in [encryption]\n"
              "b.toml line 10: id in [[encryption.key]] is missing\n"
              "b.toml line 11: secret in [[encryption.key]] must be {file = \"...\"}, {environment = \"...\"} or "
              "{credential = \"...\"}; a secret never stands in the configuration itself\n"
              "b.toml line 12: secret in [[encryption.key]] is missing\n"
              "b.toml line 15: id in [[encryption.key]] is another key's: a new key needs an id of its own\n"
              "b.toml line 16: credential in secret must be the name of a credential, not a path\n"
              "b.toml line 17: unknown key mode in [[encryption.key]]");
    EXPECT_EQ(faults("[encryption]\ncurrent = 'b'\n[[encryption.key]]\nid = 'a'\nsecret = {file = 'a'}"),
              "b.toml line 9: current in [encryption] names no [[encryption.key]]");
    EXPECT_EQ(faults("[encryption]\ncurrent = 'b'"), "b.toml line 9: current in [encryption] names no [[encryption.key]]");
    EXPECT_EQ(faults("[encryption]\ncurrent = 'b'\nkey = 'b'").substr(0, 55),
              "b.toml line 9: current in [encryption] names no [[encry");
    EXPECT_EQ(faults("encryption = true").substr(0, 14), "b.toml line 8:");
}

}  // namespace
}  // namespace brygga::config
