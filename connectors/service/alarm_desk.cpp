#include "connectors/service/alarm_desk.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace brygga::service {

namespace {

std::vector<alarm> holding_after(const alarm_desk::findings& found, const std::vector<alarm>& before) {
    std::vector<alarm> out;
    for (const auto& [tenant, alarms] : found)
        if (alarms)
            out.insert(out.end(), alarms->begin(), alarms->end());
        else
            std::copy_if(before.begin(), before.end(), std::back_inserter(out),
                         [&](const alarm& each) { return each.tenant == tenant; });
    return out;
}

}  // namespace

void alarm_desk::listen(std::vector<std::unique_ptr<alarm_channel>> to) {
    std::vector<alarm_listener> now;
    for (std::unique_ptr<alarm_channel>& each : to) {
        const auto known =
            std::find_if(listeners_.begin(), listeners_.end(), [&](const alarm_listener& who) { return who.is(*each); });
        if (known == listeners_.end()) {
            now.emplace_back(std::move(each), log_);
            continue;
        }
        known->reach_by(std::move(each));
        now.push_back(std::move(*known));
        listeners_.erase(known);
    }
    listeners_ = std::move(now);
    const std::lock_guard guard(mutex_);
    looks_before_ = looks_;
}

void alarm_desk::look(const findings& found) {
    const std::vector<alarm> before = holding();
    std::vector<alarm> now = holding_after(found, before);
    for (const alarm& each : before)
        if (!is_in(now, each)) log(each, true);
    for (const alarm& each : now)
        if (!is_in(before, each)) log(each, false);
    {
        const std::lock_guard guard(mutex_);
        holding_ = std::move(now);
        ++looks_;
    }
    looked_.notify_all();
}

std::vector<alarm> alarm_desk::holding() const {
    const std::lock_guard guard(mutex_);
    return holding_;
}

void alarm_desk::serve(std::size_t channel, const std::stop_token& stop) {
    std::uint64_t heard = looks_before_;
    while (const auto now = next_look(heard, stop))
        listeners_[channel].hear(*now, stop);
}

std::optional<std::vector<alarm>> alarm_desk::next_look(std::uint64_t& heard, const std::stop_token& stop) {
    std::unique_lock guard(mutex_);
    looked_.wait(guard, stop, [&] { return looks_ != heard; });
    if (stop.stop_requested()) return std::nullopt;
    heard = looks_;
    return holding_;
}

void alarm_desk::log(const alarm& item, bool over) {
    if (log_ != nullptr)
        log_->write(over ? logging::log_level::info : logging::log_level::error, over ? "alarm-over" : "alarm",
                    {{"tenant", item.tenant}, {"alarm", name(item.kind)}, {"subject", item.subject}, {"text", item.text}});
}

}  // namespace brygga::service
