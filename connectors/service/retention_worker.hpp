// Removes what is done with, each night at 03:00 in Sweden (connectors/retention).
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "connectors/config/settings.hpp"
#include "connectors/intake/intake.hpp"
#include "connectors/retention/retention.hpp"
#include "connectors/timing/schedule.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::service {

struct removed_count {
    std::string tenant;
    retention::kind what{};
    std::uint64_t files{};  // since the start
};

// Written by the worker, read by the monitor.
class retention_board {
 public:
    void add(const retention::retention_report& told);
    // By tenant and kind.
    [[nodiscard]] std::vector<removed_count> all() const;

 private:
    mutable std::mutex mutex_;
    std::map<std::pair<std::string, retention::kind>, std::uint64_t> removed_;
};

class retention_worker {
 public:
    // All outlive it.
    retention_worker(const config::settings& with, ledger::store& books, const intake::options& how, retention_board& board);

    // Until a stop, which is heeded between files. What others were at work with is tried again ten minutes later.
    [[nodiscard]] result<void> run(const std::stop_token& stop);

 private:
    [[nodiscard]] timing::moment now() const;

    const config::settings& with_;
    ledger::store& books_;
    const intake::options& how_;  // its sleep returns at a stop
    retention_board& board_;
};

}  // namespace brygga::service
