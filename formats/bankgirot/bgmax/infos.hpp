// The BgMax records as tables for the generic commands, and the choice of a record by its code (transaktionskod).
#pragma once

#include <span>
#include <string_view>

#include "formats/bankgirot/bgmax/layout.hpp"

namespace brygga::bgmax {

[[nodiscard]] std::span<const layout::record_info> record_infos() noexcept;

// Nothing for an unknown code.
[[nodiscard]] const layout::record_info* record_info_of(std::string_view code) noexcept;

}  // namespace brygga::bgmax
