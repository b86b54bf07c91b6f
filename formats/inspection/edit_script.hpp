// The shortest way from one sequence of records to another. Internal to diff.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace brygga::inspection {

using record_key = std::array<std::uint8_t, 16>;  // equal for records that carry the same

// `size` records that both have, after records that only one has. The gaps between runs are what differs.
struct common_run {
    std::size_t before{}, after{}, size{};
};

// Beyond so many records that only one side has, the search for the shortest script (Myers, O((N+M)D)) gives way to anchors
// (records that each side has once, O(N log N)), between which it searches again up to the smaller limit.
inline constexpr std::size_t max_edit_distance = 2000;
inline constexpr std::size_t max_gap_edit_distance = 64;

// In ascending order; the last run ends both sequences and may be empty.
[[nodiscard]] std::vector<common_run> common_runs(std::span<const record_key> before, std::span<const record_key> after);

}  // namespace brygga::inspection
