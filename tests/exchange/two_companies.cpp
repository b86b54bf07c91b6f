#include "tests/exchange/two_companies.hpp"

#include <fmt/format.h>

namespace brygga::exchange::test {

std::string fixture(const std::string& name) {
    return intake_test::get(std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures" / name);
}

two_companies::two_companies() {
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

command::testing::run_result two_companies::brygga(const std::string& arguments) const {
    return command::testing::run_in(folder.path(), "'" BRYGGA_COMMAND "' " + arguments + " --config brygga.toml");
}

std::size_t two_companies::files_below(const std::string& name) const {
    std::size_t count = 0;
    for (const auto& each : std::filesystem::recursive_directory_iterator(folder.path() / name))
        if (each.is_regular_file() && each.path().filename().string().front() != '.') ++count;
    return count;
}

}  // namespace brygga::exchange::test
