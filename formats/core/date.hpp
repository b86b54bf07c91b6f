// Calendar dates as the files write them (references.md section 5), and Swedish bank days live in bank_days.hpp.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace brygga {

using date = std::chrono::year_month_day;

// Each takes exactly the named form and nothing else; an impossible date gives nothing.
[[nodiscard]] std::optional<date> parse_ccyymmdd(std::string_view text) noexcept;
[[nodiscard]] std::optional<date> parse_yymmdd(std::string_view text) noexcept;    // 00-69 = 2000-2069, 70-99 = 1970-1999
[[nodiscard]] std::optional<date> parse_iso_date(std::string_view text) noexcept;  // 2026-03-02

[[nodiscard]] std::string format_ccyymmdd(date day);
[[nodiscard]] std::string format_yymmdd(date day);
[[nodiscard]] std::string format_iso_date(date day);

[[nodiscard]] date add_days(date day, int days) noexcept;
[[nodiscard]] int days_between(date from, date to) noexcept;  // to - from

}  // namespace brygga
