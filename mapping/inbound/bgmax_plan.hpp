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
#include "formats/core/result.hpp"
#include "mapping/inbound/duplicates.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/inbound/sections.hpp"
#include "mapping/ledger/model.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

struct logical_plan {
    bgmax::logical_file file;
    std::vector<section_plan> sections;  // in order, section_no 1 first
    std::vector<payment_mark> marks;     // in order of ordinal
    finding_list reference_findings;     // REF-R02, R04, R06 (references.md section 4)
    finding_list ledger_findings;        // BGMAX-R60 to R63
    compared_part compared;              // of the ledger, with what is looked up

    // The marks of one payment.
    [[nodiscard]] std::vector<payment_mark>::const_iterator marks_from(std::uint32_t ordinal) const;
};

[[nodiscard]] bgmax::read_options options_for(const settings& with);

// Reads the whole file once, and looks its payments up among those that other formats brought into this part of the ledger.
[[nodiscard]] result<std::vector<logical_plan>> plan_bgmax(std::string_view bytes, const settings& with,
                                                           const compared_part& part, ledger::transaction& before);

}  // namespace brygga::inbound
