// From an external file to the ledger: one mapping per format, chosen by format id. A mapping reads the file twice (first
// the verdict, then the rows) and writes through one transaction that the caller commits, so that postings and the file's
// "processed" mark become durable together.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/core/money.hpp"
#include "formats/core/ocr.hpp"
#include "formats/core/result.hpp"
#include "formats/core/text.hpp"
#include "formats/mail/message_ids.hpp"
#include "mapping/billing/terms.hpp"
#include "mapping/ledger/json_lines.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

struct receiver {
    std::string bankgiro;  // 7 or 8 digits
    ocr_agreement ocr;
    bool extended_slip_registration = false;
};

struct settings {
    std::vector<receiver> receivers;
    date today{};
    bool test_system = false;
    bool advance_covers_overdue = true;  // BILL-R23
    std::string autogiro_customer;       // our customer number at Bankgirot, 6 digits; empty: not known (AG-R06)
    std::string paying_bankgiro;         // that our LB payouts are drawn on, 7 or 8 digits; empty: none
    rule_policy policy;
    std::optional<encoding> force_encoding;
    ledger::import_options rows;                     // of formats whose records are rows of the import
    std::optional<billing::run_terms> runs = {};     // of [tenant.invoices]
    std::optional<mail::message_ids> messages = {};  // of the mail server that invoices go to
    // Called now and then with the number of bytes that are no longer looked at in this reading; the next reading begins
    // again at 0. For byte_source::release_before.
    std::function<void(std::size_t)> passed;
};

enum class section_state : std::uint8_t {
    booked,
    held,
    refused,
    already_there,  // the same deposit was booked from another channel (BgMax and camt in parallel)
};

struct section_result {
    std::uint32_t section_no{};
    std::string bankgiro, payment_date, serial, currency;
    std::int64_t amount_ore{};
    std::uint32_t payments{}, deductions{};
    std::uint32_t
        repeated{};  // of these, booked to suspense because an earlier payment may be the same (BGMAX-R62, R63, CAMT-R22)
    section_state state{};
    std::vector<std::string> reasons;  // rule ids
};

// What was booked in one currency, and for what.
struct booked_sums {
    ore_sum booked_ore, matched_ore, suspense_ore, advances_ore;
    ore_sum difference_ore;  // what the booked deposits are larger than their payments

    booked_sums& operator+=(const booked_sums& other) noexcept {
        booked_ore += other.booked_ore;
        matched_ore += other.matched_ore;
        suspense_ore += other.suspense_ore;
        advances_ore += other.advances_ore;
        difference_ore += other.difference_ore;
        return *this;
    }
};
using sums_by_currency = std::map<std::string, booked_sums, std::less<>>;  // currencies in which anything was booked

// What became of records that are no payments: "mandate active" 3.
using outcome_counts = std::map<std::string, std::uint64_t, std::less<>>;

struct logical_result {
    std::uint32_t logical_no{};
    bool accepted = false;
    ledger::row_id batch_id{};
    std::string already_in_file;  // name of the earlier file when BGMAX-R60 or CAMT-R20 refused this one
    std::vector<section_result> sections;
    // camt entries that are no receipts: not booked yet, outgoing (payouts of ours too), to no bankgiro, without payments
    std::uint64_t skipped{};
    std::uint64_t payments{}, deductions{};
    std::uint64_t matched{};    // wholly allocated to invoices, credits and advances
    std::uint64_t unmatched{};  // in suspense: unknown reference or no safe split
    std::uint64_t held{};       // imported to suspense by a rule of severity P
    std::uint64_t advances{};   // of all these: payments that left an advance
    sums_by_currency sums;
    outcome_counts outcomes;
    std::vector<finding> findings;
    std::uint64_t findings_total{};
};

struct file_result {
    std::string format;
    std::vector<logical_result> files;

    // archived: all booked. held: some section waits for a person. rejected: some logical file refused and nothing waits.
    [[nodiscard]] ledger::file_outcome outcome() const;
};

struct section_key {
    std::uint32_t logical_no{};
    std::uint32_t section_no{};

    [[nodiscard]] bool is_held_by(const ledger::hold& item) const noexcept {
        return item.subject == ledger::hold_subject::section && item.logical_no == logical_no && item.section_no == section_no;
    }
};

// A person's word on a section that waits: it is to be booked.
struct section_release {
    section_key section;
    // Deposits that were booked while it waited and might be the same money, of which the person says that they are not.
    std::vector<ledger::row_id> other_than;
};

class mapping {
 public:
    virtual ~mapping() = default;
    [[nodiscard]] virtual std::string_view format() const = 0;
    // Books what `bytes` says. `file` already has its id.
    [[nodiscard]] virtual result<file_result> book(std::string_view bytes, const ledger::exchanged_file& file,
                                                   const settings& with, ledger::transaction& into) const = 0;
    // Books this section of a file that came before, and nothing else of it. conflict when it may not be booked now, so when it
    // may be the same as a deposit that was booked while it waited.
    [[nodiscard]] virtual result<logical_result> book_released(std::string_view bytes, const ledger::exchanged_file& file,
                                                               const settings& with, const section_release& what,
                                                               ledger::transaction& into) const = 0;
};

// Nothing when no mapping reads this format into the ledger. A format whose records mean rows of the import (format::to_ledger)
// is read by them.
[[nodiscard]] const mapping* find_mapping(std::string_view format_id) noexcept;

}  // namespace brygga::inbound
