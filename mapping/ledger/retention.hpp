// What the kept originals are kept for, and which of them retention has removed (Bokföringslagen 7 kap. 2 §).
//
// The row of a removal is committed before the file goes. It is in force until the same bytes come, or are to be sent, once more:
// then they are kept anew.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/exchange.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

// One file that came or leaves, whose bytes are an original. Several may be of the same bytes.
struct original_use {
    row_id id{};  // of the exchanged or outgoing file
    std::string sha256;
    std::uint64_t size_bytes{};
    timestamp_ms newest_at{};  // it came, or a section of it was decided; it was queued, sent, answered or closed
    struct departure {
        std::string partner, folder;
        sending state{};  // the newest
    };
    std::optional<departure> leaves;  // nothing for a file that came
};

struct original_removal {
    row_id id{};
    std::string sha256;
    std::uint64_t size_bytes{};
    date kept_until{};  // the last day on which the rule kept it
    std::string rule;   // "originals_years = 7"
    timestamp_ms recorded_at{};
};

// Part of a transaction: commits and ends with it.
class retention_rows {
 public:
    virtual ~retention_rows() = default;

    // Files that came, then files that leave, each in the order of their ids.
    [[nodiscard]] virtual result<std::vector<original_use>> uses() = 0;
    [[nodiscard]] virtual result<std::vector<original_use>> uses_of(std::string_view sha256) = 0;
    // Of the files that came: those with a payment that still has money in suspense.
    [[nodiscard]] virtual result<std::vector<row_id>> files_in_suspense() = 0;
    // Sets the id; harmless to repeat while one of these bytes is in force. Logged as "original-removed".
    virtual result<void> add_removal(original_removal& item) = 0;
    // In force.
    [[nodiscard]] virtual result<std::optional<original_removal>> removal_of(std::string_view sha256) = 0;
    [[nodiscard]] virtual result<std::vector<original_removal>> removals() = 0;  // oldest first
};

}  // namespace brygga::ledger
