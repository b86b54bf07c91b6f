// Where something stands in a line of a file, and what a finding on one of its fields says.
#pragma once

#include <string>
#include <string_view>

#include "formats/core/finding.hpp"
#include "formats/layout/lines.hpp"
#include "formats/layout/record.hpp"

namespace brygga::layout {

// Columns of a line, of a row the characters of its cells; those of its first TAB, expanded; those beyond the width; what padding
// filled or cutting took off.
[[nodiscard]] location columns_of(const record_line& line, unsigned first, unsigned last);
[[nodiscard]] location code_columns(const record_line& line, unsigned size = 2);
[[nodiscard]] location tab_of(const record_line& line);
[[nodiscard]] location surplus_of(const record_line& line);
[[nodiscard]] location fill_of(const record_line& line);

// Whether something stands in a field that is none of its values, and may be a name or an address that has slipped there.
[[nodiscard]] bool has_slipped(std::string_view slice, const field_info& field) noexcept;

// Place, record, field and found of a finding on one field. What has slipped there is personal data, whatever the field guards.
[[nodiscard]] finding field_finding(const record_line& line, const record_info& record, const field_info& field);
// The same for columns without a value.
[[nodiscard]] finding filler_finding(const record_line& line, const record_info& record, const filler_info& columns);

// "12 digits", "blank".
[[nodiscard]] std::string expectation(const field_info& field);
[[nodiscard]] std::string expectation(const filler_info& columns);

}  // namespace brygga::layout
