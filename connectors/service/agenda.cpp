#include "connectors/service/agenda.hpp"

#include <algorithm>
#include <utility>

#include "connectors/dispatch/backoff.hpp"

namespace brygga::service {

using partners::fetch_rule;
using timing::moment;

agenda::agenda(const partners::partner& whom, moment start, std::function<std::uint32_t()> random)
    : whom_(whom), random_(std::move(random)), folders_(whom.fetches.size(), {start}) {}

std::vector<const fetch_rule*> agenda::due(moment now) const {
    std::vector<const fetch_rule*> out;
    for (std::size_t i = 0; i < folders_.size(); ++i)
        if (folders_[i].next <= now) out.push_back(&whom_.fetches[i]);
    return out;
}

// A schedule without a next time was told by the configuration.
moment agenda::after(const fetch_rule& rule, moment begun) const {
    return rule.when ? rule.when->next_after(begun).value_or(moment::max()) : begun + unscheduled;
}

void agenda::looked(const std::vector<intake::folder_look>& looks, moment begun) {
    for (const intake::folder_look& each : looks) {
        folder& at = folders_[static_cast<std::size_t>(each.folder - whom_.fetches.data())];
        at.next = after(*each.folder, begun);
        at.unsettled = each.end == intake::look_end::settled ? 0 : at.unsettled + 1;
        if (at.unsettled != 0)
            at.next =
                std::min(at.next, begun + dispatch::wait_after(at.unsettled, whom_.first_retry, whom_.longest_retry, random_()));
    }
}

void agenda::done(std::optional<moment> queue) {
    failures_ = 0;
    queue_ = queue;
}

void agenda::not_done(moment now) {
    ++failures_;
    rests_until_ = now + dispatch::wait_after(failures_, whom_.first_retry, whom_.longest_retry, random_());
}

moment agenda::next() const noexcept {
    if (failures_ != 0) return rests_until_;
    moment first = queue_.value_or(moment::max());
    for (const folder& each : folders_)
        first = std::min(first, each.next);
    return first;
}

}  // namespace brygga::service
