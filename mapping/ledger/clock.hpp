// Time and ids through interfaces, so that tests decide both.
#pragma once

#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

class clock {
 public:
    virtual ~clock() = default;
    [[nodiscard]] virtual timestamp_ms now() = 0;
};

// The machine's clock.
[[nodiscard]] clock& system_clock();

// Time-ordered ids: 41 bits of milliseconds since 2020-01-01, 22 bits of a counter that restarts with each millisecond.
// Never gives the same or a lower id twice, also when the clock stands still or steps back, or after `continue_after`.
class id_generator {
 public:
    explicit id_generator(clock& time) : time_(&time) {}
    void continue_after(row_id last) noexcept;
    [[nodiscard]] row_id next();

 private:
    clock* time_;
    row_id last_ = 0;
};

}  // namespace brygga::ledger
