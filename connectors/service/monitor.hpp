// Looks now and then at what the ledger and the workers say: alarms, metrics.
#pragma once

#include <chrono>
#include <stop_token>
#include <vector>

#include "connectors/config/settings.hpp"
#include "connectors/dispatch/dispatch.hpp"
#include "connectors/service/alarms.hpp"
#include "connectors/service/memory.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::service {

// Returns early at a stop.
void sleep(std::chrono::milliseconds time, const std::stop_token& stop);

class monitor {
 public:
    // All outlive it.
    monitor(const config::settings& with, ledger::store& books, const dispatch::options& how, memory& knows);

    // Until a stop. What cannot be read or written now is told in the log and tried again.
    [[nodiscard]] result<void> run(const std::stop_token& stop);

 private:
    [[nodiscard]] timing::moment now() const;
    void look();
    [[nodiscard]] result<std::vector<alarm>> alarms_of_tenant(const config::tenant& who);
    [[nodiscard]] result<void> show();
    void failed(std::string_view tenant, const error& why);

    const config::settings& with_;
    ledger::store& books_;
    const dispatch::options& how_;
    memory& knows_;
};

}  // namespace brygga::service
