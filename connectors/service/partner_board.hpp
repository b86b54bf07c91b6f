// When each partner was reached: what the workers know and the ledger does not.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/config/settings.hpp"
#include "connectors/timing/schedule.hpp"

namespace brygga::service {

// A folder may have several rules, each with its own looks.
struct fetch_place {
    std::string folder;
    std::size_t rule{};  // among those of the partner

    [[nodiscard]] auto operator<=>(const fetch_place&) const = default;
};

struct partner_visits {
    std::string tenant, partner;
    std::uint64_t reached{}, missed{};           // visits since the start
    std::optional<timing::moment> last_reached;  // of this process
    std::optional<timing::moment> missed_since;  // the first of the misses in a row; nothing when the last visit reached it
    // Of what something cannot be fetched, look after look since then.
    std::map<fetch_place, timing::moment> failing;
};

// Written by the workers, read by the monitor.
class partner_board {
 public:
    void reached(const std::string& tenant, const std::string& partner, timing::moment at);
    void missed(const std::string& tenant, const std::string& partner, timing::moment at);
    // Nothing waits for it any longer: nobody knows whether it could be reached.
    void not_needed(const std::string& tenant, const std::string& partner);
    void looked(const std::string& tenant, const std::string& partner, const fetch_place& place, bool well, timing::moment at);

    // Forgets partners that are not of these tenants any more, and places that are not fetched from.
    void keep_only(const std::vector<config::tenant>& of);

    // By tenant and partner.
    [[nodiscard]] std::vector<partner_visits> all() const;

 private:
    partner_visits& of(const std::string& tenant, const std::string& partner);

    mutable std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, partner_visits> visits_;
};

}  // namespace brygga::service
