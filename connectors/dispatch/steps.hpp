// The places where a test may kill the process: options::at_step is called with each name as the work passes it. While a file
// is delivered, the steps of transfer/deliver.hpp besides.
#pragma once

#include <array>
#include <string_view>

namespace brygga::dispatch {

namespace step {
inline constexpr std::string_view claimed = "outbox-claimed";
inline constexpr std::string_view sealed = "outbox-sealed";  // only where a rule seals: written and read back
inline constexpr std::string_view kept = "outbox-kept";      // its bytes are among the originals
inline constexpr std::string_view queued = "outbox-queued";  // committed, and still in the outbox's own folder
// Of a file that is made from the ledger: its rows are written, it is sealed and read back, kept; not committed yet. Then it is.
inline constexpr std::string_view made = "made";
inline constexpr std::string_view made_written = "made-written";
inline constexpr std::string_view made_kept = "made-kept";
inline constexpr std::string_view made_queued = "made-queued";
inline constexpr std::string_view attempt = "attempt-noted";
inline constexpr std::string_view outcome = "outcome-noted";
}  // namespace step

inline constexpr std::array<std::string_view, 5> dispatch_steps = {step::claimed, step::kept, step::queued, step::attempt,
                                                                   step::outcome};
// Passed only by a file that is made from the ledger.
inline constexpr std::array<std::string_view, 4> made_steps = {step::made, step::made_written, step::made_kept,
                                                               step::made_queued};

}  // namespace brygga::dispatch
