// Tells each alarm once when it begins and once when it is over: to the log, and to each channel of the configuration.
#pragma once

#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "connectors/logging/event_log.hpp"
#include "connectors/service/alarm_channel.hpp"
#include "connectors/service/alarms.hpp"

namespace brygga::service {

class alarm_desk {
 public:
    // `log` may be null. A new desk tells again what still holds.
    alarm_desk(std::vector<std::unique_ptr<alarm_channel>> to, logging::event_log* log);

    // `now` is all that holds of the tenant. What a channel could not be told is told at the next call, if it still holds.
    void tell(const std::string& tenant, const std::vector<alarm>& now, const std::stop_token& stop);

 private:
    struct listener {
        std::unique_ptr<alarm_channel> to;                // null for the log
        std::map<std::string, std::vector<alarm>> knows;  // by tenant
    };
    [[nodiscard]] bool tell(listener& who, const alarm& item, bool over, const std::stop_token& stop);

    std::vector<listener> listeners_;
    logging::event_log* log_;
};

}  // namespace brygga::service
