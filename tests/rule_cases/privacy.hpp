// What a finding prints tells nothing of a person (DESIGN section 10): every column of an example is tried.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace brygga::rule_cases {

// A name that slipped to any column is masked, and a finding tells it where it is asked to.
void expect_slipped_names_masked(std::string_view format_id, const std::vector<std::string>& lines);

// Nothing of `personal` is told when a column is wrong.
void expect_nothing_told(std::string_view format_id, const std::vector<std::string>& lines,
                         std::span<const std::string_view> personal);

}  // namespace brygga::rule_cases
