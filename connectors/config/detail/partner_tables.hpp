// The tables [[tenant.partner]] of the configuration (connectors/partners/partner.hpp).
#pragma once

#include <filesystem>
#include <span>

#include "connectors/config/detail/table_reader.hpp"
#include "connectors/partners/partner.hpp"

namespace brygga::config::detail {

// `before`: those of the same tenant that were read already.
[[nodiscard]] partners::partner read_partner(const toml::table& table, const std::filesystem::path& base,
                                             std::span<const partners::partner> before, fault_list& faults);

}  // namespace brygga::config::detail
