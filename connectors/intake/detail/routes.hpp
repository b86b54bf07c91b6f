// Handing on what was booked to a system that reads another format, exactly once.
//
// The converted file is written durably into the route's staging folder before the transaction that books it commits, and renamed
// into the route's folder after: once the ledger says that it stands behind the file, a staged file is still to be handed over,
// and one that is gone has been. Nothing else needs to be remembered, and who collects the files may remove them at once.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/intake/detail/work.hpp"

namespace brygga::intake::detail {

// For each route that takes the file's format: these sections converted, read back by our own reader, and left in staging under a
// name of the claim and `part`, which is empty for the file itself and "L-S" for a section released later. Errors are those of the
// moment; what cannot be converted is told in the outcome, and the booking goes on.
[[nodiscard]] result<std::vector<routed>> stage_routes(desk& on, const ledger::exchanged_file& file, byte_source& source,
                                                       std::string_view part, const std::set<std::uint32_t>& sections);

// Renames each staged file that the ledger stands behind, and removes those of attempts that came to nothing. Files of claims that
// are being worked on stay. What did not succeed, a text for each route: the next pass tries again, and nothing else waits for it.
[[nodiscard]] std::vector<std::string> hand_over_all(desk& on);

}  // namespace brygga::intake::detail
