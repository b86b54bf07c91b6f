// Tells each alarm once when it begins and once when it is over: to the log, and to each channel of the configuration. It
// outlives configurations, so that an alarm ends too when a new one does not have it any more.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "connectors/logging/event_log.hpp"
#include "connectors/service/alarm_channel.hpp"
#include "connectors/service/alarm_listener.hpp"
#include "connectors/service/alarms.hpp"

namespace brygga::service {

class alarm_desk {
 public:
    // All that holds, by tenant; nothing for one that could not be looked at: then what held before still does.
    using findings = std::map<std::string, std::optional<std::vector<alarm>>>;

    // `log` may be null. A new desk tells again what still holds.
    explicit alarm_desk(logging::event_log* log) : log_(log) {}

    // Whom it tells from the next look on; who was there before is not told again. Not while somebody is being served.
    void listen(std::vector<std::unique_ptr<alarm_channel>> to);
    [[nodiscard]] std::size_t channels() const noexcept { return listeners_.size(); }

    // Tells the log; the channels are told by who serves them.
    void look(const findings& found);
    [[nodiscard]] std::vector<alarm> holding() const;

    // Tells one channel after each look, until a stop: in a thread of its own, so that no channel waits for another.
    void serve(std::size_t channel, const std::stop_token& stop);

 private:
    void log(const alarm& item, bool over);
    [[nodiscard]] std::optional<std::vector<alarm>> next_look(std::uint64_t& heard, const std::stop_token& stop);

    logging::event_log* log_;
    std::vector<alarm_listener> listeners_;
    mutable std::mutex mutex_;  // of what follows
    std::condition_variable_any looked_;
    std::vector<alarm> holding_;
    std::uint64_t looks_ = 0, looks_before_ = 0;  // before they listened
};

}  // namespace brygga::service
