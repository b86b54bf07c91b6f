// Tells each alarm once when it begins and once when it is over: to the log, and to the command of the configuration.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "connectors/config/settings.hpp"
#include "connectors/logging/event_log.hpp"
#include "connectors/service/alarms.hpp"

namespace brygga::service {

class alarm_desk {
 public:
    // `log` may be null. A new desk tells again what still holds.
    alarm_desk(const config::alarm_settings& how, logging::event_log* log) : how_(how), log_(log) {}

    // `now` is all that holds of the tenant.
    void tell(const std::string& tenant, const std::vector<alarm>& now);

 private:
    void tell(const alarm& item, bool over);

    const config::alarm_settings& how_;
    logging::event_log* log_;
    std::map<std::string, std::vector<alarm>> told_;  // by tenant
};

// {"alarm": "file-missing", "state": "begins", "tenant": "nat", "subject": "...", "text": "..."}; one line.
[[nodiscard]] std::string to_json(const alarm& item, bool over);

// Runs the program with the text as its standard input, and waits. The words are its arguments, the first is found by PATH. Fails
// when it cannot be started, ends with another status than 0, or does not end in time and is killed.
[[nodiscard]] result<void> run_hook(const std::vector<std::string>& words, const std::string& input,
                                    std::chrono::milliseconds within);

}  // namespace brygga::service
