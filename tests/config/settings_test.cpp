#include "connectors/config/settings.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/intake/scratch_folder.hpp"

namespace brygga::config {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view full = R"(mode = "test"
store = "db/brygga.db"
originals = "/var/originals"
[log]
file = "logs/brygga.log"
level = "debug"
[intake]
quiet_ms = 10
empty_quiet_ms = 20
rescan_ms = 300
[[tenant]]
id = "nat"
name = "Exempel Nät AB"
folder = "nat"
encoding = "CP850"
advance_covers_overdue = false
[[tenant.bankgiro]]
number = "991-2346"
ocr = {level = 4, lengths = [10, 12]}
extended_slip_registration = true
[[tenant.bankgiro]]
number = "57237273"
[[tenant.profile]]
name = "bank-2026"
formats = ["bgmax"]
severities = {"BGMAX-R12" = "info", "BGMAX-R32" = "warning"}
[[tenant.partner]]
id = "bank"
host = "sftp.bank.example"
port = 2222
user = "nat"
host_keys = ["SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"]
key_file = "secrets/bank.key"
passphrase = {file = "secrets/bank.pass"}
password = {environment = "BANK_PASSWORD"}
connect_within_ms = 5000
answer_within_ms = 7000
attempts = 7
first_retry_ms = 1000
longest_retry_ms = 2000
[[tenant.partner.fetch]]
folder = "out"
names = "camt*.xml"
then = "move"
to = "done"
when = "bankday every 15 min from 07:00 to 18:00"
quiet_ms = 3000
[[tenant.partner.send]]
outbox = "nat/outbox/bank"
folder = "in"
formats = ["pain.001"]
when = "bankday 16:00"
[[tenant]]
id = "energi-2"
name = "Exempel Energi AB"
folder = "../energi"
[[tenant.route]]
from = ["camt.053", "camt.054"]
to = "bgmax"
folder = "energi/bgmax"
)";

TEST(config_test, reads_everything) {
    const auto read = parse(full, "/etc/brygga", "brygga.toml");
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->mode, run_mode::test);
    EXPECT_EQ(read->store, "/etc/brygga/db/brygga.db");
    EXPECT_EQ(read->originals, "/var/originals");
    EXPECT_EQ(read->log.file, "/etc/brygga/logs/brygga.log");
    EXPECT_EQ(read->log.level, logging::log_level::debug);
    EXPECT_EQ(read->settle.quiet, milliseconds(10));
    EXPECT_EQ(read->settle.empty_quiet, milliseconds(20));
    EXPECT_EQ(read->watch.rescan, milliseconds(300));
    ASSERT_EQ(read->tenants.size(), 2U);
    const tenant& first = read->tenants[0];
    EXPECT_EQ(first.id, "nat");
    EXPECT_EQ(first.name, "Exempel Nät AB");
    EXPECT_EQ(first.inbox(), "/etc/brygga/nat/inbox");
    EXPECT_EQ(first.force_encoding, encoding::cp850);
    ASSERT_EQ(first.partners.size(), 1U);
    const partners::partner& bank = first.partners[0];
    EXPECT_EQ(bank.id, "bank");
    const auto& server = std::get<sftp::settings>(bank.server);
    EXPECT_EQ(server.host, "sftp.bank.example");
    EXPECT_EQ(server.port, 2222);
    EXPECT_EQ(server.user, "nat");
    EXPECT_EQ(server.host_keys.size(), 1U);
    EXPECT_EQ(server.key_file, "/etc/brygga/secrets/bank.key");
    EXPECT_EQ(server.connect_within, milliseconds(5000));
    EXPECT_EQ(server.answer_within, milliseconds(7000));
    EXPECT_EQ(bank.passphrase.file, "/etc/brygga/secrets/bank.pass");
    EXPECT_EQ(bank.password.variable, "BANK_PASSWORD");
    ASSERT_EQ(bank.fetches.size(), 1U);
    EXPECT_EQ(bank.fetches[0].folder, "out");
    EXPECT_TRUE(bank.fetches[0].names.matches("camt1.xml"));
    EXPECT_FALSE(bank.fetches[0].names.matches("pain1.xml"));
    EXPECT_EQ(bank.fetches[0].then, transfer::afterwards::move);
    EXPECT_EQ(bank.fetches[0].done_folder, "done");
    EXPECT_TRUE(bank.fetches[0].when);
    EXPECT_EQ(bank.fetches[0].quiet, milliseconds(3000));
    ASSERT_EQ(bank.sends.size(), 1U);
    EXPECT_EQ(bank.sends[0].outbox, "/etc/brygga/nat/outbox/bank");
    EXPECT_EQ(bank.sends[0].folder, "in");
    EXPECT_EQ(bank.sends[0].formats, std::vector<std::string>{"pain.001"});
    EXPECT_TRUE(bank.sends[0].when);
    EXPECT_EQ(bank.attempts, 7U);
    EXPECT_EQ(bank.first_retry, milliseconds(1000));
    EXPECT_EQ(bank.longest_retry, milliseconds(2000));
    EXPECT_FALSE(first.advance_covers_overdue);
    ASSERT_EQ(first.receivers.size(), 2U);
    EXPECT_EQ(first.receivers[0].bankgiro, "9912346");
    EXPECT_EQ(first.receivers[0].ocr.level, ocr_level::fixed_length);
    EXPECT_EQ(first.receivers[0].ocr.lengths, (std::vector<unsigned>{10, 12}));
    EXPECT_TRUE(first.receivers[0].extended_slip_registration);
    EXPECT_EQ(first.receivers[1].bankgiro, "57237273");
    EXPECT_EQ(first.receivers[1].ocr.level, ocr_level::none);
    ASSERT_NE(first.profile_for("bgmax"), nullptr);
    EXPECT_EQ(first.profile_for("bgmax")->rules.severities.at("BGMAX-R12"), severity::info);
    EXPECT_EQ(first.profile_for("camt.053"), nullptr);
    const tenant& second = read->tenants[1];
    EXPECT_EQ(second.folder, "/etc/energi");
    EXPECT_TRUE(second.advance_covers_overdue);
    EXPECT_FALSE(second.force_encoding);
    EXPECT_TRUE(first.routes.empty());
    ASSERT_EQ(second.routes.size(), 1U);
    EXPECT_EQ(second.routes[0].to, "bgmax");
    EXPECT_EQ(second.routes[0].folder, "/etc/brygga/energi/bgmax");
    EXPECT_TRUE(second.routes[0].takes("camt.054"));
    EXPECT_FALSE(second.routes[0].takes("camt.052"));
    EXPECT_EQ(read->find_tenant("energi-2"), &second);
    EXPECT_EQ(read->find_tenant("other"), nullptr);
}

TEST(config_test, reads_a_partner_over_https) {
    const auto read = parse(R"(mode = "test"
store = "a.db"
originals = "o"
[[tenant]]
id = "nat"
name = "N"
folder = "nat"
[[tenant.partner]]
id = "bank"
protocol = "https"
url = "https://files.bank.example:8443/api"
ca_file = "secrets/ca.pem"
certificate_file = "secrets/nat.pem"
key_file = "secrets/nat.key"
passphrase = {file = "secrets/nat.pass"}
token = {environment = "BANK_TOKEN"}
connect_within_ms = 5000
answer_within_ms = 7000
[[tenant.partner.fetch]]
then = "leave"
[[tenant.partner]]
id = "print-shop"
protocol = "https"
url = "https://print.example/"
user = "nat"
password = {environment = "PRINT_PASSWORD"}
[[tenant.partner.send]]
outbox = "out"
)",
                            "/etc/brygga", "brygga.toml");
    ASSERT_TRUE(read) << read.error().text;
    const partners::partner& bank = read->tenants[0].partners[0];
    const auto& server = std::get<https::settings>(bank.server);
    EXPECT_EQ(server.url, "https://files.bank.example:8443/api");
    EXPECT_EQ(server.ca_file, "/etc/brygga/secrets/ca.pem");
    EXPECT_EQ(server.certificate_file, "/etc/brygga/secrets/nat.pem");
    EXPECT_EQ(server.key_file, "/etc/brygga/secrets/nat.key");
    EXPECT_EQ(server.connect_within, milliseconds(5000));
    EXPECT_EQ(server.answer_within, milliseconds(7000));
    EXPECT_EQ(bank.passphrase.file, "/etc/brygga/secrets/nat.pass");
    EXPECT_EQ(bank.token.variable, "BANK_TOKEN");
    const partners::partner& shop = read->tenants[0].partners[1];
    EXPECT_EQ(std::get<https::settings>(shop.server).user, "nat");
    EXPECT_EQ(shop.password.variable, "PRINT_PASSWORD");
}

// `line` of a small valid configuration is replaced by `text`.
struct fault_case {
    std::string what;
    std::size_t line;  // 1-based, 0 = append
    std::string text;
    std::vector<std::string> expected;
};

void PrintTo(const fault_case& item, std::ostream* out) {
    *out << item.what;
}

const std::vector<std::string> small = {"mode = 'production'",  // 1
                                        "store = 'a.db'",       // 2
                                        "originals = 'o'",      // 3
                                        "[[tenant]]",           // 4
                                        "id = 'nat'",           // 5
                                        "name = 'N'",           // 6
                                        "folder = 'nat'",       // 7
                                        "[[tenant.bankgiro]]",  // 8
                                        "number = '9912346'",   // 9
                                        "ocr = {level = 3}"};   // 10

std::string with_line(std::size_t line, const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < small.size(); ++i)
        out += (i + 1 == line ? text : small[i]) + "\n";
    return line == 0 ? out + text + "\n" : out;
}

const std::string good_key = "host_keys = ['SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU']";

// From line 11 on, key_file in line 15 and `keys` before it.
std::string partner_with(const std::string& keys, const std::string& rules) {
    return "[[tenant.partner]]\nid = 'bank'\nhost = 'h'\nuser = 'u'\n" + keys + "\nkey_file = 'k'\n" + rules;
}

// From line 11 on, `keys` from line 14 on.
std::string https_partner_with(const std::string& keys, const std::string& then = "remove") {
    return "[[tenant.partner]]\nid = 'bank'\nprotocol = 'https'\n" + keys + "\n[[tenant.partner.fetch]]\nthen = '" + then + "'";
}
const std::string good_url = "url = 'https://h/a'\n";

class config_fault_test : public testing::TestWithParam<fault_case> {};

TEST_P(config_fault_test, is_told_with_its_line) {
    ASSERT_TRUE(parse(with_line(0, ""), "/etc", "b.toml"));
    const auto read = parse(with_line(GetParam().line, GetParam().text), "/etc", "b.toml");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, error_code::invalid_config);
    std::string expected;
    for (const std::string& each : GetParam().expected)
        expected += (expected.empty() ? "b.toml line " : "\nb.toml line ") + each;
    EXPECT_THAT(read.error().text, testing::StartsWith(expected));
}

INSTANTIATE_TEST_SUITE_P(
    faults, config_fault_test,
    testing::Values(
        fault_case{"unknown key", 2, "store = 'a.db'\nstoor = 'b'", {"3: unknown key stoor in the configuration"}},
        fault_case{"an expectation of what nobody reads",
                   7,
                   "folder = 'nat'\n[[tenant.expect]]\nformat = 'pain.001'\nby = 'bankday 25:00'",
                   {"9: format in [[tenant.expect]] names pain.001, which the ledger does not read",
                    "10: by in [[tenant.expect]] is no schedule: the schedule is not understood"}},
        fault_case{"unknown key of a tenant", 7, "folder = 'nat'\ninbox = 'i'", {"8: unknown key inbox in [[tenant]]"}},
        fault_case{"unknown key of ocr", 10, "ocr = {level = 3, length = 3}", {"10: unknown key length in ocr"}},
        fault_case{"partner without anything",
                   0,
                   "[[tenant.partner]]\nid = 'b'",
                   {"11: host in [[tenant.partner]] is missing", "11: user in [[tenant.partner]] is missing",
                    "11: host_keys in [[tenant.partner]] must name the fingerprint of the server's key, as the partner gives it "
                    "by another way",
                    "11: key_file in [[tenant.partner]] is missing, and there is no password either",
                    "11: fetch in [[tenant.partner]] is missing"}},
        fault_case{"partner with a key that is no fingerprint",
                   0,
                   partner_with("host_keys = ['ssh-ed25519 AAAA']", "[[tenant.partner.fetch]]\nthen = 'remove'"),
                   {"15: host_keys in [[tenant.partner]] must be \"SHA256:\""}},
        fault_case{"partner with a password in the configuration",
                   0,
                   partner_with(good_key + "\npassword = 'secret'", "[[tenant.partner.fetch]]\nthen = 'remove'"),
                   {"16: password in [[tenant.partner]] must be a table"}},
        fault_case{
            "partner with two sources of a password",
            0,
            partner_with(good_key + "\npassword = {file = 'a', environment = 'B'}", "[[tenant.partner.fetch]]\nthen = 'remove'"),
            {"16: password in [[tenant.partner]] must be {file"}},
        fault_case{"fetch without what then",
                   0,
                   partner_with(good_key, "[[tenant.partner.fetch]]\nfolder = 'out'"),
                   {"17: then in [[tenant.partner.fetch]] is missing"}},
        fault_case{"fetch that moves nowhere",
                   0,
                   partner_with(good_key, "[[tenant.partner.fetch]]\nthen = 'move'"),
                   {"17: to in [[tenant.partner.fetch]] must name"}},
        fault_case{"fetch that moves to where it is",
                   0,
                   partner_with(good_key, "[[tenant.partner.fetch]]\nthen = 'move'\nfolder = 'a'\nto = 'a'"),
                   {"20: to in [[tenant.partner.fetch]] must not be"}},
        fault_case{
            "fetch of no names",
            0,
            partner_with(good_key, "[[tenant.partner.fetch]]\nthen = 'leave'\nnames = '[x'"),
            {"19: names in [[tenant.partner.fetch]] is no pattern of names: the pattern is not understood at character 1"}},
        fault_case{"fetch at no time",
                   0,
                   partner_with(good_key, "[[tenant.partner.fetch]]\nthen = 'leave'\nwhen = 'often'"),
                   {"19: when in [[tenant.partner.fetch]] is no schedule: the schedule is not understood from character 1 on"}},
        fault_case{
            "fetch on a day that never comes",
            0,
            partner_with(good_key, "[[tenant.partner.fetch]]\nthen = 'leave'\nwhen = '0 9 31 2 *'"),
            {"19: when in [[tenant.partner.fetch]] is no schedule: the schedule from character 1 on names no time within ten "
             "years"}},
        fault_case{"send of no format",
                   0,
                   partner_with(good_key, "[[tenant.partner.send]]\noutbox = 'o/b'\nformats = ['pain.009']"),
                   {"19: formats in [[tenant.partner.send]] names pain.009, which is no format"}},
        fault_case{"send from the inbox",
                   0,
                   partner_with(good_key, "[[tenant.partner.send]]\noutbox = 'nat/inbox'"),
                   {"11: outbox in [[tenant.partner.send]] must be a folder of its own"}},
        fault_case{"two partners of one name",
                   0,
                   partner_with(good_key, "[[tenant.partner.fetch]]\nthen = 'remove'") + "\n" +
                       partner_with(good_key, "[[tenant.partner.fetch]]\nthen = 'remove'"),
                   {"20: id in [[tenant.partner]] is another partner's of this tenant"}},
        fault_case{
            "partner of no protocol",
            0,
            "[[tenant.partner]]\nid = 'bank'\nprotocol = 'http'\nurl = 'http://h'\n[[tenant.partner.fetch]]\nthen = 'remove'",
            {"13: protocol in [[tenant.partner]] must be \"sftp\", \"https\", \"kivra\" or \"mail\""}},
        fault_case{"https partner without anything",
                   0,
                   "[[tenant.partner]]\nprotocol = 'https'",
                   {"11: id in [[tenant.partner]] is missing", "11: url in [[tenant.partner]] is missing",
                    "11: token in [[tenant.partner]] is missing, and neither certificate_file nor user says who we are",
                    "11: fetch in [[tenant.partner]] is missing"}},
        fault_case{"https partner over http",
                   0,
                   https_partner_with("url = 'http://h/a'\ntoken = {file = 't'}"),
                   {"14: url in [[tenant.partner]] must begin with https://"}},
        fault_case{"https partner with a secret in its url",
                   0,
                   https_partner_with("url = 'https://u:s@h/a'\ntoken = {file = 't'}"),
                   {"14: url in [[tenant.partner]] must not hold a user or password"}},
        fault_case{"https partner with a query in its url",
                   0,
                   https_partner_with("url = 'https://h/a?key=s'\ntoken = {file = 't'}"),
                   {"14: url in [[tenant.partner]] must end with the path"}},
        fault_case{"https partner with a certificate without its key",
                   0,
                   https_partner_with(good_url + "certificate_file = 'c'"),
                   {"11: key_file in [[tenant.partner]] is missing: certificate and key go together"}},
        fault_case{"https partner with a user without password",
                   0,
                   https_partner_with(good_url + "user = 'u'"),
                   {"11: password in [[tenant.partner]] is missing: user and password go together"}},
        fault_case{"https partner with a token and a password",
                   0,
                   https_partner_with(good_url + "user = 'u'\npassword = {file = 'p'}\ntoken = {file = 't'}"),
                   {"17: token in [[tenant.partner]] must not stand beside user and password"}},
        fault_case{"https partner with a host key",
                   0,
                   https_partner_with(good_url + "token = {file = 't'}\n" + good_key),
                   {"16: unknown key host_keys in [[tenant.partner]]"}},
        fault_case{"https partner that moves",
                   0,
                   https_partner_with(good_url + "token = {file = 't'}", "move") + "\nto = 'done'",
                   {"17: then in [[tenant.partner.fetch]] must be \"remove\" or \"leave\": over HTTPS nothing is moved"}},
        fault_case{"unknown table", 0, "[mail]\na = 1", {"11: unknown key mail in the configuration"}},
        fault_case{"missing mode", 1, "", {"1: mode in the configuration is missing"}},
        fault_case{"wrong mode", 1, "mode = 'prod'", {"1: mode in the configuration must be \"production\" or \"test\""}},
        fault_case{"missing id", 5, "", {"4: id in [[tenant]] is missing"}},
        fault_case{"empty name", 6, "name = ''", {"6: name in [[tenant]] must not be empty"}},
        fault_case{"id with capitals", 5, "id = 'Nat'", {"5: id in [[tenant]] must be 1 to 32 characters"}},
        fault_case{"number as text", 5, "id = 7", {"5: id in [[tenant]] must be text in quotes"}},
        fault_case{"text as truth",
                   7,
                   "folder = 'nat'\nadvance_covers_overdue = 'yes'",
                   {"8: advance_covers_overdue in [[tenant]] must be true or false"}},
        fault_case{"sealed",
                   7,
                   "folder = 'nat'\nsealed = ['camt.053']",
                   {"8: sealed in [[tenant]] names camt.053, which bears no seal of Bankgirot's",
                    "8: sealed in [[tenant]] names formats, and there is no [[tenant.seal_key]]"}},
        fault_case{"encoding", 7, "folder = 'nat'\nencoding = 'ebcdic'", {"8: encoding in [[tenant]] is no known encoding"}},
        fault_case{"check digit of a bankgiro (REF-R01)",
                   9,
                   "number = '9912345'",
                   {"9: number in [[tenant.bankgiro]] is no bankgiro number"}},
        fault_case{
            "length of a bankgiro (REF-R01)", 9, "number = '991234'", {"9: number in [[tenant.bankgiro]] is no bankgiro number"}},
        fault_case{"level 5", 10, "ocr = {level = 5}", {"10: level in ocr must be a whole number from 0 to 4"}},
        fault_case{"level as text", 10, "ocr = {level = '3'}", {"10: level in ocr must be a whole number from 0 to 4"}},
        fault_case{"no level", 10, "ocr = {}", {"10: level in ocr is missing"}},
        fault_case{"ocr is no table", 10, "ocr = 3", {"10: ocr in [[tenant.bankgiro]] must be a table"}},
        fault_case{
            "level 4 without lengths", 10, "ocr = {level = 4}", {"10: lengths in ocr must name at least one length for level 4"}},
        fault_case{
            "lengths without level 4", 10, "ocr = {level = 3, lengths = [7]}", {"10: lengths in ocr belongs to level 4 only"}},
        fault_case{
            "length 26", 10, "ocr = {level = 4, lengths = [7, 26]}", {"10: lengths in ocr must be a whole number from 2 to 25"}},
        fault_case{"syntax", 3, "originals = ", {"3: "}},
        fault_case{"a bankgiro in two tenants",
                   0,
                   "[[tenant]]\nid='b'\nname='B'\nfolder='b'\n[[tenant.bankgiro]]\nnumber='991-2346'",
                   {"16: number in [[tenant.bankgiro]] is already used by the table of line 8"}},
        fault_case{"a bankgiro twice in one tenant",
                   0,
                   "[[tenant.bankgiro]]\nnumber='991-2346'",
                   {"12: number in [[tenant.bankgiro]] is already used by the table of line 8"}},
        fault_case{"an id twice",
                   0,
                   "[[tenant]]\nid='nat'\nname='B'\nfolder='b'",
                   {"12: id in [[tenant]] is already used by the table of line 4"}},
        fault_case{"a folder twice",
                   0,
                   "[[tenant]]\nid='b'\nname='B'\nfolder='x/../nat'",
                   {"14: folder in [[tenant]] is already used by the table of line 4"}},
        fault_case{"tenant is no list", 4, "[tenant]", {"4: tenant in the configuration must be a list"}},
        fault_case{
            "profile without severities", 0, "[[tenant.profile]]\nname='p'", {"11: severities in [[tenant.profile]] is missing"}},
        fault_case{"unknown severity",
                   0,
                   "[[tenant.profile]]\nname='p'\nseverities={'BGMAX-R12'='loud'}",
                   {"13: BGMAX-R12 in severities must be \"info\""}},
        fault_case{
            "rule id", 0, "[[tenant.profile]]\nname='p'\nseverities={'bgmax'='info'}", {"13: bgmax in severities is no rule id"}},
        fault_case{"two profiles for a format",
                   0,
                   "[[tenant.profile]]\nname='p'\nseverities={}\n[[tenant.profile]]\nname='q'\nformats=['bgmax']\nseverities={}",
                   {"14: [[tenant.profile]] has a format that an earlier profile"}},
        fault_case{"route without formats",
                   0,
                   "[[tenant.route]]\nto='bgmax'\nfolder='f'",
                   {"11: from in [[tenant.route]] must name the formats"}},
        fault_case{"route that nothing converts",
                   0,
                   "[[tenant.route]]\nfrom=['camt.053', 'camt.054', 'camt.052']\nto='bgmax'\nfolder='f'",
                   {"12: from in [[tenant.route]] camt.052 cannot be handed on as bgmax"}},
        fault_case{"route that would need whole files",
                   0,
                   "[[tenant.route]]\nfrom=['bgmax']\nto='camt.054'\nfolder='f'",
                   {"12: from in [[tenant.route]] bgmax cannot be handed on as camt.054"}},
        fault_case{"route into an inbox",
                   0,
                   "[[tenant.route]]\nfrom=['camt.053', 'camt.054']\nto='bgmax'\nfolder='nat/inbox'",
                   {"11: folder in [[tenant.route]] must not be one of the intake's own"}},
        fault_case{"two routes for a format",
                   0,
                   "[[tenant.route]]\nfrom=['camt.053']\nto='bgmax'\nfolder='f'\n"
                   "[[tenant.route]]\nfrom=['camt.053', 'camt.054']\nto='bgmax'\nfolder='g'",
                   {"15: [[tenant.route]] to bgmax has a format that an earlier one has"}},
        fault_case{"route that never hands on what came in another format",
                   0,
                   "[[tenant.route]]\nfrom=['camt.054']\nto='bgmax'\nfolder='nat/inbox'",
                   {"11: folder in [[tenant.route]] must not be one of the intake's own",
                    "11: [[tenant.route]] to bgmax must name camt.053 too: a deposit that comes in it first is booked from it, "
                    "and would never be handed on"}},
        fault_case{"log level", 0, "[log]\nlevel='loud'", {"12: level in [log] must be \"debug\""}},
        fault_case{"time below zero", 0, "[intake]\nquiet_ms=-1", {"12: quiet_ms in [intake] must be a whole number from 0"}},
        fault_case{"several faults, in the order of the file",
                   5,
                   "id = 7\ncolour = 'red'",
                   {"5: id in [[tenant]] must be text in quotes", "6: unknown key colour in [[tenant]]"}}));

TEST(config_routes_test, several_routes_may_share_the_formats) {
    const auto read = parse(with_line(0,
                                      "[[tenant.route]]\nfrom=['camt.053']\nto='bgmax'\nfolder='f'\n"
                                      "[[tenant.route]]\nfrom=['camt.054']\nto='bgmax'\nfolder='g'"),
                            "/", "b.toml");
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->tenants[0].routes.size(), 2U);
}

TEST(config_limits_test, at_least_one_tenant_and_at_most_so_many_faults) {
    const auto none = parse("mode='test'\nstore='s'\noriginals='o'", "/", "b.toml");
    ASSERT_FALSE(none);
    EXPECT_THAT(none.error().text, testing::HasSubstr("at least one [[tenant]]"));
    std::string many = with_line(0, "[log]");
    for (std::size_t i = 0; i < max_config_faults + 3; ++i)
        many += "unknown" + std::to_string(i) + " = 1\n";
    EXPECT_THAT(parse(many, "/", "b.toml").error().text, testing::EndsWith("\nand 3 more"));
}

TEST(load_config_test, paths_start_at_the_folder_of_the_file) {
    const intake_test::scratch_folder folder;
    intake_test::put(folder.path() / "b.toml", with_line(0, ""));
    const auto read = load(folder.path() / "b.toml");
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->store, folder.path() / "a.db");
    ASSERT_TRUE(init_folders(*read, filedrop::posix_file_system()));
    ASSERT_TRUE(init_folders(*read, filedrop::posix_file_system()));
    for (const auto* const name : {"o", "nat/inbox", "nat/work", "nat/archive", "nat/held", "nat/rejected"})
        EXPECT_TRUE(std::filesystem::is_directory(folder.path() / name)) << name;
    EXPECT_EQ(load(folder.path() / "none.toml").error().code, error_code::not_found);
    intake_test::put(folder.path() / "big.toml", std::string(max_config_bytes + 1, '#'));
    EXPECT_EQ(load(folder.path() / "big.toml").error().code, error_code::limit_exceeded);
    intake_test::put(folder.path() / "edge.toml", with_line(0, std::string(max_config_bytes - with_line(0, "").size(), '#')));
    EXPECT_TRUE(load(folder.path() / "edge.toml"));
}

}  // namespace
}  // namespace brygga::config
