#include "tests/transfer/lying_server.hpp"

#include <filesystem>
#include <fstream>

namespace brygga::transfer::test {

lying_server::lying_server()
    : open_ssh_server("ed25519", {}, "{1}/sftp_liar {0}/script {0}/requests /usr/lib/openssh/sftp-server -d {0}/home") {
    play("");
}

void lying_server::play(const std::string& script) {
    // Replaced in one step: a request of the last round may still be on its way.
    write_own("requests", "");
    write_own("script.next", script);
    std::filesystem::rename(folder() / "script.next", folder() / "script");
}

std::vector<std::string> lying_server::requests() const {
    std::ifstream lines(folder() / "requests");
    std::vector<std::string> found;
    for (std::string each; std::getline(lines, each);)
        found.push_back(each);
    return found;
}

}  // namespace brygga::transfer::test
