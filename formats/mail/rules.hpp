// The rules of what comes back for messages that we sent. No specification numbers them; README.md says where each is from.
#pragma once

#include <cstdint>
#include <span>

#include "formats/core/finding.hpp"

namespace brygga::mail {

enum class rule : std::uint8_t { R01, R02, R03, R04, R05, R06, R07 };

[[nodiscard]] std::span<const rule_info> rules() noexcept;
[[nodiscard]] const rule_info& info(rule which) noexcept;

}  // namespace brygga::mail
