// Internal to rates.cpp.
#pragma once

#include <string_view>

namespace brygga::claims {

// mapping/claims/reference_rates.txt.
[[nodiscard]] std::string_view published_rates() noexcept;

}  // namespace brygga::claims
