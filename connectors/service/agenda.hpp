// When one partner is visited: its folders by their schedules, its queue when something is due, and after a failure later and
// later.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "connectors/partners/partner.hpp"
#include "connectors/timing/schedule.hpp"

namespace brygga::service {

// Between looks into a folder that has no schedule.
inline constexpr std::chrono::milliseconds unscheduled = std::chrono::minutes(5);

class agenda {
 public:
    // Every folder is due at the start: what came while nobody looked must not wait for tomorrow's time. The partner must outlive
    // the agenda; `random` is for backoff.
    agenda(const partners::partner& whom, timing::moment start, std::function<std::uint32_t()> random);

    // Nothing while the partner rests after a failure.
    [[nodiscard]] bool rests(timing::moment now) const noexcept { return now < rests_until_; }
    // The folders to look into now.
    [[nodiscard]] std::vector<const partners::fetch_rule*> due(timing::moment now) const;

    // What a visit has done; `queue` is when the next file of the queue is due, when one waits for a time.
    void reached(const std::vector<const partners::fetch_rule*>& looked_into, std::optional<timing::moment> queue,
                 timing::moment now);
    // It could not be reached, or not until the end: its folders stay due.
    void not_reached(timing::moment now);

    // When the next visit is wanted at the latest; it may have passed.
    [[nodiscard]] timing::moment next() const noexcept;

 private:
    const partners::partner& whom_;
    std::function<std::uint32_t()> random_;
    std::vector<timing::moment> fetches_;  // the next of each rule
    std::optional<timing::moment> queue_;
    timing::moment rests_until_{};
    std::uint32_t failures_ = 0;  // one after the other
};

}  // namespace brygga::service
