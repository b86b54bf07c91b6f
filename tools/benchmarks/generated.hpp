// Generated files for the benchmarks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace brygga::bench {

// About 200 MB of the format, the same at every run; so many percent of its items have a finding.
[[nodiscard]] std::string generated(std::string_view format_id, std::uint32_t bad_percent);

// So many items of the format, all of them good.
[[nodiscard]] std::string generated_items(std::string_view format_id, std::uint64_t count);

}  // namespace brygga::bench
