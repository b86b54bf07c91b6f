// What was booked and not handed on to the systems that read other formats: deposits that were left out, until a person has seen
// to them, and files that could not be handed over. And a person's word on what else waits in the status.
//
//     for (const brygga::ledger::handover_item& each : *transaction->open_handovers())
//         for (const auto& deposit : brygga::intake::told_of(each).left_out)
//             std::puts(deposit.why.c_str());
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/intake/intake.hpp"
#include "connectors/intake/report.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::intake {

// What was handed on, and which deposits were left out.
[[nodiscard]] routed told_of(const ledger::handover_item& item);

// Files in the staging folder of a route that the ledger stands behind.
struct waiting_files {
    std::string to;  // format id
    std::filesystem::path folder;
    std::vector<std::string> names;  // in `folder`/.brygga
    bool has_route = false;          // in the configuration: the next intake hands them over. Otherwise they stay there.
};

// A file that was made for a system, and that nobody knows to have been handed over: its folder was moved, replaced or emptied.
struct missing_file {
    std::string to, claim;
    std::string file;  // its name in `folder`
    std::filesystem::path folder;
    std::filesystem::path lies_in;  // the staging folder of another route, empty: nowhere that is known
    std::uint64_t deposits{};       // in it
};

struct unfinished_files {
    std::vector<waiting_files> waiting;
    std::vector<missing_file> missing;
    std::vector<std::string> troubles;  // folders that could not be looked into
};

// Where the files are that the ledger does not know to have been handed over, in the folders of all routes that there are or
// were.
[[nodiscard]] result<unfinished_files> files_to_hand_over(const config::tenant& who, ledger::transaction& in,
                                                          filedrop::file_system& files);

// In a line, what an operator does about files without a route, and about one that is missing.
[[nodiscard]] std::string without_route(const waiting_files& item);
[[nodiscard]] std::string text_of(const missing_file& item);

// A person's word on files that are missing, or were handed over before.
struct handing_over {
    std::string tenant;     // id in the configuration
    std::string file;       // name in the route's folder, claim id, file id or delivered name
    bool received = false;  // the other system has it: nothing is handed over
    bool again = false;     // also one that was handed over
    std::string actor;      // who says so; kept in the ledger, never logged
    std::string reason;     // likewise
};

struct handing_over_outcome {
    std::vector<std::string> files;          // their names in the folder of the route
    std::vector<std::string> not_handed_on;  // what did not succeed; the next pass tries again
};

// Makes the file again from the archived original, where the configuration leads the route now, and hands it over; or takes it
// for received. Errors: busy (an intake is at work), not_found (tenant, file, or all of it was handed over), invalid_argument (no
// actor or reason, a name that several files have, or no such route), conflict (made again it is another file), and what ledger
// and originals say.
[[nodiscard]] result<handing_over_outcome> hand_over_again(const config::settings& with, ledger::store& books, const options& how,
                                                           const handing_over& what);

struct acknowledgement {
    std::string tenant;  // id in the configuration
    std::string file;    // claim id, file id or delivered name
    std::string actor;   // who has seen to it; never logged
    std::string reason;  // what was done; likewise
};

struct acknowledged {
    std::uint64_t deposits{};  // that were not handed on
    std::uint64_t notices{};   // gaps in sequence numbers before reports of the file, and totals of which no deposit is booked
};

// A person has seen to what waits of this file: how much. Errors: not_found (tenant, file, or nothing of the file waits),
// invalid_argument (no actor or reason, or a name that several files have), and what the ledger says.
[[nodiscard]] result<acknowledged> acknowledge(const config::settings& with, ledger::store& books, const options& how,
                                               const acknowledgement& what);

}  // namespace brygga::intake
