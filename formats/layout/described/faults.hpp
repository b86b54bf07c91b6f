// Breaks rules of a described format in a file that is right. Internal to its generator.
#pragma once

#include <span>
#include <string>

#include "formats/core/result.hpp"
#include "formats/layout/described/reader.hpp"

namespace brygga::layout::described {

// Each of these ids once, by a change of one line or a few columns that our own reader finds wrong by this rule. Fails with
// invalid_argument for an id that is none, or where no such change was found.
[[nodiscard]] result<void> plant(std::span<const std::string> ids, const record_tables& layout, std::span<const rule_info> rules,
                                 std::string& bytes);

}  // namespace brygga::layout::described
