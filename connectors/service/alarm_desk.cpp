#include "connectors/service/alarm_desk.hpp"

#include <algorithm>
#include <utility>

namespace brygga::service {

alarm_desk::alarm_desk(std::vector<std::unique_ptr<alarm_channel>> to, logging::event_log* log) : log_(log) {
    listeners_.emplace_back();
    for (std::unique_ptr<alarm_channel>& each : to)
        listeners_.push_back({std::move(each), {}});
}

void alarm_desk::tell(const std::string& tenant, const std::vector<alarm>& now, const std::stop_token& stop) {
    const auto in = [](const std::vector<alarm>& list, const alarm& item) {
        return std::any_of(list.begin(), list.end(),
                           [&](const alarm& each) { return each.kind == item.kind && each.subject == item.subject; });
    };
    for (listener& who : listeners_) {
        std::vector<alarm>& knows = who.knows[tenant];
        std::erase_if(knows, [&](const alarm& each) { return !in(now, each) && tell(who, each, true, stop); });
        for (const alarm& each : now)
            if (!in(knows, each) && tell(who, each, false, stop)) knows.push_back(each);
    }
}

bool alarm_desk::tell(listener& who, const alarm& item, bool over, const std::stop_token& stop) {
    if (who.to == nullptr) {
        if (log_ != nullptr)
            log_->write(over ? logging::log_level::info : logging::log_level::error, over ? "alarm-over" : "alarm",
                        {{"tenant", item.tenant}, {"alarm", name(item.kind)}, {"subject", item.subject}, {"text", item.text}});
        return true;
    }
    const auto done = who.to->tell(item, over, stop);
    if (!done && log_ != nullptr)
        log_->write(
            logging::log_level::error, "alarm-not-told",
            {{"tenant", item.tenant}, {"alarm", name(item.kind)}, {"channel", who.to->name()}, {"text", done.error().text}});
    return done.has_value();
}

}  // namespace brygga::service
