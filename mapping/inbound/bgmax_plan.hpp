// Pass 1 of BgMax into the ledger: what the file holds and what may be booked, before anything is written.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/core/finding.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::inbound {

struct section_plan {
    ledger::deposit row;         // without ids; the date is meaningless unless has_date
    bool has_date = false;       // TK15 holds a real date
    std::uint64_t line{};        // of TK15
    bool has_amount = false;     // TK15 holds a real amount
    ore_sum counted_ore;         // payments less deductions, as counted
    std::uint32_t payments{}, deductions{};
    std::vector<std::string_view> held_by;  // rule ids of severity S, static, each once
};

// A rule of severity P on one payment.
struct payment_mark {
    std::uint32_t ordinal{};
    std::string_view rule;  // id, static
};

struct logical_plan {
    bgmax::logical_file file;
    std::vector<section_plan> sections;  // in order, section_no 1 first
    std::vector<payment_mark> marks;     // in order of ordinal
    finding_list reference_findings;     // REF-R02, R04, R06 (references.md section 4)
    finding_list ledger_findings;        // BGMAX-R60 to R63

    // The marks of one payment.
    [[nodiscard]] std::vector<payment_mark>::const_iterator marks_from(std::uint32_t ordinal) const;
};

// The receiver with this bankgiro; nothing when it is none of ours.
[[nodiscard]] const receiver* receiver_of(const settings& with, std::string_view bankgiro) noexcept;

[[nodiscard]] bgmax::read_options options_for(const settings& with);

// Reads the whole file once.
[[nodiscard]] std::vector<logical_plan> plan_bgmax(std::string_view bytes, const settings& with);

}  // namespace brygga::inbound
