// A company some years later.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connectors/retention/retention.hpp"
#include "tests/intake/site.hpp"

namespace brygga::retention::test {

inline constexpr ledger::timestamp_ms one_day = 24LL * 60 * 60 * 1000;

// 2034-01-03, when what came in 2026 (the clock of a site) is done with.
inline constexpr ledger::timestamp_ms eighth_year = 2'019'859'200'000;

// Seven years of originals, 90 days of archive/, 30 of rejected/.
void keep_for_some_time(config::settings& with);

[[nodiscard]] retention_report retain_all(intake_test::site& place);
// "energi originals 1, 17 bytes, 0 unknown": without kinds of which nothing was removed and nothing is unknown.
[[nodiscard]] std::vector<std::string> told_of(const retention_report& told);
// "originals busy: another process ..."
[[nodiscard]] std::vector<std::string> troubles_of(const retention_report& told);
// Names below originals/, without the lock and folders.
[[nodiscard]] std::size_t kept_originals(const intake_test::site& place);
[[nodiscard]] std::size_t removals(const intake_test::site& place);

}  // namespace brygga::retention::test
