#include "connectors/service/alarm_listener.hpp"

#include <algorithm>
#include <utility>

namespace brygga::service {

alarm_listener::alarm_listener(std::unique_ptr<alarm_channel> to, logging::event_log* log) : to_(std::move(to)), log_(log) {}

void alarm_listener::hear(const std::vector<alarm>& now, const std::stop_token& stop) {
    collect(now);
    while (!waiting_.empty() && !stop.stop_requested()) {
        news next = std::move(waiting_.front());
        waiting_.pop_front();
        if (!tell(next, stop)) return waiting_.push_back(std::move(next));
        if (next.over)
            std::erase_if(knows_, [&](const alarm& each) { return same(each, next.item); });
        else
            knows_.push_back(std::move(next.item));
    }
}

void alarm_listener::collect(const std::vector<alarm>& now) {
    std::erase_if(waiting_, [&](const news& each) { return each.over == is_in(now, each.item); });
    const auto waits = [this](const alarm& item) {
        return std::any_of(waiting_.begin(), waiting_.end(), [&](const news& each) { return same(each.item, item); });
    };
    for (const alarm& each : knows_)
        if (!is_in(now, each) && !waits(each)) waiting_.push_back({each, true});
    for (const alarm& each : now)
        if (!is_in(knows_, each) && !waits(each)) waiting_.push_back({each, false});
}

bool alarm_listener::tell(const news& what, const std::stop_token& stop) {
    const auto done = to_->tell(what.item, what.over, stop);
    if (!done && log_ != nullptr)
        log_->write(stop.stop_requested() ? logging::log_level::info : logging::log_level::error, "alarm-not-told",
                    {{"tenant", what.item.tenant},
                     {"alarm", name(what.item.kind)},
                     {"channel", to_->name()},
                     {"text", done.error().text}});
    return done.has_value();
}

}  // namespace brygga::service
