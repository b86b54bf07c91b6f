#include "connectors/service/agenda.hpp"

#include <algorithm>
#include <utility>

#include "connectors/dispatch/backoff.hpp"

namespace brygga::service {

using partners::fetch_rule;
using timing::moment;

agenda::agenda(const partners::partner& whom, moment start, std::function<std::uint32_t()> random)
    : whom_(whom), random_(std::move(random)), fetches_(whom.fetches.size(), start) {}

std::vector<const fetch_rule*> agenda::due(moment now) const {
    std::vector<const fetch_rule*> out;
    for (std::size_t i = 0; i < fetches_.size(); ++i)
        if (fetches_[i] <= now) out.push_back(&whom_.fetches[i]);
    return out;
}

void agenda::reached(const std::vector<const fetch_rule*>& looked_into, std::optional<moment> queue, moment now) {
    failures_ = 0;
    queue_ = queue;
    for (std::size_t i = 0; i < fetches_.size(); ++i) {
        const fetch_rule& rule = whom_.fetches[i];
        if (std::find(looked_into.begin(), looked_into.end(), &rule) == looked_into.end()) continue;
        // A schedule without a next time was told by the configuration.
        fetches_[i] = rule.when ? rule.when->next_after(now).value_or(moment::max()) : now + unscheduled;
    }
}

void agenda::not_reached(moment now) {
    ++failures_;
    rests_until_ = now + dispatch::wait_after(failures_, whom_.first_retry, whom_.longest_retry, random_());
}

moment agenda::next() const noexcept {
    if (failures_ != 0) return rests_until_;
    moment first = queue_.value_or(moment::max());
    for (const moment each : fetches_)
        first = std::min(first, each);
    return first;
}

}  // namespace brygga::service
