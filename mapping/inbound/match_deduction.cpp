#include "mapping/inbound/match_deduction.hpp"

#include <algorithm>
#include <utility>

#include "formats/core/money.hpp"
#include "mapping/inbound/reasons.hpp"

namespace brygga::inbound {

namespace {

// The credit notes with this reference in this currency; of several only those with something left.
result<std::vector<ledger::open_credit>> credits_meant(std::string_view reference, std::string_view currency,
                                                       ledger::transaction& from) {
    if (trimmed(reference).empty()) return std::vector<ledger::open_credit>{};
    auto found = from.credits_with_reference(trimmed(reference));
    if (!found) return found;
    std::erase_if(*found, [&](const ledger::open_credit& each) { return each.currency != currency; });
    if (found->size() > 1) std::erase_if(*found, [](const ledger::open_credit& each) { return each.open_ore <= 0; });
    return found;
}

std::string_view why_used(char deduction_code) {
    switch (deduction_code) {
        case '1':
        case ledger::unknown_deduction:
            return reason::credit_part;
        case '2':
            return reason::credit_final;
        default:
            return reason::credit_whole;  // 0, and what BGMAX-R51 reads as 0
    }
}

// Returns false when the one credit note that is meant cannot be told.
result<bool> use_credit(std::string_view reference, std::int64_t amount_ore, std::string_view currency, std::string_view why,
                        ledger::transaction& from, settlement& into) {
    auto found = credits_meant(reference, currency, from);
    if (!found) return tl::unexpected(found.error());
    if (found->size() != 1) return false;
    const std::int64_t missing_ore = into.use(into.keep(std::move(found->front())), amount_ore, why);
    if (missing_ore != 0) into.suspend(-missing_ore, reason::credit_residual_mismatch);
    return true;
}

// The deduction's own references: listed with amounts each is used for its amount, without they must be open for exactly
// the deduction together.
result<void> match_listed_credits(const ledger::payment& item, ledger::transaction& from, settlement& into) {
    const bool stated = std::any_of(item.references.begin(), item.references.end(),
                                    [](const ledger::payment_reference& each) { return each.amount_ore != 0; });
    ore_sum sum;
    for (const ledger::payment_reference& each : item.references)
        sum += each.amount_ore;
    if (stated && !(sum == item.amount_ore)) {  // BGMAX-R46 holds such a deduction unless a profile lets it pass
        into.suspend(-item.amount_ore, reason::sum_differs);
        return {};
    }
    std::int64_t open_ore = 0;
    for (const ledger::payment_reference& each : item.references) {
        auto found = credits_meant(each.reference, item.currency, from);
        if (!found) return tl::unexpected(found.error());
        if (found->size() != 1 || each.amount_ore < 0) {
            into.clear();
            into.suspend(-item.amount_ore, reason::unknown_credit_note);
            return {};
        }
        const std::size_t credits = into.credits.size();
        const std::size_t credit = into.keep(std::move(found->front()));
        if (into.credits.size() != credits) open_ore += into.credits[credit].open_ore;
        if (!stated) continue;
        const std::int64_t missing_ore = into.use(credit, each.amount_ore, reason::stated_amount);
        if (missing_ore != 0) into.suspend(-missing_ore, reason::credit_residual_mismatch);
    }
    if (stated) return {};
    if (open_ore != item.amount_ore) {
        into.suspend(-item.amount_ore, reason::sum_differs);
        return {};
    }
    std::int64_t left_ore = item.amount_ore;
    for (std::size_t i = 0; i < into.credits.size(); ++i)
        left_ore = into.use(i, left_ore, why_used(item.deduction_code));
    return {};
}

}  // namespace

result<void> match_deduction(const ledger::payment& item, const match_rules&, ledger::transaction& from, settlement& into) {
    if (!item.references.empty()) return match_listed_credits(item, from, into);
    auto used = use_credit(item.reference, item.amount_ore, item.currency, why_used(item.deduction_code), from, into);
    if (!used) return tl::unexpected(used.error());
    if (!*used) {
        into.suspend(-item.amount_ore, reason::unknown_credit_note);
        return {};
    }
    if (item.deduction_code == ledger::unknown_deduction) return {};
    const bool nothing_left = into.credits.front().open_ore == 0;
    const bool part = item.deduction_code == '1';
    if (part == nothing_left) into.report(reason::credit_residual_mismatch);
    return {};
}

result<void> use_stated_credit(const ledger::payment_reference& part, std::string_view currency, ledger::transaction& from,
                               settlement& into) {
    auto used = use_credit(part.reference, -part.amount_ore, currency, reason::stated_amount, from, into);
    if (!used) return tl::unexpected(used.error());
    if (!*used) into.suspend(part.amount_ore, reason::unknown_credit_note);
    return {};
}

}  // namespace brygga::inbound
