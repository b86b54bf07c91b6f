// Delivered files once more: one that was rejected and can be taken now, and the files of a day that the ledger has lost.
#pragma once

#include <string>
#include <vector>

#include "connectors/intake/intake.hpp"
#include "formats/core/date.hpp"

namespace brygga::intake {

// Lays the original of a rejected file into the inbox again, where the next pass takes it as a new delivery: after a deviation
// profile was added, a bankgiro number configured, or a fault of ours mended. `file` is its claim id, file id or delivered name.
// Returns its name in the inbox. Errors: not_found (tenant or file), invalid_argument (a name that several files have), conflict
// (it was not rejected: what it brought is in the ledger or waits for a decision), and what ledger, originals and folders say.
[[nodiscard]] result<std::string> replay(const config::settings& with, ledger::store& books, const options& how,
                                         std::string_view tenant, std::string_view file);

struct rebuilt_day {
    std::uint64_t known{};               // files of the day that the ledger has
    std::vector<std::string> taken;      // claims: from archive/, held/ or rejected/ back to work/, for the next pass
    std::vector<std::string> handed_on;  // claims left where they are: a route has handed them on, and would do so again
    std::vector<std::string> foreign;    // receipts that cannot be read, or whose file is gone, has other bytes or belongs
                                         // elsewhere (its decision was lost); they stay
};

// After the ledger was restored from a backup: what came on that Swedish day and is not in it goes back to work/ under its own
// claim, and the next pass books it as if it had been cut off before. It goes by the receipts in archive/, held/ and rejected/.
// Decisions on what was held are made anew. Errors: not_found (tenant), busy (an intake is at work), and what ledger and folders
// say.
struct day_to_rebuild {
    std::string tenant;  // id in the configuration
    date day{};
    bool hand_on_again = false;  // also what a route has handed on: its receiver must not read it twice
    bool dry = false;            // only tells
};
[[nodiscard]] result<rebuilt_day> rebuild(const config::settings& with, ledger::store& books, const options& how,
                                          const day_to_rebuild& what);

}  // namespace brygga::intake
