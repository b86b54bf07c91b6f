// Handing on what was booked to a system that reads another format, exactly once.
//
// The converted file is written durably into the route's staging folder before the transaction that books it begins, so that the
// ledger is not kept from others while it is made, and renamed into the route's folder after that has committed: once the ledger
// says that it stands behind the file, a staged file is still to be handed over, and one that is gone has been. Who collects the
// files may remove them at once. What was handed on, and what was left out, is a row of the ledger beside the booking.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/intake/detail/work.hpp"

namespace brygga::intake::detail {

using section_set = std::set<std::uint32_t>;

// What one route made of a file, before the ledger stands behind it.
struct staged_route {
    const route* way{};
    std::string staged;                        // name in staging; empty when there is nothing to hand on
    routed told;                               // all but the deposits left out
    section_set sections;                      // that are in it
    std::map<std::uint32_t, std::string> why;  // of those that are not
};

// For each route that takes the file's format: these sections converted, read back by our own reader, and left in staging. One
// that cannot be converted, or that our reader would hold or refuse, is left out, and the others stay. Without `sections` all
// that wait for nobody, which is what the ledger books of most files. Of a section released later (part, else 0-0) each attempt
// has a name of its own, so that two processes that release it at once cannot disturb each other. Errors are those of the moment.
[[nodiscard]] result<std::vector<staged_route>> stage_routes(desk& on, const ledger::exchanged_file& file, byte_source& source,
                                                             inbound::section_key part,
                                                             const std::optional<section_set>& sections);

// Adds what was handed on of the booked sections to the ledger, and tells it.
[[nodiscard]] result<std::vector<routed>> record_routes(std::vector<staged_route> staged, const ledger::exchanged_file& file,
                                                        inbound::section_key part,
                                                        const std::vector<inbound::section_result>& booked,
                                                        ledger::transaction& into);

// Of an attempt that is known to have come to nothing. What cannot be removed is by hand_over_all().
void drop_staged(desk& on, const std::vector<staged_route>& staged);

// Renames each staged file that the ledger stands behind in this folder and with these bytes, and removes those of attempts that
// came to nothing. Files of claims that are being worked on stay. What did not succeed, a text for each: the next pass tries
// again, and nothing else waits for it. So are files with other bytes, made for a folder that is gone, or that wait where a route
// led that is no longer in the configuration: where they belong now is for a person to say.
[[nodiscard]] std::vector<std::string> hand_over_all(desk& on);

}  // namespace brygga::intake::detail
