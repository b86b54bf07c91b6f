// The reference rate (referensränta) of each half-year, set by the Riksbank (Räntelag 9 §; claims-process.md section 3.2).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/core/result.hpp"

namespace brygga::claims {

struct reference_rate {
    date from{};       // 1 January or 1 July
    int hundredths{};  // of a percent; may be negative
    std::string source;
};

// A row for each half-year without gap (CL-R02). The last one holds for its half-year only: a later day has no rate (CL-R03).
class rate_table {
 public:
    // Lines "2026-07-01 2.00 source", '#' begins a comment; a later line for the same half-year replaces the earlier one, for a
    // rate can be corrected. Errors name CL-R02 and the line.
    [[nodiscard]] static result<rate_table> read(std::string_view text);
    // The table that is published, as far as it was known when the program was built.
    [[nodiscard]] static const rate_table& published();

    // With the rows of a text as above, for half-years that were not known.
    [[nodiscard]] result<rate_table> with(std::string_view more) const;

    // In hundredths of a percent; nothing where no row is.
    [[nodiscard]] std::optional<int> on(date day) const noexcept;
    [[nodiscard]] std::span<const reference_rate> rows() const noexcept { return rows_; }

 private:
    std::vector<reference_rate> rows_;  // by day
};

// The first day of the next half-year.
[[nodiscard]] date next_half_year(date day) noexcept;

}  // namespace brygga::claims
