#include "tests/exchange/two_companies.hpp"

#include <utility>

#include <fmt/format.h>

namespace brygga::exchange::test {

two_companies::two_companies(std::unique_ptr<transfer::test::open_ssh_server> at) : server_(std::move(at)) {
    for (const char* const each : {"nat-out", "nat-in", "energi-out", "energi-in"})
        bank.make_folder(each);
    configure();
    EXPECT_EQ(brygga("init").exit_code, 0);
}

void two_companies::configure(const std::string& more) {
    std::string text =
        "mode = 'production'\nstore = 'brygga.db'\noriginals = 'originals'\n[log]\nfile = 'brygga.log'\n"
        "[intake]\nquiet_ms = 0\nempty_quiet_ms = 0\n";
    const auto login = bank.settings();
    for (const std::string company : {"nat", "energi"})
        text += fmt::format(
            "[[tenant]]\nid = '{0}'\nname = 'Exempel {0} AB'\nfolder = '{0}'\n"
            "[[tenant.bankgiro]]\nnumber = '{1}'\nocr = {{level = 3}}\n"
            "[[tenant.partner]]\nid = 'bank'\nhost = '{2}'\nport = {3}\nuser = '{4}'\nhost_keys = ['{5}']\nkey_file = '{6}'\n"
            "first_retry_ms = 1\nlongest_retry_ms = 1\n"
            "[[tenant.partner.fetch]]\nfolder = '{0}-out'\nnames = 'camt*.xml'\nthen = 'remove'\nquiet_ms = 0\n"
            "[[tenant.partner.send]]\noutbox = '{0}/outbox'\nfolder = '{0}-in'\nformats = ['pain.001']\n",
            company, company == "nat" ? "991-2346" : "5723-7273", login.host, login.port, login.user, login.host_keys.front(),
            login.key_file.string());
    intake_test::put(folder.path() / "brygga.toml", text + more);
}

}  // namespace brygga::exchange::test
