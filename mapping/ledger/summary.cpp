#include "mapping/ledger/summary.hpp"

#include <algorithm>
#include <optional>

namespace brygga::ledger {

namespace {

// Moves the value of a successful query to its place; the first failure stays.
template <class Value>
void take(result<Value> found, Value& to, result<void>& so_far) {
    if (!so_far) return;
    if (found)
        to = std::move(*found);
    else
        so_far = tl::unexpected(std::move(found.error()));
}

result<std::string> name_or_nothing(transaction& from, row_id id) {
    if (id == 0) return std::string();
    auto found = from.name_of(id);
    if (!found) return tl::unexpected(std::move(found.error()));
    return found->value_or(std::string());
}

result<explained_entry> explain_entry(transaction& from, const entry& item) {
    auto source = name_or_nothing(from, item.source_id);
    if (!source) return tl::unexpected(std::move(source.error()));
    explained_entry told{item.id, item.kind, std::move(*source), item.value_date, item.corrects_id, {}};
    for (const posting& each : item.postings) {
        auto subject = name_or_nothing(from, each.subject_id);
        if (!subject) return tl::unexpected(std::move(subject.error()));
        told.postings.push_back(
            {each.to, each.amount_ore, each.currency, std::move(*subject), each.part_no, std::string(each.reason)});
    }
    return told;
}

}  // namespace

result<ledger_summary> summarize(transaction& from, std::size_t suspense_limit) {
    ledger_summary sums;
    result<void> done;
    take(from.account_sums(), sums.accounts, done);
    take(from.invoice_sums(), sums.invoices, done);
    take(from.advance_sums(), sums.advances, done);
    take(from.suspense(suspense_limit + 1), sums.suspense, done);
    take(from.undecided_holds(), sums.undecided, done);
    take(from.totals_without_deposit(max_totals + 1), sums.totals, done);
    take(from.number_gaps(max_gaps + 1), sums.gaps, done);
    if (!done) return tl::unexpected(std::move(done.error()));
    sums.suspense_cut = sums.suspense.size() > suspense_limit;
    if (sums.suspense_cut) sums.suspense.resize(suspense_limit);
    sums.totals_cut = sums.totals.size() > max_totals;
    if (sums.totals_cut) sums.totals.resize(max_totals);
    sums.gaps_cut = sums.gaps.size() > max_gaps;
    if (sums.gaps_cut) sums.gaps.resize(max_gaps);
    return sums;
}

result<explanation> explain(transaction& from, row_id id) {
    explanation told;
    std::optional<std::string> known;
    std::optional<std::string> facts;
    std::vector<entry> entries;
    result<void> done;
    take(from.name_of(id), known, done);
    take(from.facts_of(id), facts, done);
    take(from.holds_about(id, max_explained + 1), told.holds, done);
    take(from.skipped_about(id, max_explained + 1), told.skipped, done);
    take(from.reasons_of(id), told.reasons, done);
    take(from.entries_about(id, max_explained + 1), entries, done);
    if (!done) return tl::unexpected(std::move(done.error()));
    told.cut = std::max({told.holds.size(), told.skipped.size(), entries.size()}) > max_explained;
    if (told.skipped.size() > max_explained) told.skipped.resize(max_explained);
    if (told.holds.size() > max_explained) told.holds.resize(max_explained);
    if (entries.size() > max_explained) entries.resize(max_explained);
    for (const entry& each : entries) {
        auto entry_told = explain_entry(from, each);
        if (!entry_told) return tl::unexpected(std::move(entry_told.error()));
        told.entries.push_back(std::move(*entry_told));
    }
    if (!known && told.entries.empty()) return fail(error_code::not_found, "nothing in the ledger has the id " + format_id(id));
    told.name = known ? std::move(*known) : std::string(name(told.entries[0].kind)) + " entry of " + told.entries[0].source;
    told.facts = facts.value_or(std::string());
    return told;
}

}  // namespace brygga::ledger
