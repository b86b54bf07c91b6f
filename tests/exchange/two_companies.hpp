// Two companies and one bank over OpenSSH, in a folder of their own.
#pragma once

#include <memory>
#include <string>

#include "tests/exchange/exchange_day.hpp"
#include "tests/transfer/open_ssh.hpp"

namespace brygga::exchange::test {

// nat and energi: each fetches camt from nat-out or energi-out at the bank and sends pain.001 to nat-in or energi-in.
class two_companies : public exchange_day {
 protected:
    explicit two_companies(
        std::unique_ptr<transfer::test::open_ssh_server> at = std::make_unique<transfer::test::open_ssh_server>());

    // `more` is added to the configuration, which ends within the second company.
    void configure(const std::string& more = {});

 private:
    std::unique_ptr<transfer::test::open_ssh_server> server_;

 protected:
    transfer::test::open_ssh_server& bank = *server_;
};

}  // namespace brygga::exchange::test
