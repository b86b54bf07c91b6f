// The places where a test may kill the process: options::at_step is called with each name as the work passes it.
#pragma once

#include <array>
#include <string_view>

namespace brygga::intake {

namespace step {
inline constexpr std::string_view found = "found";      // listed in the inbox
inline constexpr std::string_view whole = "whole";      // no longer growing
inline constexpr std::string_view claimed = "claimed";  // in work/
inline constexpr std::string_view fingerprinted = "fingerprinted";
inline constexpr std::string_view original_kept = "original-kept";
inline constexpr std::string_view sniffed = "sniffed";
inline constexpr std::string_view staged = "staged";          // converted for a route, not yet handed over
inline constexpr std::string_view booking = "booking";        // transaction open
inline constexpr std::string_view booked = "booked";          // rows written
inline constexpr std::string_view file_added = "file-added";  // all written, nothing durable
inline constexpr std::string_view committed = "committed";
inline constexpr std::string_view receipt_written = "receipt-written";
inline constexpr std::string_view leaving = "leaving";                // marked as about to be handed over
inline constexpr std::string_view handed_over = "handed-over";        // in the folder of its route
inline constexpr std::string_view handover_noted = "handover-noted";  // in the ledger, the mark not yet away
inline constexpr std::string_view moved = "moved";

inline constexpr std::string_view decision_made = "decision-made";  // hold decided, nothing durable
inline constexpr std::string_view decision_booked = "decision-booked";
inline constexpr std::string_view decision_committed = "decision-committed";
inline constexpr std::string_view decision_receipt_written = "decision-receipt-written";
inline constexpr std::string_view decision_moved = "decision-moved";
inline constexpr std::string_view decision_cleared = "decision-cleared";  // the old receipt is gone from held/

inline constexpr std::string_view rebuild_moved = "rebuild-moved";  // back in work/, the old receipt still there
}  // namespace step

// In the order in which one file passes them.
inline constexpr std::array<std::string_view, 12> intake_steps = {
    step::found,   step::whole,  step::claimed,    step::fingerprinted, step::original_kept,   step::sniffed,
    step::booking, step::booked, step::file_added, step::committed,     step::receipt_written, step::moved};

// Passed besides by files that a route takes.
inline constexpr std::array<std::string_view, 4> route_steps = {step::staged, step::leaving, step::handed_over,
                                                                step::handover_noted};

// In the order in which a decision that ends the waiting of a file passes them.
inline constexpr std::array<std::string_view, 6> decision_steps = {step::decision_made,      step::decision_booked,
                                                                   step::decision_committed, step::decision_receipt_written,
                                                                   step::decision_moved,     step::decision_cleared};

}  // namespace brygga::intake
