// Removing what is done with, kind by kind, when the configuration's [retention] says so.
//
//     const auto report = brygga::retention::retain(*with, **books, how, brygga::retention::extent::all);
//
// What waits for anybody stays whatever its age: held sections, money in suspense, deposits that were left out of a handover,
// files that are to be handed over or sent, or that failed, were rejected, or wait for their answer, notices nobody has seen to.
//
// An original is removed when every use of its bytes, of every company of the ledger, is done with. Each of these companies first
// gets a row of its own (ledger/retention.hpp); the file goes after that, while nobody can write to the ledger. Killed at any
// point, the next call removes what the rows say. A copy in archive/ or rejected/ is removed when it is known by its receipt's
// claim, holds the bytes that the ledger knows, and its original is proved. Whatever else lies there is left alone.
#pragma once

#include <array>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/config/settings.hpp"
#include "connectors/intake/intake.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::retention {

namespace step {
inline constexpr std::string_view removal_noted = "removal-noted";        // rows of one company committed, no file gone
inline constexpr std::string_view original_removed = "original-removed";  // one file is gone
inline constexpr std::string_view copy_removed = "copy-removed";          // its receipt is still there
inline constexpr std::string_view copy_cleared = "copy-cleared";          // its receipt is gone too
}  // namespace step

inline constexpr std::array<std::string_view, 4> retention_steps = {step::removal_noted, step::original_removed,
                                                                    step::copy_removed, step::copy_cleared};

enum class kind : std::uint8_t { originals, archive, rejected };
inline constexpr std::array<kind, 3> kinds = {kind::originals, kind::archive, kind::rejected};
[[nodiscard]] std::string_view name(kind of) noexcept;

struct amount {
    std::uint64_t files{};  // without receipts
    std::uint64_t bytes{};  // plain, without receipts
};

struct kind_report {
    std::string tenant;
    kind what{};
    // Originals: those of which this company's ledger got a row now; one that others use too goes when they all have theirs.
    amount removed;
    std::uint64_t unknown{};  // names in the folder that are no known file or receipt, kept; not of originals
};

struct trouble {
    std::string tenant;  // empty: of all
    kind what{};
    error why;  // no file names
};

struct retention_report {
    std::vector<kind_report> kinds;     // of those that the configuration speaks of, by tenant
    amount originals;                   // that are gone from their folder
    std::uint64_t unknown_originals{};  // names there that no company's ledger knows, kept
    std::vector<trouble> troubles;      // what was left for the next time, one for each
    [[nodiscard]] bool busy() const;    // others were at work: soon again will do
};

enum class extent : std::uint8_t { all, nothing };  // nothing: only tells what would be removed

// Heeds a stop between files. One file's fault does not stop the others.
[[nodiscard]] retention_report retain(const config::settings& with, ledger::store& books, const intake::options& how, extent what,
                                      const std::stop_token& stop = {});

}  // namespace brygga::retention
