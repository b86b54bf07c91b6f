// When one partner is visited: its folders by their schedules, its queue when something is due, and after a failure later and
// later.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "connectors/intake/fetching.hpp"
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

    // What was looked into by a visit that began then: a time that passes during a visit is not lost. Where something was still
    // being written, or failed, the next look is soon.
    void looked(const std::vector<intake::folder_look>& looks, timing::moment begun);
    // The visit came to its end; `queue` is when the next file of the queue is due, when one waits for a time.
    void done(std::optional<timing::moment> queue);
    // It did not: what was not looked into stays due.
    void not_done(timing::moment now);

    // When the next visit is wanted at the latest; it may have passed.
    [[nodiscard]] timing::moment next() const noexcept;

 private:
    const partners::partner& whom_;
    std::function<std::uint32_t()> random_;
    struct folder {
        timing::moment next;
        std::uint32_t unsettled = 0;  // looks, one after the other
    };
    [[nodiscard]] timing::moment after(const partners::fetch_rule& rule, timing::moment begun) const;

    std::vector<folder> folders_;  // as the partner's rules
    std::optional<timing::moment> queue_;
    timing::moment rests_until_{};
    std::uint32_t failures_ = 0;  // one after the other
};

}  // namespace brygga::service
