#include "connectors/service/partner_board.hpp"

namespace brygga::service {

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

void partner_board::looked(const std::string& tenant, const std::string& partner, const std::string& folder, bool well,
                           timing::moment at) {
    const std::lock_guard guard(mutex_);
    auto& failing = of(tenant, partner).failing;
    if (well)
        failing.erase(folder);
    else
        failing.emplace(folder, at);
}

std::vector<partner_visits> partner_board::all() const {
    const std::lock_guard guard(mutex_);
    std::vector<partner_visits> out;
    for (const auto& [key, item] : visits_)
        out.push_back(item);
    return out;
}

}  // namespace brygga::service
