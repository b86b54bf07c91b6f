// A clock that moves only when told to.
#pragma once

#include "mapping/ledger/clock.hpp"

namespace brygga::ledger {

class manual_clock final : public clock {
 public:
    timestamp_ms now() override { return now_ms; }
    timestamp_ms now_ms = 1'780'000'000'000;  // 2026-05-28
};

}  // namespace brygga::ledger
