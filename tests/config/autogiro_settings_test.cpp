// What a configuration says of Autogiro.
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/config/settings.hpp"
#include "tests/config/one_company.hpp"

namespace brygga::config {
namespace {

// A company with two bankgiro numbers, and a partner with a folder that is sealed for and one that is not.
std::string with_autogiro(const std::string& table, const std::string& more = "") {
    return one_company(
        "[[tenant.bankgiro]]\nnumber = '991-2346'\n[[tenant.bankgiro]]\nnumber = '5805-6201'\n"
        "[[tenant.seal_key]]\ncustomer = '471117'\nsecret.file = 'seal.key'\n"
        "kvv = '1C53FD715A183AC598D3FEF45719C96F'\n"
        "[[tenant.partner]]\nid = 'bank'\nhost = 'h'\nuser = 'u'\nkey_file = 'k'\n"
        "host_keys = ['SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU']\n"
        "[[tenant.partner.send]]\noutbox = 'sealed'\nfolder = 'in'\nseal = '471117'\n" +
        more + "[[tenant.partner.send]]\noutbox = 'plain'\nfolder = 'plain'\n[tenant.autogiro]\n" + table);
}

constexpr std::string_view usual = "customer = '471117'\nbankgiros = ['991-2346', '58056201']\npartner = 'bank'\n";
constexpr int first_line = 30;  // of `table`

std::string faults(const std::string& table, const std::string& more = "") {
    const auto out = parse(with_autogiro(table, more), "/etc/brygga", "b.toml");
    return out ? "none" : out.error().text;
}

std::string told(int line, std::string_view text) {
    return fmt::format("b.toml line {}: {}", first_line + line, text);
}

TEST(autogiro_config_test, reads_what_is_agreed) {
    const auto with = parse(with_autogiro(std::string(usual) + "folder = 'in'\nat = 'bankday 10:30'\nahead_bank_days = 5\n"
                                                               "late_days = 3\nwatch_days = 90\n"),
                            "/etc/brygga", "b.toml");
    ASSERT_TRUE(with) << with.error().text;
    const tenant& who = with->tenants.front();
    ASSERT_TRUE(who.autogiro);
    EXPECT_EQ(who.autogiro->customer, "471117");
    EXPECT_THAT(who.autogiro->bankgiros, testing::ElementsAre("9912346", "58056201"));
    EXPECT_EQ(who.autogiro->rule_of(who), &who.partners.front().sends.front());
    EXPECT_EQ(who.autogiro->ahead_bank_days, 5);
    EXPECT_EQ(who.autogiro->late_days, 3);
    EXPECT_EQ(who.autogiro->watch_days, 90);
    EXPECT_FALSE(parse(one_company(""), "/", "b.toml")->tenants.front().autogiro);
}

TEST(autogiro_config_test, tells_what_is_missing) {
    EXPECT_EQ(faults(""),
              "b.toml line 29: customer in [tenant.autogiro] is missing\n"
              "b.toml line 29: bankgiros in [tenant.autogiro] must name the bankgiro numbers that collect\n"
              "b.toml line 29: partner in [tenant.autogiro] is missing");
}

TEST(autogiro_config_test, tells_what_does_not_fit_the_company) {
    EXPECT_EQ(faults("customer = '47111'\nbankgiros = ['991-2346', '9912346', '1234']\npartner = 'bank'\nfolder = 'out'\n"),
              told(0, "customer in [tenant.autogiro] must be 6 digits\n") +
                  told(1, "bankgiros in [tenant.autogiro] names 9912346 twice\n") +
                  told(1, "bankgiros in [tenant.autogiro] names 1234, which no [[tenant.bankgiro]] is\n") +
                  told(2, "partner in [tenant.autogiro] and folder name no [[tenant.partner.send]]: bank \"out\""));
}

TEST(autogiro_config_test, wants_a_seal_or_a_word_that_there_is_none) {
    const std::string table(usual);
    EXPECT_EQ(faults(table + "folder = 'in'\n"), "none");
    EXPECT_EQ(faults(table + "folder = 'plain'\n"),
              told(3,
                   "folder in [tenant.autogiro] belongs to a [[tenant.partner.send]] without seal: Bankgirot takes sealed files "
                   "only; say unsealed = true where the bank seals them"));
    EXPECT_EQ(faults(table + "folder = 'plain'\nunsealed = true\n"), "none");
    EXPECT_EQ(faults(table + "folder = 'in'\nunsealed = true\n"),
              told(4, "unsealed in [tenant.autogiro] is true, and the [[tenant.partner.send]] has a seal"));
}

TEST(autogiro_config_test, wants_a_folder_that_autogiro_goes_to) {
    const std::string table = std::string(usual) + "folder = 'in'\n";
    EXPECT_EQ(faults(table, "formats = ['lb', 'autogiro']\n"), "none");
    EXPECT_THAT(faults(table, "formats = ['lb']\n"),
                testing::HasSubstr("folder in [tenant.autogiro] belongs to a [[tenant.partner.send]] whose formats do not hold"));
}

TEST(autogiro_config_test, wants_a_time_before_bankgirot_closes) {
    const std::string table = std::string(usual) + "folder = 'in'\n";
    EXPECT_EQ(faults(table + "at = 'bankday 18:59'\n"), "none");
    for (const std::string_view late : {"bankday 19:00", "bankday 10:00; sat 23:00", "every 15 min"})
        EXPECT_EQ(faults(table + fmt::format("at = '{}'\n", late)),
                  told(4, "at in [tenant.autogiro] must lie before 19:00, when Bankgirot closes"));
    EXPECT_THAT(faults(table + "at = 'soon'\n"), testing::HasSubstr("at in [tenant.autogiro] is no schedule:"));
}

TEST(autogiro_config_test, keeps_to_bounds) {
    const std::string table = std::string(usual) + "folder = 'in'\n";
    EXPECT_EQ(faults(table + "ahead_bank_days = 60\nlate_days = 0\nwatch_days = 3660\n"), "none");
    EXPECT_EQ(faults(table + "ahead_bank_days = 0\nlate_days = -1\nwatch_days = 3661\n"),
              told(4, "ahead_bank_days in [tenant.autogiro] must be a whole number from 1 to 60\n") +
                  told(5, "late_days in [tenant.autogiro] must be a whole number from 0 to 3660\n") +
                  told(6, "watch_days in [tenant.autogiro] must be a whole number from 1 to 3660"));
}

}  // namespace
}  // namespace brygga::config
