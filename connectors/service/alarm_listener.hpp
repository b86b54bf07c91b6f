// What one channel has heard of alarms, and what it has still to hear.
#pragma once

#include <deque>
#include <memory>
#include <stop_token>
#include <vector>

#include "connectors/logging/event_log.hpp"
#include "connectors/service/alarm_channel.hpp"
#include "connectors/service/alarms.hpp"

namespace brygga::service {

class alarm_listener {
 public:
    // `log` may be null.
    alarm_listener(std::unique_ptr<alarm_channel> to, logging::event_log* log);

    // `now` is all that holds: what began is told once, and what the channel knows of and does not hold any more, once too. After
    // a failure the channel is left alone until the next call, which begins with something else.
    void hear(const std::vector<alarm>& now, const std::stop_token& stop);

    // Whether this would tell the same people.
    [[nodiscard]] bool is(const alarm_channel& other) const { return to_->address() == other.address(); }
    void reach_by(std::unique_ptr<alarm_channel> to) { to_ = std::move(to); }

 private:
    struct news {
        alarm item;
        bool over = false;
    };
    void collect(const std::vector<alarm>& now);
    [[nodiscard]] bool tell(const news& what, const std::stop_token& stop);

    std::unique_ptr<alarm_channel> to_;
    logging::event_log* log_;
    std::vector<alarm> knows_;  // of which it heard that they began
    std::deque<news> waiting_;
};

}  // namespace brygga::service
