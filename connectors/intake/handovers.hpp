// What was booked and not handed on to the systems that read other formats: deposits that were left out, until a person has seen
// to them, and files that could not be handed over.
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

// Reads the folders of all routes that there are or ever were. Those that cannot be looked into are left to the intake to tell.
[[nodiscard]] result<std::vector<waiting_files>> files_to_hand_over(const tenant& who, ledger::transaction& in,
                                                                    filedrop::file_system& files);

// In a line, what an operator does about files without a route.
[[nodiscard]] std::string without_route(const waiting_files& item);

struct acknowledgement {
    std::string tenant;  // id in the configuration
    std::string file;    // claim id, file id or delivered name
    std::string actor;   // who has entered the deposits in the other system, or why it needs none of them; never logged
    std::string reason;  // likewise
};

// A person has seen to the deposits of this file that were not handed on: how many. Errors: not_found (tenant, file, or nothing
// of the file waits), invalid_argument (no actor or reason, or a name that several files have), and what the ledger says.
[[nodiscard]] result<std::uint64_t> acknowledge(const config& with, ledger::store& books, const options& how,
                                                const acknowledgement& what);

}  // namespace brygga::intake
