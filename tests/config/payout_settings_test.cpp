// What a configuration says of paying customers back.
#include "connectors/config/payout_settings.hpp"

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connectors/config/settings.hpp"
#include "tests/config/one_company.hpp"

namespace brygga::config {
namespace {

constexpr std::string_view partner = R"([[tenant.partner]]
id = "bank"
host = "sftp.bank.example"
user = "nat"
host_keys = ["SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"]
key_file = "bank.key"
[[tenant.partner.send]]
outbox = "out"
folder = "in"
formats = ["pain.001", "lb"]
)";

result<settings> read(std::string_view more) {
    return parse(one_company(fmt::format("{}{}", partner, more)), "/etc/brygga", "b.toml");
}

std::string faults(std::string_view more) {
    const auto out = read(more);
    return out ? "none" : out.error().text;
}

constexpr std::string_view by_pain = R"([tenant.payouts.credit_transfer]
partner = "bank"
folder = "in"
initiator = "5566778899"
iban = "SE45 5000 0000 0583 9825 7466"
bic = "ESSESESS"
)";
constexpr std::string_view by_lb = R"([tenant.payouts.lb]
partner = "bank"
folder = "in"
bankgiro = "991-2346"
)";

TEST(payout_config_test, says_how_money_goes_to_accounts) {
    const date today = std::chrono::year{2026} / 3 / 2;
    const auto pain = read(fmt::format("[tenant.payouts]\ntwo_persons_above = \"100.50\"\ndaily_limit = \"5000\"\n{}", by_pain));
    ASSERT_TRUE(pain) << pain.error().text;
    const payout_settings& with = *pain->tenants.at(0).payouts;
    EXPECT_EQ(with.terms(today).to_accounts, ledger::payout_route::credit_transfer);
    EXPECT_EQ(with.terms(today).two_persons_above_ore, 10050);
    EXPECT_EQ(with.daily_limit_ore, 500000);
    EXPECT_FALSE(with.terms(today).by_civic_number);
    EXPECT_EQ(with.credit_transfer->head.account.number, "SE4550000000058398257466");
    EXPECT_EQ(with.credit_transfer->rule_of(pain->tenants.at(0))->folder, "in");

    const auto both = read(fmt::format("[tenant.payouts]\naccounts_by = \"lb\"\n{}{}", by_pain, by_lb));
    ASSERT_TRUE(both) << both.error().text;
    EXPECT_EQ(both->tenants.at(0).payouts->terms(today).to_accounts, ledger::payout_route::supplier_payment);

    const auto neither = read("[tenant.payouts]\nchanged_account_days = 10\n");
    ASSERT_TRUE(neither) << neither.error().text;
    EXPECT_EQ(neither->tenants.at(0).payouts->terms(today).to_accounts, ledger::payout_route::none);
    EXPECT_FALSE(read("")->tenants.at(0).payouts);
}

TEST(payout_config_test, tells_all_faults_with_their_lines) {
    EXPECT_EQ(
        faults(fmt::format("[tenant.payouts]\nat = \"never\"\ndaily_limit = \"-5\"\ntwo_persons_above = \"1.005\"\n{}", by_lb)),
        "b.toml line 18: accounts_by in [tenant.payouts] is \"pain.001\", of which there is no table\n"
        "b.toml line 19: at in [tenant.payouts] is no schedule: the schedule is not understood from character 1 on; examples: "
        "\"bankday 17:00\", \"mon-fri 07:15\", \"every 15 min\", \"*/5 7-18 * * 1-5\"\n"
        "b.toml line 20: daily_limit in [tenant.payouts] is no amount such as \"50000.00\"\n"
        "b.toml line 21: two_persons_above in [tenant.payouts] is no amount such as \"50000.00\"");
    EXPECT_EQ(
        faults("[tenant.payouts.credit_transfer]\npartner = \"other\"\ninitiator = \"1\"\niban = \"SE1\"\nbic = \"X\"\n"
               "version = 4\nbankgiro = \"1\"\n"),
        "b.toml line 19: partner in [tenant.payouts.credit_transfer] and folder name no [[tenant.partner.send]]: other \"\"\n"
        "b.toml line 21: iban in [tenant.payouts.credit_transfer] is no IBAN\n"
        "b.toml line 22: bic in [tenant.payouts.credit_transfer] is no BIC\n"
        "b.toml line 23: version in [tenant.payouts.credit_transfer] must be 3 or 9\n"
        "b.toml line 24: bankgiro in [tenant.payouts.credit_transfer] is no bankgiro number: 7 or 8 digits, the last by modulus "
        "10 (REF-R01)");
    EXPECT_EQ(
        faults("[tenant.payouts.sus]\npartner = \"bank\"\nfolder = \"in\"\nagreement = \"12\"\n"),
        "b.toml line 18: distribution in [tenant.payouts.sus] is missing\n"
        "b.toml line 18: method in [tenant.payouts.sus] is missing\n"
        "b.toml line 20: folder in [tenant.payouts.sus] belongs to a [[tenant.partner.send]] whose formats do not hold sus\n"
        "b.toml line 21: agreement in [tenant.payouts.sus] must be 6 digits");
}

}  // namespace
}  // namespace brygga::config
