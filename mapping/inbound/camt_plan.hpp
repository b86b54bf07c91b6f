// Pass 1 of camt into the ledger: which entries are deposits of ours and what may be booked, before anything is written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/core/reference_rules.hpp"
#include "formats/core/result.hpp"
#include "formats/iso20022/camt/reader.hpp"
#include "mapping/inbound/duplicates.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/inbound/sections.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

// Where the entry of a section stands.
struct entry_place {
    std::uint32_t container_no{};
    std::uint32_t entry_in_container{};
    std::size_t begin{};  // byte offset of the entry
    bool payable = true;  // the entry has an amount and payments, each with an amount in its currency
};

// An entry of a statement that says what was paid in, but not by whom.
struct total_plan {
    section_plan section;
    entry_place place;
};

struct camt_plan {
    explicit camt_plan(const rule_policy& policy)
        : file{{}, false, {}, {}, {}, {}, {}, {}, {}, {}, finding_list(camt::rules(), policy)},
          ledger_findings(camt::rules(), policy),
          reference_findings(reference_rules, policy) {}

    camt::message_file file;
    std::vector<section_plan> sections;  // in order of section_no, with gaps where entries are skipped
    std::vector<entry_place> places;     // of the sections, index by index
    std::vector<total_plan> totals;      // in order of section_no
    std::vector<payment_mark> marks;     // in order of ordinal
    std::uint64_t skipped{};             // entries that are no receipts
    bool books = false;                  // some container is no copy, and the message no camt.052
    compared_part compared;              // of the ledger, with what is looked up
    finding_list ledger_findings;        // CAMT-R20 to R22, and what is told of entries that are skipped or held here
    finding_list reference_findings;     // REF-R02, R04, R06 (references.md section 4)

    // Nothing when the entry is none of the sections.
    [[nodiscard]] section_plan* section_of(std::uint32_t section_no) noexcept;
    [[nodiscard]] const entry_place& place_of(const section_plan& section) const noexcept;
};

[[nodiscard]] camt::read_options options_for_camt(const settings& with);

// What a finding of the ledger points at.
struct camt_subject {
    const entry_place* place{};  // nothing for the whole message
    std::uint32_t section_no{};
    std::uint64_t line{};
    camt::payment_place payment;  // nowhere for the entry
    std::size_t offset{};
    std::string_view field;
    std::string_view serial;
};
// Returns whether the rule holds or refuses: a profile may have made it a warning, or it may be switched off.
bool report(camt_plan& plan, camt::rule which, severity level, const camt_subject& where, std::string found,
            std::string expected);

// Reads the whole message once, and looks its payments up in this part of the ledger.
[[nodiscard]] result<camt_plan> plan_camt(std::string_view bytes, const settings& with, const compared_part& part,
                                          ledger::transaction& before);

}  // namespace brygga::inbound
