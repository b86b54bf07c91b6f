#include "connectors/service/partner_board.hpp"

#include <algorithm>

namespace brygga::service {

namespace {

// Null when it is gone.
const partners::partner* partner_of(const std::vector<config::tenant>& all, const partner_visits& item) {
    const auto who = std::find_if(all.begin(), all.end(), [&](const config::tenant& each) { return each.id == item.tenant; });
    if (who == all.end()) return nullptr;
    for (const partners::partner& each : who->partners)
        if (each.id == item.partner) return &each;
    return nullptr;
}

}  // namespace

partner_visits& partner_board::of(const std::string& tenant, const std::string& partner) {
    partner_visits& found = visits_[{tenant, partner}];
    found.tenant = tenant;
    found.partner = partner;
    return found;
}

void partner_board::reached(const std::string& tenant, const std::string& partner, timing::moment at) {
    const std::lock_guard guard(mutex_);
    partner_visits& item = of(tenant, partner);
    ++item.reached;
    item.last_reached = at;
    item.missed_since.reset();
}

void partner_board::missed(const std::string& tenant, const std::string& partner, timing::moment at) {
    const std::lock_guard guard(mutex_);
    partner_visits& item = of(tenant, partner);
    ++item.missed;
    if (!item.missed_since) item.missed_since = at;
}

void partner_board::not_needed(const std::string& tenant, const std::string& partner) {
    const std::lock_guard guard(mutex_);
    of(tenant, partner).missed_since.reset();
}

void partner_board::looked(const std::string& tenant, const std::string& partner, const fetch_place& place, bool well,
                           timing::moment at) {
    const std::lock_guard guard(mutex_);
    auto& failing = of(tenant, partner).failing;
    if (well)
        failing.erase(place);
    else
        failing.emplace(place, at);
}

void partner_board::keep_only(const std::vector<config::tenant>& of) {
    const std::lock_guard guard(mutex_);
    for (auto each = visits_.begin(); each != visits_.end();) {
        const partners::partner* const left = partner_of(of, each->second);
        if (left == nullptr) {
            each = visits_.erase(each);
            continue;
        }
        std::erase_if(each->second.failing, [&](const auto& item) {
            const fetch_place& place = item.first;
            return place.rule >= left->fetches.size() || left->fetches[place.rule].folder != place.folder;
        });
        ++each;
    }
}

std::vector<partner_visits> partner_board::all() const {
    const std::lock_guard guard(mutex_);
    std::vector<partner_visits> out;
    for (const auto& [key, item] : visits_)
        out.push_back(item);
    return out;
}

}  // namespace brygga::service
