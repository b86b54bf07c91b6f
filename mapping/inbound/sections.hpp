// What every mapping does alike with a logical file once it is judged: results of its sections, holds, the difference between a
// deposit and its payments, refusals, log rows.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/core/money.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/inbound/matching.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

// A deposit with its payments, before anything is written.
struct section_plan {
    ledger::deposit row;      // without ids; the date is meaningless unless has_date
    bool has_date = false;    // the file holds a real date
    std::uint64_t line{};     // of TK15, or of the entry's beginning
    bool has_amount = false;  // the file holds a real amount
    ore_sum counted_ore;      // payments less deductions, as counted
    std::uint32_t payments{}, deductions{};
    ledger::payment_traces traces;                 // of its payments
    std::optional<ledger::known_payment> repeats;  // an earlier payment with the bank's number and the amount of one of them
    std::uint32_t repeated{};                      // payments that were booked to suspense because an earlier one may be the same
    std::vector<std::string_view> held_by;         // rule ids of severity S, static, each once
    std::string may_repeat;                        // what it may be once more, in words for a person; empty when nothing
    ledger::row_id may_be{};                       // the deposit that is meant; 0 when it is in the same file
    bool comes_back = false;      // money that had gone out and was given back to us: no receipt, though it looks like one
    ledger::row_id already_in{};  // the deposit, when another channel has booked it: nothing is booked, nobody need decide
};

// A rule of severity P on one payment.
struct payment_mark {
    std::uint32_t ordinal{};
    std::string_view rule;  // id, static
};

// What the section says of each of its payments.
struct section_facts {
    ledger::row_id batch_id{};
    ledger::row_id deposit_id{};
    std::string bankgiro;  // receiving, 7 or 8 digits
    std::string currency;
    date value_date{};  // TK15, ValDt
};

// What its payments are booked with.
struct open_section {
    section_facts facts;
    match_rules rules;
};
// Writes the deposit of a section that is booked now.
[[nodiscard]] result<open_section> begin_section(section_plan& section, ledger::row_id batch_id, const settings& with,
                                                 ledger::transaction& into);

// The receiver with this bankgiro; nothing when it is none of ours.
[[nodiscard]] const receiver* receiver_of(const settings& with, std::string_view bankgiro) noexcept;

void add_once(std::vector<std::string_view>& ids, std::string_view id);

// A booked deposit with the same key in another channel and of the same size: it came by that way already.
[[nodiscard]] bool same_money(const section_plan& section, const ledger::known_deposit& known) noexcept;

[[nodiscard]] section_result result_of(const section_plan& section, section_state state);
// Each section as booked, held or already there by its plan, or all as refused.
void tell_sections(std::span<const section_plan> sections, bool accepted, logical_result& into);
// Findings of the lists in this order: the few that must not drown come first.
void tell_findings(std::initializer_list<const finding_list*> lists, logical_result& into);

// Posts what a booked deposit is larger or smaller than its payments: the account at the bank has changed by the deposit,
// whatever its payments say. invalid_content when an amount cannot hold it.
[[nodiscard]] result<void> post_difference(const section_plan& section, ledger::transaction& into, logical_result& counts);

// One hold and one log row for each section that is held.
[[nodiscard]] result<void> hold_sections(std::span<const section_plan> sections, const ledger::exchanged_file& file,
                                         std::uint32_t logical_no, ledger::transaction& into);

// One row for each section that is already in a deposit of another channel, by which rule.
[[nodiscard]] result<void> record_skipped(std::span<const section_plan> sections, ledger::row_id batch_id, std::string_view rule,
                                          ledger::transaction& into);

// The log rows of a logical file whose findings are told.
[[nodiscard]] result<void> log_refused(const logical_result& told, const ledger::exchanged_file& file, ledger::transaction& into);
[[nodiscard]] result<void> log_accepted(const logical_result& told, const ledger::exchanged_file& file,
                                        ledger::transaction& into);

// The end of a release: what the section brought, the findings about it, the log row.
[[nodiscard]] result<void> tell_released(const section_plan& section, const section_release& by,
                                         std::initializer_list<const finding_list*> lists, ledger::transaction& into,
                                         logical_result& told);

// BGMAX-R38, CAMT-R16: money on another company's account, which no decision can bring here. conflict; else nothing.
[[nodiscard]] result<void> is_ours(const section_plan& section, const settings& with);

}  // namespace brygga::inbound
