// Waiting for deliveries: inotify where the system tells, a look every now and then where it does not (network folders).
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga::filedrop {

struct watch_times {
    std::chrono::milliseconds rescan{30000};  // a look at least this often
    std::chrono::milliseconds soon{500};      // the next look while something waits to become whole
};

// Calls `look` at once, after each change in one of the folders, and after the time that the look before has given, until a
// stop is requested; a stop ends the waiting at once, never a look. A folder that is missing or cannot be watched is found by
// later looks. Fails only when the system gives no descriptors to wait with.
[[nodiscard]] result<void> watch(const std::vector<std::filesystem::path>& folders, std::stop_token stop,
                                 const std::function<std::chrono::milliseconds()>& look);

}  // namespace brygga::filedrop
