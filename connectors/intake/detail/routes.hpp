// Handing on what was booked to a system that reads another format, exactly once.
//
// The converted file is written durably into the route's staging folder before the transaction that books it begins, so that the
// ledger is not kept from others while it is made, and renamed into the route's folder after that has committed; then the ledger
// notes that it was handed over. Who collects the files may remove them at once. What was handed on, and what was left out, is a
// row of the ledger beside the booking.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/intake/detail/work.hpp"
#include "connectors/intake/handovers.hpp"

namespace brygga::intake::detail {

using section_set = std::set<std::uint32_t>;

// What one route made of a file, before the ledger stands behind it.
struct staged_route {
    const config::route* way{};
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

// Adds what was handed on of the booked sections to the ledger, and tells it. A payment that may have come before waits in
// suspense here and can be released; the other system cannot know, so that is told.
[[nodiscard]] result<std::vector<routed>> record_routes(std::vector<staged_route> staged, const ledger::exchanged_file& file,
                                                        inbound::section_key part,
                                                        const std::vector<inbound::section_result>& booked,
                                                        ledger::transaction& into);

// A file that was handed on before, made once more in the staging folder of this route, under this name. False, and nothing is
// left there, when it is not the same any more: the settings are others than it was made with.
[[nodiscard]] result<bool> stage_again(desk& on, const config::route& way, const ledger::exchanged_file& file,
                                       byte_source& source, const std::string& staged, const routed& told);

// Of an attempt that is known to have come to nothing. What cannot be removed is by hand_over_all().
void drop_staged(desk& on, const std::vector<staged_route>& staged);

// Lies beside a staged file from before it is renamed until the ledger says that it was handed over: where this is and the file
// is not, it was. So a cut between the rename and the row is told apart from a folder that somebody replaced, even when the file
// was collected at once.
inline constexpr std::string_view mark_ending = ".leaving";
[[nodiscard]] std::filesystem::path mark_of(const std::filesystem::path& staged);

[[nodiscard]] bool is_unfinished(const ledger::handover_item& item);

// Where the file of a handover that is not finished is.
enum class whereabouts : std::uint8_t { staged, handed_over, elsewhere, nowhere };

struct unfinished_handover {
    ledger::handover_item item;
    routed told;
    whereabouts where{};
    std::filesystem::path lies_in;  // elsewhere: the staging folder of another route
};

[[nodiscard]] bool is_lost(const unfinished_handover& item);  // nowhere or elsewhere

struct unfinished_list {
    std::vector<unfinished_handover> found;
    std::vector<std::string> troubles;  // folders that could not be looked into
};
[[nodiscard]] result<unfinished_list> find_unfinished(const config::tenant& who, ledger::transaction& in,
                                                      filedrop::file_system& files);

// Those that wait in the folders of routes, by folder.
[[nodiscard]] std::vector<waiting_files> waiting_of(const config::tenant& who, const std::vector<unfinished_handover>& found);
[[nodiscard]] missing_file missing_of(const unfinished_handover& item);

// Renames each staged file that the ledger stands behind in this folder and with these bytes, notes what was handed over, and
// removes what attempts that came to nothing left. Files of claims that are being worked on stay. What did not succeed, a text
// for each: the next pass tries again, and nothing else waits for it. So are files with other bytes, files that lie nowhere or
// were made for a folder that is gone, and those that wait where a route led that is no longer in the configuration: where they
// belong now is for a person to say.
[[nodiscard]] std::vector<std::string> hand_over_all(desk& on);

}  // namespace brygga::intake::detail
