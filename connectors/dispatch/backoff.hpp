// When a file that could not be sent is tried again.
#pragma once

#include <chrono>
#include <cstdint>

namespace brygga::dispatch {

// Doubled with each attempt from `first` to `longest`, and of that a random part between a half and the whole, so that many
// files and many senders do not come back together. `attempt` is 1 after the first; `random` any 32 bits.
[[nodiscard]] std::chrono::milliseconds wait_after(std::uint32_t attempt, std::chrono::milliseconds first,
                                                   std::chrono::milliseconds longest, std::uint32_t random) noexcept;

}  // namespace brygga::dispatch
