// What a configuration says of seal keys, and of what is sealed with them.
#include <string>

#include <gtest/gtest.h>

#include "connectors/config/settings.hpp"
#include "tests/config/one_company.hpp"

namespace brygga::config {
namespace {

constexpr std::string_view partner =
    "[[tenant.partner]]\nid = 'bank'\nhost = 'h'\nuser = 'u'\nkey_file = 'k'\n"
    "host_keys = ['SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU']\n[[tenant.partner.send]]\noutbox = 'out'\n";

result<settings> read(const std::string& more, bool production = false) {
    std::string text = one_company(more);
    if (production) text.replace(text.find("\"test\""), 6, "\"production\"");
    return parse(text, "/etc/brygga", "b.toml");
}

std::string faults(const std::string& more, bool production = false) {
    const auto out = read(more, production);
    return out ? "none" : out.error().text;
}

TEST(seal_config_test, reads_keys_and_what_they_seal) {
    const auto with = read(
        "[[tenant.seal_key]]\ncustomer = '471117'\nsecret = {file = 'secrets/seal.key'}\n"
        "kvv = 'ff365893d899291c3bf505fb3175e880'\nvalid_from = '2026-12-01'\nvalid_until = '2027-12-31'\n"
        "[[tenant.seal_key]]\ncustomer = '471118'\nsecret = {environment = 'SEAL'}\n"
        "kvv = '1C53FD715A183AC598D3FEF45719C96F'\n" +
        std::string(partner) + "seal = '471117'\n");
    ASSERT_TRUE(with) << with.error().text;
    const tenant& who = with->tenants.front();
    ASSERT_EQ(who.seal_keys.size(), 2u);
    EXPECT_EQ(who.seal_keys[0].customer, "471117");
    EXPECT_EQ(who.seal_keys[0].from.file, "/etc/brygga/secrets/seal.key");
    EXPECT_EQ(who.seal_keys[0].kvv.text(), "FF365893D899291C3BF505FB3175E880");
    EXPECT_EQ(who.seal_keys[0].valid_from, parse_iso_date("2026-12-01"));
    EXPECT_EQ(who.seal_keys[0].valid_until, parse_iso_date("2027-12-31"));
    EXPECT_FALSE(who.seal_keys[1].valid_from || who.seal_keys[1].valid_until);
    EXPECT_EQ(who.partners[0].sends[0].seal, "471117");
    EXPECT_EQ(with->published_seal_key(), sealing::test_key::allowed);
    EXPECT_TRUE(read(std::string(partner))->tenants.front().partners[0].sends[0].seal.empty());
}

TEST(seal_config_test, tells_all_faults_with_their_lines) {
    EXPECT_EQ(faults("[[tenant.seal_key]]\nkvv = 'FF'\nvalid_from = '2026-13-01'\n"
                     "[[tenant.seal_key]]\ncustomer = '1'\nsecret = {file = 'a'}\nkvv = '1C53FD715A183AC598D3FEF45719C96F'\n"
                     "[[tenant.seal_key]]\ncustomer = '2'\nsecret = {file = 'a'}\nkvv = '1C53FD715A183AC598D3FEF45719C96F'\n"
                     "valid_from = '2026-02-01'\nvalid_until = '2026-01-01'\nkey = 'x'\n"),
              "b.toml line 8: customer in [[tenant.seal_key]] is missing\n"
              "b.toml line 8: secret in [[tenant.seal_key]] is missing\n"
              "b.toml line 9: kvv in [[tenant.seal_key]] must be 32 hexadecimal digits, as the bank's letter has them\n"
              "b.toml line 10: valid_from in [[tenant.seal_key]] is no date such as \"2026-12-01\"\n"
              "b.toml line 18: kvv in [[tenant.seal_key]] is another key's\n"
              "b.toml line 20: valid_until in [[tenant.seal_key]] is before valid_from\n"
              "b.toml line 21: unknown key key in [[tenant.seal_key]]");
}

TEST(seal_config_test, an_outbox_seals_with_a_key_that_there_is) {
    EXPECT_EQ(faults(std::string(partner) + "seal = '471117'\n"),
              "b.toml line 4: seal in [[tenant.partner.send]] names 471117, which no [[tenant.seal_key]] is for");
}

TEST(seal_config_test, the_published_test_key_is_for_test_systems) {
    const std::string table =
        "[[tenant.seal_key]]\ncustomer = '1'\nsecret = {file = 'a'}\nkvv = 'FF365893D899291C3BF505FB3175E880'\n";
    EXPECT_EQ(faults(table), "none");
    EXPECT_EQ(
        faults(table, true),
        "b.toml line 11: kvv in [[tenant.seal_key]] is that of the key that Bankgirot published for tests: not in production");
}

}  // namespace
}  // namespace brygga::config
