// Names of batches and receipts (print-batch.md 2.2): "cpb_5561234567_inv_20261130_000123.zip" and "..._r2.xml".
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/core/date.hpp"
#include "formats/core/result.hpp"
#include "formats/print/batch/records.hpp"

namespace brygga::print::batch {

// What the Swedish clock showed when the batch was made. Nothing for a moment without zone or none at all.
[[nodiscard]] std::optional<std::chrono::sys_seconds> local_time_of(const header& of);

struct file_name {
    std::string org_number;  // 10 digits
    std::string flow;        // inv, rem, col, let, or pro for PROTECTED
    date day{};
    std::uint32_t sequence{};                     // at most max_sequence, increasing per sender, never reused
    std::optional<std::uint32_t> receipt_number;  // of a receipt, above 0

    [[nodiscard]] bool operator==(const file_name&) const = default;
};

inline constexpr std::uint32_t max_sequence = 999'999;

// Nothing for a name of any other form.
[[nodiscard]] std::optional<file_name> parse_file_name(std::string_view text);
[[nodiscard]] std::string format_file_name(const file_name& name);
// Of a batch. Fails with invalid_argument for a sequence beyond max_sequence or a header without its moment.
[[nodiscard]] result<file_name> file_name_of(const header& of, std::uint32_t sequence);

}  // namespace brygga::print::batch
