// A company with one partner, for tests of dispatch: outbox, queue, ledger, and a partner's server in memory.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/dispatch/dispatch.hpp"
#include "tests/intake/faulty_files.hpp"
#include "tests/ledger/manual_clock.hpp"
#include "tests/transfer/faulty_server.hpp"

namespace brygga::dispatch::test {

// A payment order of ours that our own reader takes, and another.
[[nodiscard]] std::string payment_order();
[[nodiscard]] std::string other_order();

class office {
 public:
    // `more` lines for the send rule. What is in the folder is used as it is.
    explicit office(const std::filesystem::path& folder, const std::string& more = "formats = ['pain.001']\n");

    [[nodiscard]] const std::filesystem::path& outbox() const {
        return with.tenants.front().partners.front().sends.front().outbox;
    }
    void lay(std::string_view name, std::string_view bytes) const;
    [[nodiscard]] dispatch_report run();
    // One line for each file of the queue: "pain.xml sent 1 seen-there".
    [[nodiscard]] std::vector<std::string> queue();
    // A person's word about the newest file of this name.
    void decide(std::string_view name, ledger::sending state);
    // Files below the outbox, without folders.
    [[nodiscard]] std::vector<std::string> left_at_home() const;

    config::settings with;
    ledger::manual_clock clock;
    intake_test::faulty_files files;
    options how;
    std::unique_ptr<ledger::store> store;
    transfer::test::partner bank;
};

}  // namespace brygga::dispatch::test
