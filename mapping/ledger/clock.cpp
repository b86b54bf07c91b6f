#include "mapping/ledger/clock.hpp"

#include <algorithm>
#include <chrono>

namespace brygga::ledger {

namespace {

constexpr unsigned counter_bits = 22;
constexpr timestamp_ms epoch_ms = 1577836800000;  // 2020-01-01T00:00:00Z

class machine_clock final : public clock {
 public:
    timestamp_ms now() override {
        const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
        return std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
    }
};

}  // namespace

clock& system_clock() {
    static machine_clock instance;
    return instance;
}

void id_generator::continue_after(row_id last) noexcept {
    last_ = std::max(last_, last);
}

// When the clock stands still, steps back, or a millisecond's counter is used up, the ids simply go on counting.
row_id id_generator::next() {
    const timestamp_ms elapsed = std::max<timestamp_ms>(time_->now() - epoch_ms, 0);
    const row_id earliest = elapsed << counter_bits;
    last_ = std::max(last_ + 1, earliest);
    return last_;
}

}  // namespace brygga::ledger
