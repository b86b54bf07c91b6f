// `brygga config doc` is complete and true: what it says is what the reader does.
#include "connectors/config/documentation.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/config/detail/settings_tables.hpp"
#include "connectors/config/settings.hpp"
#include "tests/config/one_company.hpp"

namespace brygga::config {
namespace {

using changes = std::map<std::string, std::string>;  // value by key

// The settings that are wanted, with the documented values but for some.
std::string written(const std::function<bool(const documented_table&, const documented_setting&)>& wanted,
                    const changes& but = {}) {
    std::string out;
    for (const documented_table& table : documentation()) {
        out += table.header + "\n";
        for (const documented_setting& each : table.settings)
            if (!each.value.empty() && wanted(table, each)) {
                const auto other = but.find(each.key);
                out += fmt::format("{} = {}\n", each.key, other == but.end() ? each.value : other->second);
            }
    }
    return out;
}

bool of_the_example(const documented_table&, const documented_setting& each) {
    return !each.instead;
}

// Of this protocol, or of all of them.
bool is_of(std::string_view protocol, const documented_setting& each) {
    return !each.only_with.starts_with("protocol = ") || each.only_with == fmt::format("protocol = \"{}\"", protocol);
}

std::string faults_of(const std::string& text) {
    const auto read = parse(text, "/etc/brygga", "b.toml");
    return read ? "" : read.error().text;
}

// As somebody does who takes the '#' from every setting and table.
std::string uncommented(const std::string& text) {
    std::string out;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin) + 1;
        const std::string line = text.substr(begin, end - begin);
        out += line[0] == '#' && line[1] != ' ' ? line.substr(1) : line;
        begin = end;
    }
    return out;
}

std::vector<std::string> keys_of(const std::vector<documented_table>& tables) {
    std::vector<std::string> out;
    for (const documented_table& table : tables)
        for (const documented_setting& each : table.settings)
            out.push_back(fmt::format("{} {} {}", table.header, each.key, each.only_with));
    std::sort(out.begin(), out.end());
    return out;
}

TEST(config_documentation, explains_every_setting) {
    const auto tables = documentation();
    ASSERT_FALSE(tables.empty());
    EXPECT_EQ(tables[0].header, "");
    for (const documented_table& table : tables) {
        EXPECT_FALSE(table.settings.empty()) << table.header;
        EXPECT_EQ(table.header.empty(), table.meaning.empty()) << table.header;
        for (const documented_setting& each : table.settings) {
            EXPECT_FALSE(each.meaning.empty() || each.type.empty()) << table.header << each.key;
            EXPECT_EQ(each.value.empty(), each.type == "table") << table.header << each.key << " shows no value";
            EXPECT_FALSE(each.required && !each.default_value.empty()) << table.header << each.key;
        }
    }
}

TEST(config_documentation, is_a_configuration_as_it_is_printed_and_with_every_setting) {
    const std::string printed = text_of(documentation());
    EXPECT_EQ(faults_of(printed), "");
    EXPECT_EQ(parse(printed, "/", "b.toml")->tenants.at(0).partners.size(), 0U);
    const std::string whole = uncommented(printed);
    EXPECT_EQ(faults_of(whole), "");
    const auto read = parse(whole, "/", "b.toml");
    ASSERT_TRUE(read);
    const tenant& who = read->tenants.at(0);
    EXPECT_EQ(who.partners.at(0).fetches.size() + who.partners[0].sends.size(), 2U);
    EXPECT_EQ(who.sealed, std::vector<std::string>{"autogiro"});
    EXPECT_EQ(who.receivers.size() + who.profiles.size() + who.routes.size() + who.expects.size(), 4U);
}

// A partner that documents go straight to, with all that it can be told.
std::string direct_partner(std::string_view protocol, std::string_view secrets) {
    std::string out;
    for (const documented_table& table : documentation()) {
        if (table.name != "tenant.partner" && table.name != "tenant.partner.send") continue;
        out += table.header + "\n";
        for (const documented_setting& each : table.settings) {
            const bool is_said = is_of(protocol, each) && each.key.find('.') == std::string::npos && each.key != "seal" &&
                                 each.key != "formats" && !each.value.empty();
            if (is_said)
                out += fmt::format("{} = {}\n", each.key, each.key == "protocol" ? fmt::format("\"{}\"", protocol) : each.value);
        }
        if (table.name == "tenant.partner") out += secrets;
    }
    return out;
}

TEST(config_documentation, what_stands_in_place_of_others_is_accepted_too) {
    EXPECT_EQ(faults_of(written(of_the_example)), "");
    for (const auto& [other, another] : {std::pair(".file", ".credential"), std::pair(".file", ".environment")}) {
        const auto from_elsewhere = [&](const documented_table&, const documented_setting& each) {
            return is_of("sftp", each) && !each.key.ends_with(other) && !each.key.ends_with(another);
        };
        EXPECT_EQ(faults_of(written(from_elsewhere)), "") << other << " and " << another << " left out";
    }
    // These take nothing but their channel's documents.
    for (const auto& [protocol, secrets] : {std::pair("kivra", "client_secret.file = \"kivra\"\n"),
                                            std::pair("mail", "password.file = \"password\"\nmessage_key.file = \"key\"\n")})
        EXPECT_EQ(faults_of(one_company(direct_partner(protocol, secrets))), "") << protocol;
    const changes over_https{{"protocol", "\"https\""}, {"then", "\"remove\""}};
    for (const std::string_view left_out : {"token", "password"}) {
        const auto wanted = [&](const documented_table& of, const documented_setting& each) {
            const bool moves = of.name == "tenant.partner.fetch" && each.key == "to";
            return is_of("https", each) && !moves && !each.key.ends_with(".environment") && !each.key.ends_with(".credential") &&
                   !each.key.starts_with(left_out) && !(left_out == "password" && each.key == "user");
        };
        EXPECT_EQ(faults_of(written(wanted, over_https)), "") << left_out;
    }
}

TEST(config_documentation, tells_what_the_reader_needs) {
    const std::vector<std::string> with_others = {
        "tenant.bankgiro ocr.lengths", "tenant.partner.fetch to", "encryption.key secret.file", "tenant.seal_key secret.file",
        "alarm.mail user", "alarm.mail password.file", "tenant.partner.send seal",
        // a file that is made from the ledger names its [[tenant.partner.send]] by the folder
        "tenant.partner.send folder", "tenant.autogiro folder", "tenant.payouts.credit_transfer folder",
        "tenant.payouts.lb folder", "tenant.payouts.sus folder", "tenant.invoices.channel folder",
        "tenant.invoices.channel routing_code", "tenant.print folder", "tenant.protected folder"};
    for (const documented_table& table : documentation())
        for (const documented_setting& each : table.settings) {
            if (each.instead || each.value.empty()) continue;
            const std::string without = written([&](const documented_table& of, const documented_setting& other) {
                return of_the_example(of, other) && (of.name != table.name || other.key != each.key);
            });
            const bool needed = each.required || std::find(with_others.begin(), with_others.end(), table.name + " " + each.key) !=
                                                     with_others.end();
            EXPECT_EQ(!faults_of(without).empty(), needed) << table.header << each.key << ": " << faults_of(without);
        }
}

// A key that is read only where others stand would be read, and not documented.
TEST(config_documentation, holds_what_is_asked_for_while_a_whole_configuration_is_read) {
    std::vector<documented_table> told;
    detail::reading of{"/", {}, &told};
    const toml::table root = toml::parse(written(of_the_example));
    static_cast<void>(detail::read_settings(root, of));
    EXPECT_THAT(keys_of(told), testing::ElementsAreArray(keys_of(documentation())));
}

const std::string nothing_but_needed = one_company(R"([[tenant.bankgiro]]
number = "991-2346"
[[tenant.partner]]
id = "bank"
host = "sftp.bank.example"
user = "nat"
host_keys = ["SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"]
key_file = "bank.key"
[[tenant.partner.fetch]]
then = "leave"
[[tenant.partner]]
id = "web"
protocol = "https"
url = "https://files.bank.example/"
token.file = "token"
[[tenant.partner.send]]
outbox = "out"
seal = "471117"
[[tenant.partner.send]]
outbox = "pay"
folder = "pay"
[[tenant.seal_key]]
customer = "471117"
secret.file = "seal.key"
kvv = "1C53FD715A183AC598D3FEF45719C96F"
[tenant.autogiro]
customer = "471117"
bankgiros = ["991-2346"]
partner = "web"
[tenant.payouts.credit_transfer]
partner = "web"
folder = "pay"
initiator = "5566778899"
iban = "SE45 5000 0000 0583 9825 7466"
bic = "ESSESESS"
[tenant.payouts.lb]
partner = "web"
folder = "pay"
bankgiro = "991-2346"
[tenant.payouts.sus]
partner = "web"
folder = "pay"
agreement = "123456"
distribution = "1"
method = "1"
[tenant.invoices]
organisation_number = "556677-8899"
street = "Verksgatan 1"
postcode = "12345"
town = "Exempelstad"
seat = "Exempelstad"
[[tenant.invoices.channel]]
partner = "web"
folder = "pay"
routing_code = "P01"
[tenant.print]
partner = "web"
folder = "pay"
tenant_ref = "energi"
[tenant.protected]
folder = "protected"
)");

// On the bank day after a weekend, in winter.
bool fires_at(const timing::schedule& at, int hour) {
    using namespace std::chrono;
    const auto next = at.next_after(sys_days(year{2026} / November / 20) + hours(20));
    return next && *next == sys_days(year{2026} / November / 23) + hours(hour - 1);
}

// "table key variant = default", as they hold.
std::vector<std::string> defaults_of(const settings& with) {
    const tenant& who = with.tenants.at(0);
    const partners::partner& bank = who.partners.at(0);
    const auto& sftp = std::get<sftp::settings>(bank.server);
    const auto& https = std::get<https::settings>(who.partners.at(1).server);
    const kivra::client_settings mailbox;
    const mail::server_settings post;
    const partners::fetch_rule& fetch = bank.fetches.at(0);
    const std::string in_sftp = "protocol = \"sftp\"", in_https = "protocol = \"https\"", partner = "tenant.partner";
    return {fmt::format("log level  = \"{}\"", name(with.log.level)),
            fmt::format("log format  = \"{}\"", with.log.shape == logging::log_shape::text ? "text" : "json"),
            fmt::format("intake quiet_ms  = {}", with.settle.quiet.count()),
            fmt::format("intake empty_quiet_ms  = {}", with.settle.empty_quiet.count()),
            fmt::format("intake rescan_ms  = {}", with.watch.rescan.count()),
            fmt::format("alarm command_within_ms  = {}", with.alarms.command_within.count()),
            fmt::format("alarm every_ms  = {}", with.alarms.every.count()),
            fmt::format("alarm unreached_minutes  = {}", with.alarms.unreached_after.count()),
            fmt::format("tenant advance_covers_overdue  = {}", who.advance_covers_overdue),
            fmt::format("tenant.bankgiro extended_slip_registration  = {}", who.receivers.at(0).extended_slip_registration),
            fmt::format("{} protocol  = \"sftp\"", partner),  // or its server would not be one
            fmt::format("{} port {} = {}", partner, in_sftp, sftp.port),
            fmt::format("{} connect_within_ms {} = {}", partner, in_sftp, sftp.connect_within.count()),
            fmt::format("{} answer_within_ms {} = {}", partner, in_sftp, sftp.answer_within.count()),
            fmt::format("{} connect_within_ms {} = {}", partner, in_https, https.connect_within.count()),
            fmt::format("{} answer_within_ms {} = {}", partner, in_https, https.answer_within.count()),
            fmt::format("{} url protocol = \"kivra\" = \"{}\"", partner, mailbox.url),
            fmt::format("{} connect_within_ms protocol = \"kivra\" = {}", partner, mailbox.connect_within.count()),
            fmt::format("{} answer_within_ms protocol = \"kivra\" = {}", partner, mailbox.answer_within.count()),
            fmt::format("{} tls protocol = \"mail\" = \"{}\"", partner,
                        post.tls == mail::tls_begins::by_starttls ? "starttls" : "implicit"),
            fmt::format("{} port protocol = \"mail\" = {}", partner, post.port),
            fmt::format("{} connect_within_ms protocol = \"mail\" = {}", partner, post.connect_within.count()),
            fmt::format("{} answer_within_ms protocol = \"mail\" = {}", partner, post.answer_within.count()),
            fmt::format("{} attempts  = {}", partner, bank.attempts),
            fmt::format("{} first_retry_ms  = {}", partner, bank.first_retry.count()),
            fmt::format("{} longest_retry_ms  = {}", partner, bank.longest_retry.count()),
            fmt::format("{}.fetch names  = {}", partner, fetch.names.matches("any [name]") ? "\"*\"" : "another"),
            fmt::format("{}.fetch quiet_ms  = {}", partner, fetch.quiet.count()),
            fmt::format("{}.send in_order  = {}", partner, who.partners.at(1).sends.at(0).in_order),
            "tenant.autogiro unsealed  = false",  // or the rule's seal would be a fault
            fmt::format("tenant.autogiro at  = {}", fires_at(who.autogiro->at, 15) ? "\"bankday 15:00\"" : "another"),
            fmt::format("tenant.autogiro ahead_bank_days  = {}", who.autogiro->ahead_bank_days),
            fmt::format("tenant.autogiro late_days  = {}", who.autogiro->late_days),
            fmt::format("tenant.autogiro watch_days  = {}", who.autogiro->watch_days)};
}

std::vector<std::string> payout_defaults_of(const payout_settings& with) {
    const auto kronor = [](std::int64_t ore) { return format_decimal_amount(ore); };
    const std::string payouts = "tenant.payouts";
    return {fmt::format("{} at  = {}", payouts, fires_at(with.at, 14) ? "\"bankday 14:00\"" : "another"),
            fmt::format("{} accounts_by  = \"{}\"", payouts, name(with.to_accounts)),
            fmt::format("{} two_persons_above  = \"{}\"", payouts, kronor(with.two_persons_above_ore)),
            fmt::format("{} changed_account_days  = {}", payouts, with.changed_account_days),
            fmt::format("{} advance_max_days  = {}", payouts, with.advance_max_days),
            fmt::format("{} autogiro_up_to  = \"{}\"", payouts, kronor(with.direct_debit_up_to_ore)),
            fmt::format("{}.credit_transfer version  = {}", payouts, with.credit_transfer->profile.version),
            fmt::format("{}.credit_transfer initiator_scheme  = {}", payouts,
                        with.credit_transfer->profile.initiator == pain::initiator_scheme::none ? "\"none\"" : "another"),
            fmt::format("{}.credit_transfer pays_after  = {}", payouts, with.credit_transfer->pays_after),
            fmt::format("{}.lb pays_after  = {}", payouts, with.lb->pays_after),
            fmt::format("{}.sus customer  = \"{}\"", payouts, with.sus->under.customer_id),
            fmt::format("{}.sus organisation  = \"{}\"", payouts, with.sus->under.organisation),
            fmt::format("{}.sus pays_after  = {}", payouts, with.sus->pays_after)};
}

std::vector<std::string> invoice_defaults_of(const invoice_settings& with) {
    const std::string invoices = "tenant.invoices";
    const billing::run_terms& run = with.with.run;
    return {
        fmt::format("{} f_tax  = {}", invoices, with.with.issuer.seller.has_f_tax),
        fmt::format("{} due_rule  = {}", invoices, run.due == billing::due_rule::last_bank_day ? "\"last-bank-day\"" : "another"),
        fmt::format("{} due_days  = {}", invoices, run.due_days),
        fmt::format("{} min_terms_days  = {}", invoices, run.min_terms_days),
        fmt::format("{} einvoice_wait_hours  = {}", invoices, run.einvoice_wait.count()),
        fmt::format("{} proof_days  = {}", invoices, run.proof_days),
        fmt::format("{} einvoice_bank_days  = {}", invoices, with.with.bank_days_before_due),
        fmt::format("{}.channel by  = \"{}\"", invoices, name(with.channels.at(0).how.by)),
        fmt::format("{}.channel takes_credits  = {}", invoices, run.bank_takes_credits)};
}

std::vector<std::string> letter_defaults_of(const tenant& who) {
    const print::look& look = who.letters.look;
    const std::string letters = "tenant.letters", printed = "tenant.print", sealed = "tenant.protected";
    return {fmt::format("{} language  = {}", letters, who.letters.in == print::language::swedish ? "\"swedish\"" : "another"),
            fmt::format("{} accent  = \"#{:02X}{:02X}{:02X}\"", letters, look.accent.red, look.accent.green, look.accent.blue),
            fmt::format("{} font  = \"{}\"", letters, look.font),
            fmt::format("{} code_line_font  = \"{}\"", letters, look.code_line_font),
            fmt::format("{} slip  = {}", letters, who.letters.has_slip),
            fmt::format("{} qr  = {}", letters, who.letters.has_qr),
            fmt::format("{} slip_left_um  = {}", letters, look.slip_left),
            fmt::format("{} slip_baseline_um  = {}", letters, look.slip_baseline),
            fmt::format("{} mailboxes  = {}", printed, who.print->matches_mailboxes),
            fmt::format("{} duplex  = {}", printed, who.print->how.duplex),
            fmt::format("{} colour  = {}", printed, who.print->how.colour),
            fmt::format("{} postage  = {}", printed,
                        who.print->how.postage == print::batch::postage::economy ? "\"economy\"" : "another"),
            fmt::format("{} documents  = {}", printed, who.print->documents),
            fmt::format("{} max_error_permille  = {}", printed, who.print->max_error_permille),
            fmt::format("{} final_days  = {}", printed, who.print->final_days),
            fmt::format("{} print  = {}", sealed, who.protected_persons->by == forwarding_by::office ? "\"office\"" : "another"),
            fmt::format("{} inner_name  = {}", sealed, who.protected_persons->inner_name),
            fmt::format("{} extra_days  = {}", sealed, who.protected_persons->extra_days)};
}

TEST(config_documentation, tells_the_defaults_that_are_in_force) {
    const auto read = parse(nothing_but_needed, "/", "b.toml");
    ASSERT_TRUE(read) << read.error().text;
    std::vector<std::string> told;
    for (const documented_table& table : documentation())
        for (const documented_setting& each : table.settings)
            if (!each.default_value.empty())
                told.push_back(fmt::format("{} {} {} = {}", table.name, each.key, each.only_with, each.default_value));
    std::vector<std::string> expected = defaults_of(*read);
    for (std::string& each : payout_defaults_of(*read->tenants.at(0).payouts))
        expected.push_back(std::move(each));
    for (std::string& each : invoice_defaults_of(*read->tenants.at(0).invoices))
        expected.push_back(std::move(each));
    for (std::string& each : letter_defaults_of(read->tenants.at(0)))
        expected.push_back(std::move(each));
    EXPECT_THAT(told, testing::ElementsAreArray(expected));
}

}  // namespace
}  // namespace brygga::config
