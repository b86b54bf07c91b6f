// The receipt: what became of a delivered file, as one JSON object in NAME.receipt.json beside it and in the ledger.
//
//     {"receipt": 1, "claim": "...", "file_id": "...", "tenant": "nat", "received_at": "2026-03-02T16:30:05Z",
//      "size_bytes": 810, "sha256": "...", "format": "bgmax", "profile": null, "outcome": "held", "reasons": ["BGMAX-R32"],
//      "first_delivery": {"claim": "...", "received_at": "..."},       only when the same content came before
//      "totals": {...},                                                report.hpp; of the delivery, before any decision
//      "logical_files": [{"logical_no": 1, "accepted": true, "batch": "...", "totals": {...}, "findings_total": 1,
//                         "sections": [{"section_no": 1, "state": "held", "reasons": ["BGMAX-R32"], ...}],
//                         "findings": [{"rule": "BGMAX-R32", ...}]}],
//      "routes": [{"to": "bgmax", "file": "CLAIM.bgmax", "sha256": "...", "sections": 1,
//                  "left_out": [{"section_no": 2, "bankgiro": "9912346", "payment_date": "2026-03-02", "serial": "00042",
//                                "currency": "SEK", "amount_ore": ..., "why": "..."}],
//                  "notes_total": 0, "notes": [], "error": ""}],       only with routes that take the format
//      "decisions": [{"logical_no": 1, "section_no": 1, "verdict": "released", "amount_ore": ..., "counted_ore": ...,
//                     "payments": 1, "deductions": 0,                 what a release added to the totals
//                     "routes": [...]}]}                              and what was handed on of it, as above
//
// It holds no personal data: personal findings are masked, the delivered name is told by the file beside it, and who decided
// and why stays in the ledger.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/intake/report.hpp"
#include "formats/core/result.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::intake {

// Why a file was rejected before any rule of a format could speak.
namespace reason {
inline constexpr std::string_view empty = "empty";
inline constexpr std::string_view blank = "blank";    // blanks, line ends and byte order mark only
inline constexpr std::string_view binary = "binary";  // holds NUL or mostly control characters
inline constexpr std::string_view unknown_format = "unknown-format";
inline constexpr std::string_view not_imported = "not-imported";  // a known format that no mapping brings into the ledger
inline constexpr std::string_view not_readable = "not-readable";  // the mapping gave up: the receipt's "error" says why
}  // namespace reason

inline constexpr std::size_t max_receipt_bytes = std::size_t{64} << 20;

struct first_delivery {
    std::string claim;
    std::string received_at;
};

struct receipt_input {
    std::string_view tenant;
    const ledger::exchanged_file* file{};   // all but its receipt is set
    const inbound::file_result* content{};  // null when no mapping has read it
    std::vector<std::string> reasons;       // of a file that no mapping has read
    std::string error;                      // why the mapping gave up
    std::optional<first_delivery> first;
    std::vector<routed> routes;
    ledger::log_head log;  // the ledger's log when the receipt was made: `brygga verify --head` proves that it still has that row
};

[[nodiscard]] std::string make_receipt(const receipt_input& from);

// The receipt with the decisions of people, what was handed on because of them, and the folder it lies in now. The same rows give
// the same text.
[[nodiscard]] std::string with_decisions(std::string_view receipt, ledger::file_outcome now,
                                         const std::vector<ledger::held_item>& holds,
                                         const std::vector<ledger::handover_item>& handovers);

// What a pass reports of a file, from its receipt (name is empty: a receipt does not know it). invalid_content when the
// text is no receipt of ours.
[[nodiscard]] result<file_report> read_receipt(std::string_view text);

// Where the file belongs: held while some section waits; then rejected if a section or logical file was refused, else
// archived.
[[nodiscard]] ledger::file_outcome place_of(const ledger::exchanged_file& file, const std::vector<ledger::held_item>& holds);

}  // namespace brygga::intake
