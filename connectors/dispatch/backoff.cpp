#include "connectors/dispatch/backoff.hpp"

#include <algorithm>

namespace brygga::dispatch {

std::chrono::milliseconds wait_after(std::uint32_t attempt, std::chrono::milliseconds first, std::chrono::milliseconds longest,
                                     std::uint32_t random) noexcept {
    std::chrono::milliseconds wait = first;
    for (std::uint32_t i = 1; i < attempt && wait < longest; ++i)
        wait *= 2;
    wait = std::min(wait, longest);
    const std::chrono::milliseconds half = wait / 2;
    return half + std::chrono::milliseconds(random % static_cast<std::uint64_t>((wait - half).count() + 1));
}

}  // namespace brygga::dispatch
