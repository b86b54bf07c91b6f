#include "mapping/inbound/match_extras.hpp"

#include <algorithm>
#include <utility>

#include "formats/core/money.hpp"
#include "mapping/inbound/match_deduction.hpp"
#include "mapping/inbound/reasons.hpp"

namespace brygga::inbound {

namespace {

// References that Bankgirot calls correct: then the payment's own reference is one of those listed.
bool own_reference_listed(const ledger::payment& item) {
    return (item.reference_code == '2' || item.reference_code == '4') && !trimmed(item.reference).empty();
}

// The invoice with this reference in the payment's currency: the open one where there are several. Nothing when none or more
// than one could be meant.
result<std::optional<ledger::open_invoice>> one_invoice(std::string_view reference, std::string_view currency,
                                                        ledger::transaction& from) {
    if (trimmed(reference).empty()) return std::nullopt;
    auto found = from.invoices_with_reference(trimmed(reference));
    if (!found) return tl::unexpected(found.error());
    std::erase_if(*found, [&](const ledger::open_invoice& each) { return each.currency != currency; });
    if (found->size() > 1) std::erase_if(*found, [](const ledger::open_invoice& each) { return each.open_ore() <= 0; });
    if (found->size() != 1) return std::nullopt;
    return std::move(found->front());
}

// Keeps the invoices that the payment lists. False when a reference means none.
result<bool> keep_listed(const ledger::payment& item, ledger::transaction& from, settlement& into) {
    std::vector<std::string_view> listed;
    if (own_reference_listed(item)) listed.push_back(item.reference);
    for (const ledger::payment_reference& each : item.references)
        listed.push_back(each.reference);
    for (const std::string_view reference : listed) {
        auto found = one_invoice(reference, item.currency, from);
        if (!found) return tl::unexpected(found.error());
        if (!*found) return false;
        into.keep(std::move(**found));
    }
    return true;
}

result<void> match_listed(const ledger::payment& item, ledger::transaction& from, settlement& into) {
    auto all_known = keep_listed(item, from, into);
    if (!all_known) return tl::unexpected(all_known.error());
    std::int64_t open_ore = 0;
    for (const ledger::open_invoice& each : into.invoices)
        open_ore += each.open_ore();
    if (!*all_known || open_ore != item.amount_ore) {
        into.suspend(item.amount_ore, *all_known ? reason::sum_differs : reason::unknown_reference);
        return {};
    }
    std::int64_t left_ore = item.amount_ore;
    for (std::size_t i = 0; i < into.invoices.size(); ++i)
        left_ore = into.pay(i, left_ore, reason::stated_invoices);
    return {};
}

struct pending_surplus {
    std::size_t invoice{};
    std::int64_t amount_ore{};
};

result<void> match_stated(const ledger::payment& item, const match_rules& rules, ledger::transaction& from, settlement& into) {
    ore_sum stated;
    for (const ledger::payment_reference& part : item.references)
        stated += part.amount_ore;
    if (!(stated == item.amount_ore)) {  // BGMAX-R46 holds such a payment unless a profile lets it pass
        into.suspend(item.amount_ore, reason::sum_differs);
        return {};
    }
    std::vector<pending_surplus> surplus;  // spent last: it must not take what a later part pays
    for (const ledger::payment_reference& part : item.references) {
        if (part.amount_ore < 0) {
            auto used = use_stated_credit(part, item.currency, from, into);
            if (!used) return used;
            continue;
        }
        auto found = one_invoice(part.reference, item.currency, from);
        if (!found) return tl::unexpected(found.error());
        if (!*found) {
            into.suspend(part.amount_ore, reason::unknown_reference);
            continue;
        }
        const std::size_t invoice = into.keep(std::move(**found));
        const std::int64_t left_ore = into.pay(invoice, part.amount_ore, reason::stated_amount);
        if (left_ore != 0) surplus.push_back({invoice, left_ore});
    }
    for (const pending_surplus& each : surplus) {
        auto spent = spend_surplus(into, into.invoices[each.invoice].customer_id, each.amount_ore,
                                   {rules.advance_covers_overdue, item.value_date, item.currency}, from);
        if (!spent) return spent;
    }
    return {};
}

}  // namespace

result<void> match_extras(const ledger::payment& item, const match_rules& rules, ledger::transaction& from, settlement& into) {
    const bool stated = std::any_of(item.references.begin(), item.references.end(),
                                    [](const ledger::payment_reference& each) { return each.amount_ore != 0; });
    return stated ? match_stated(item, rules, from, into) : match_listed(item, from, into);
}

}  // namespace brygga::inbound
