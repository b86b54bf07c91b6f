// All memory of the process, OpenSSL's too, passes here: it can run out, and what is given back can be looked at.
#pragma once

#include <cstddef>
#include <string_view>

namespace brygga::encryption::memory {

// OpenSSL's allocations since they were set to 0, and the number of the one that fails (1-based, 0 = none).
inline std::size_t allocations = 0, fails_at = 0;

// Bytes that no memory that is given back may hold, and how often one did.
inline std::string_view looked_for;
inline std::size_t found = 0;

// Whether OpenSSL took our functions.
extern const bool replaced;

}  // namespace brygga::encryption::memory
