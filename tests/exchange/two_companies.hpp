// Two companies and one bank over OpenSSH, in a folder of their own.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "tests/command/run.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/transfer/open_ssh.hpp"

namespace brygga::exchange::test {

[[nodiscard]] std::string fixture(const std::string& name);

// nat and energi: each fetches camt from nat-out or energi-out at the bank and sends pain.001 to nat-in or energi-in.
class two_companies : public ::testing::Test {
 protected:
    two_companies();

    // `more` is added to the configuration, which ends within the second company.
    void configure(const std::string& more = {});
    [[nodiscard]] command::testing::run_result brygga(const std::string& arguments) const;
    [[nodiscard]] std::size_t files_below(const std::string& name) const;

    transfer::test::open_ssh_server bank;
    intake_test::scratch_folder folder;
};

}  // namespace brygga::exchange::test
