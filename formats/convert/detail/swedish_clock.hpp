// The clock of a camt message as BgMax writes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace brygga::convert::detail {

// "2026-03-02T16:30:05+01:00" -> "20260302163005000000": the digits as written, for banks write +01:00 in summer too; only a
// time in UTC (Z, +00:00) is converted to Swedish time. Nothing for text that is no moment.
[[nodiscard]] std::optional<std::string> bgmax_timestamp(std::string_view moment);

}  // namespace brygga::convert::detail
