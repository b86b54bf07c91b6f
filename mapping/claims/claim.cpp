#include "mapping/claims/claim.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "mapping/ledger/allocation.hpp"

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

// Of the payment that a person matched later: its own day counts. Of advances that were used: the day on which the last came.
result<date> day_of_money(const entry& item, ledger::transaction& in) {
    std::optional<date> came;
    for (const ledger::posting& each : item.postings) {
        if (each.to == account::suspense) {
            const auto payment = in.find_payment(each.subject_id);
            if (!payment) return tl::unexpected(payment.error());
            if (*payment) came = std::max(came.value_or(date{}), (*payment)->value_date);
        }
        if (each.to == account::advance && each.amount_ore > 0) {
            const auto advance = in.find_advance(each.subject_id);
            if (!advance) return tl::unexpected(advance.error());
            if (*advance) came = std::max(came.value_or(date{}), (*advance)->value_date);
        }
    }
    return came.value_or(item.value_date);
}

// On which the money came, or was found not to have come.
result<date> day_of(const entry& item, const std::vector<entry>& all, ledger::transaction& in) {
    const entry* of = &item;
    for (const entry* corrected = of; corrected != nullptr; corrected = entry_with(corrected->corrects_id, all))
        of = corrected;
    return of->kind == entry_kind::match || of->kind == entry_kind::advance_use ? day_of_money(*of, in)
                                                                                : result<date>(of->value_date);
}

// What credit notes of this very part give in an entry: the debt was never that large.
result<std::int64_t> credited_in(const entry& item, std::string_view invoice, const ledger::invoice_part& part,
                                 ledger::transaction& in) {
    std::int64_t ore = 0;
    for (const ledger::posting& each : item.postings) {
        if (each.to != account::credit_note || each.amount_ore <= 0) continue;
        const auto credit = in.find_credit_note(each.subject_id);
        if (!credit) return tl::unexpected(credit.error());
        const bool is_of_part = *credit && (*credit)->invoice_number == invoice && (*credit)->kind == part.kind &&
                                (*credit)->supply_point == part.supply_point;
        if (is_of_part) ore += each.amount_ore;
    }
    return ore;
}

std::int64_t on_part(const entry& item, ledger::row_id invoice_id, std::uint16_t part_no) {
    std::int64_t ore = 0;
    for (const ledger::posting& each : item.postings)
        if (each.to == account::receivable && each.subject_id == invoice_id && each.part_no == part_no) ore += each.amount_ore;
    return ore;
}

constexpr date from_the_start{};

// How much the part changes from each day on.
result<std::map<date, std::int64_t>> changes_of(const ledger::open_invoice& invoice, const ledger::invoice_part& part,
                                                const std::vector<entry>& all, ledger::transaction& in) {
    std::map<date, std::int64_t> out;
    for (const entry& each : all) {
        std::int64_t ore = on_part(each, invoice.id, part.part_no);
        if (ore == 0) continue;
        if (each.kind == entry_kind::invoice || each.kind == entry_kind::credit_note) {
            out[from_the_start] += ore;
            continue;
        }
        const auto credited = credited_in(each, invoice.number, part, in);
        if (!credited) return tl::unexpected(credited.error());
        const std::int64_t never_owed = std::clamp<std::int64_t>(*credited, 0, std::max<std::int64_t>(0, -ore));
        out[from_the_start] -= never_owed;
        ore += never_owed;
        if (ore == 0) continue;
        const auto day = day_of(each, all, in);
        if (!day) return tl::unexpected(day.error());
        out[date{std::chrono::sys_days{*day} + std::chrono::days{1}}] += ore;
    }
    return out;
}

// Parts in credit lower the others, pro rata over what these have.
std::vector<std::int64_t> without_credit(std::vector<std::int64_t> open_ore) {
    std::int64_t credit_ore = 0;
    std::vector<ledger::open_part> owed(open_ore.size());
    for (std::size_t i = 0; i != open_ore.size(); ++i) {
        owed[i].open_ore = std::max<std::int64_t>(0, open_ore[i]);
        credit_ore -= std::min<std::int64_t>(0, open_ore[i]);
    }
    const std::vector<std::int64_t> taken = ledger::share(credit_ore, owed);
    for (std::size_t i = 0; i != open_ore.size(); ++i)
        open_ore[i] = owed[i].open_ore - taken[i];
    return open_ore;
}

bool is_owed(const ledger::open_part& part) noexcept {
    return part.open_ore > 0 && !part.is_disputed;
}

}  // namespace

result<std::vector<std::vector<capital_from>>> capital_of(const ledger::open_invoice& invoice, ledger::transaction& in) {
    const auto all = in.entries_about(invoice.id, most_entries);
    if (!all) return tl::unexpected(all.error());
    if (all->size() == most_entries)
        return fail(error_code::limit_exceeded, fmt::format("invoice {} has too many entries", ledger::format_id(invoice.id)));
    std::vector<std::map<date, std::int64_t>> changes;
    std::set<date> days;
    for (const ledger::open_part& each : invoice.parts) {
        auto of_part = changes_of(invoice, each.part, *all, in);
        if (!of_part) return tl::unexpected(std::move(of_part.error()));
        for (const auto& [day, ore] : *of_part)
            days.insert(day);
        changes.push_back(std::move(*of_part));
    }
    std::vector<std::vector<capital_from>> out(invoice.parts.size());
    std::vector<std::int64_t> open_ore(invoice.parts.size(), 0);
    for (const date day : days) {
        for (std::size_t i = 0; i != changes.size(); ++i)
            if (const auto change = changes[i].find(day); change != changes[i].end()) open_ore[i] += change->second;
        const std::vector<std::int64_t> capital = without_credit(open_ore);
        for (std::size_t i = 0; i != capital.size(); ++i)
            if (out[i].empty() || out[i].back().ore != capital[i]) out[i].push_back({day, capital[i]});
    }
    return out;
}

result<invoice_interest> interest_of(const ledger::open_invoice& invoice, date to, const interest_terms& terms,
                                     const rate_table& rates, ledger::transaction& in) {
    const auto capital = capital_of(invoice, in);
    if (!capital) return tl::unexpected(capital.error());
    invoice_interest out;
    for (std::size_t i = 0; i != invoice.parts.size(); ++i) {
        auto accrued = interest_on((*capital)[i], invoice.due_date, to, terms, rates);
        if (!accrued) return tl::unexpected(std::move(accrued.error()));
        out.ore += accrued->ore;
        out.parts.push_back({invoice.parts[i], std::move(*accrued)});
    }
    return out;
}

std::vector<agency_case> agency_cases(const ledger::open_invoice& invoice) {
    if (invoice.open_ore() <= 0) return {};
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
    if (invoice.open_ore() <= 0) return {};
    std::vector<std::uint16_t> out;
    for (const ledger::open_part& each : invoice.parts)
        if (is_owed(each) && each.part.kind != ledger::utility::RE) out.push_back(each.part.part_no);
    return out;
}

}  // namespace brygga::claims
