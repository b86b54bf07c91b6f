// What the service remembers from one configuration to the next, as long as its process lives; no ledger and no folder has it.
#pragma once

#include <memory>

#include "connectors/config/settings.hpp"
#include "connectors/logging/event_log.hpp"
#include "connectors/service/alarm_desk.hpp"
#include "connectors/service/metrics_server.hpp"
#include "connectors/service/partner_board.hpp"
#include "connectors/service/retention_worker.hpp"
#include "connectors/timing/schedule.hpp"
#include "formats/core/result.hpp"

namespace brygga::service {

struct memory {
    // `log` may be null.
    memory(logging::event_log* log, timing::moment at_start) : started(at_start), desk(log) {}

    // The port that this configuration wants; null when it wants none, or the one that is open. A port that is open stays so.
    [[nodiscard]] result<std::unique_ptr<metrics_server>> open_metrics(const config::settings& with) const;
    // From now on this configuration is in force; `opened` is what was opened for it. Not while a service runs.
    void change_to(const config::settings& with, std::unique_ptr<metrics_server> opened, filedrop::file_system& files);

    timing::moment started;
    partner_board board;
    retention_board removed;
    alarm_desk desk;
    metrics_page page;
    std::unique_ptr<metrics_server> metrics;  // null: none is wanted
};

}  // namespace brygga::service
