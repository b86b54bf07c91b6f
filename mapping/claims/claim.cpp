#include "mapping/claims/claim.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace brygga::claims {

namespace {

using ledger::account;
using ledger::entry;
using ledger::entry_kind;

constexpr std::size_t most_entries = 10'000;  // of one invoice

const entry* entry_with(ledger::row_id id, const std::vector<entry>& all) {
    const auto found = std::find_if(all.begin(), all.end(), [id](const entry& each) { return each.id == id; });
    return found == all.end() ? nullptr : &*found;
}

// Of the payment that a person matched later: its own day counts.
result<date> day_of_match(const entry& item, ledger::transaction& in) {
    for (const ledger::posting& each : item.postings) {
        if (each.to != account::suspense) continue;
        const auto payment = in.find_payment(each.subject_id);
        if (!payment) return tl::unexpected(payment.error());
        if (*payment) return (*payment)->value_date;
    }
    return item.value_date;
}

// On which the money came, or was found not to have come.
result<date> day_of(const entry& item, const std::vector<entry>& all, ledger::transaction& in) {
    if (item.kind == entry_kind::match) return day_of_match(item, in);
    const entry* const corrected = item.corrects_id == 0 ? nullptr : entry_with(item.corrects_id, all);
    return corrected == nullptr ? item.value_date : day_of(*corrected, all, in);
}

bool lowers_from_the_start(entry_kind kind) noexcept {
    return kind == entry_kind::invoice || kind == entry_kind::credit_note;
}

std::int64_t on_part(const entry& item, ledger::row_id invoice_id, std::uint16_t part_no) {
    std::int64_t ore = 0;
    for (const ledger::posting& each : item.postings)
        if (each.to == account::receivable && each.subject_id == invoice_id && each.part_no == part_no) ore += each.amount_ore;
    return ore;
}

bool is_owed(const ledger::open_part& part) noexcept {
    return part.open_ore > 0 && !part.is_disputed;
}

}  // namespace

result<std::vector<capital_from>> capital_of(ledger::row_id invoice_id, std::uint16_t part_no, ledger::transaction& in) {
    const auto all = in.entries_about(invoice_id, most_entries);
    if (!all) return tl::unexpected(all.error());
    if (all->size() == most_entries)
        return fail(error_code::limit_exceeded, fmt::format("invoice {} has too many entries", ledger::format_id(invoice_id)));
    std::map<date, std::int64_t> changes;
    for (const entry& each : *all) {
        const std::int64_t ore = on_part(each, invoice_id, part_no);
        if (ore == 0) continue;
        if (lowers_from_the_start(each.kind)) {
            changes[date{}] += ore;
            continue;
        }
        const auto day = day_of(each, *all, in);
        if (!day) return tl::unexpected(day.error());
        changes[date{std::chrono::sys_days{*day} + std::chrono::days{1}}] += ore;
    }
    std::vector<capital_from> out;
    std::int64_t ore = 0;
    for (const auto& [day, change] : changes)
        out.push_back({day, ore += change});
    return out;
}

result<invoice_interest> interest_of(const ledger::open_invoice& invoice, date to, const interest_terms& terms,
                                     const rate_table& rates, ledger::transaction& in) {
    invoice_interest out;
    for (const ledger::open_part& each : invoice.parts) {
        const auto capital = capital_of(invoice.id, each.part.part_no, in);
        if (!capital) return tl::unexpected(capital.error());
        auto accrued = interest_on(*capital, invoice.due_date, to, terms, rates);
        if (!accrued) return tl::unexpected(std::move(accrued.error()));
        out.ore += accrued->ore;
        out.parts.push_back({each, std::move(*accrued)});
    }
    return out;
}

std::vector<agency_case> agency_cases(const ledger::open_invoice& invoice) {
    std::set<ledger::utility> utilities;
    for (const ledger::open_part& each : invoice.parts)
        utilities.insert(each.part.kind);
    std::vector<agency_case> out;
    for (const ledger::open_part& each : invoice.parts) {
        if (!is_owed(each)) continue;
        if (utilities.size() == 1)
            out.push_back({std::string(name(each.part.kind)), {}});
        else if (out.empty())
            out.push_back({"OV", {}});
        out.back().debts.push_back(each.part.part_no);
    }
    return out;
}

std::vector<std::uint16_t> parts_to_cut(const ledger::open_invoice& invoice) {
    std::vector<std::uint16_t> out;
    for (const ledger::open_part& each : invoice.parts)
        if (is_owed(each) && each.part.kind != ledger::utility::RE) out.push_back(each.part.part_no);
    return out;
}

}  // namespace brygga::claims
