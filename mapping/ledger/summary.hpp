// What the books say, for the day report, `brygga status` and `brygga ledger why`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::ledger {

struct ledger_summary {
    std::vector<account_sum> accounts;     // debit positive; each currency sums to zero
    std::vector<invoice_totals> invoices;  // per currency
    std::vector<advance_totals> advances;  // per currency
    std::vector<suspense_item> suspense;   // oldest first, at most the limit asked for
    bool suspense_cut = false;             // there are more
    std::vector<held_item> undecided;
    std::vector<total_item> totals;  // of which no deposit is booked; at most max_totals, oldest first
    bool totals_cut = false;         // there are more
    std::vector<number_gap> gaps;    // at most max_gaps, oldest first
    bool gaps_cut = false;           // there are more
};

inline constexpr std::size_t max_totals = 1000;
inline constexpr std::size_t max_gaps = 1000;

inline constexpr std::size_t default_suspense_limit = 1000;

[[nodiscard]] result<ledger_summary> summarize(transaction& from, std::size_t suspense_limit = default_suspense_limit);

struct explained_posting {
    account to{};
    std::int64_t amount_ore{};  // debit positive
    std::string currency;
    std::string subject;  // natural name, "invoice 10002355"; empty for billing
    std::uint16_t part_no{};
    std::string reason;
};

struct explained_entry {
    row_id id{};
    entry_kind kind{};
    std::string source;  // natural name of what caused it
    date value_date{};
    row_id corrects_id{};
    std::vector<explained_posting> postings;
};

struct explanation {
    std::string name;                      // of the row asked about
    std::string facts;                     // what it is, a line; empty for an entry
    std::vector<held_item> holds;          // what was held of it, who decided and why
    std::vector<skipped_item> skipped;     // sections that came by another channel too and were not booked again
    std::vector<reason_sum> reasons;       // of a file, logical file or section: what its payments were used for
    std::vector<explained_entry> entries;  // oldest first
    bool cut = false;                      // there are more holds, skipped sections or entries
};

inline constexpr std::size_t max_explained = 1000;  // holds, skipped sections, and entries

// Everything that was posted because of this payment, invoice, credit note, advance, deposit (section), hold, decision, logical
// file, file, reservation or entry, or to it, and the decisions about it. Fails with not_found when no row has the id. Names and
// facts are made of document numbers, amounts, dates, batch identities and customer keys.
[[nodiscard]] result<explanation> explain(transaction& from, row_id id);

}  // namespace brygga::ledger
