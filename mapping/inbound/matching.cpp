#include "mapping/inbound/matching.hpp"

#include <algorithm>
#include <utility>

#include "mapping/inbound/match_deduction.hpp"
#include "mapping/inbound/match_extras.hpp"
#include "mapping/inbound/match_text.hpp"
#include "mapping/inbound/reasons.hpp"

namespace brygga::inbound {

namespace {

constexpr char ocr_code = '2';  // referenskod: Bankgirot has tested the reference under our agreement

surplus_policy policy_for(const ledger::payment& item, const match_rules& rules) {
    return {rules.advance_covers_overdue, item.value_date, item.currency};
}

result<void> spend_of_invoice(const ledger::payment& item, const match_rules& rules, ledger::transaction& from,
                              std::size_t invoice, std::int64_t left_ore, settlement& into) {
    if (left_ore == 0) return {};
    return spend_surplus(into, into.invoices[invoice].customer_id, left_ore, policy_for(item, rules), from);
}

bool one_customer(const std::vector<ledger::open_invoice>& invoices) {
    return std::all_of(invoices.begin(), invoices.end(),
                       [&](const ledger::open_invoice& each) { return each.customer_id == invoices.front().customer_id; });
}

// Several invoices carry the reference: the open ones decide.
result<void> pay_one_of_several(const ledger::payment& item, const match_rules& rules, ledger::transaction& from,
                                std::vector<ledger::open_invoice>&& found, std::string_view why, settlement& into) {
    const auto first_paid =
        std::stable_partition(found.begin(), found.end(), [](const ledger::open_invoice& each) { return each.open_ore() > 0; });
    const auto open = static_cast<std::size_t>(first_paid - found.begin());
    std::int64_t open_sum_ore = 0;
    for (std::size_t i = 0; i < open; ++i)
        open_sum_ore += found[i].open_ore();
    const bool all = open > 1 && open_sum_ore == item.amount_ore;
    if ((open > 1 && !all) || (open == 0 && !one_customer(found))) {
        into.suspend(item.amount_ore, reason::ambiguous_reference);
        return {};
    }
    std::int64_t left_ore = item.amount_ore;
    for (std::size_t i = 0; i < std::max<std::size_t>(open, 1); ++i)
        left_ore = into.pay(into.keep(std::move(found[i])), left_ore, why);
    return spend_of_invoice(item, rules, from, 0, left_ore, into);
}

// Exactly this reference stands on the invoices found.
result<void> match_by_reference(const ledger::payment& item, const match_rules& rules, ledger::transaction& from,
                                std::vector<ledger::open_invoice>&& found, settlement& into) {
    const std::string_view why = item.reference_code == ocr_code ? reason::ocr : reason::reference;
    found.erase(std::remove_if(found.begin(), found.end(),
                               [&](const ledger::open_invoice& each) { return each.currency != item.currency; }),
                found.end());
    if (found.empty()) {
        into.suspend(item.amount_ore, reason::other_currency);
        return {};
    }
    if (found.size() > 1) return pay_one_of_several(item, rules, from, std::move(found), why, into);
    const std::int64_t left_ore = into.pay(into.keep(std::move(found.front())), item.amount_ore, why);
    return spend_of_invoice(item, rules, from, 0, left_ore, into);
}

result<void> match_payment(const ledger::payment& item, const match_rules& rules, ledger::transaction& from, settlement& into) {
    const std::string_view reference = trimmed(item.reference);
    if (!reference.empty()) {
        auto found = from.invoices_with_reference(reference);
        if (!found) return tl::unexpected(found.error());
        if (!found->empty()) return match_by_reference(item, rules, from, std::move(*found), into);
        if (item.reference_code == ocr_code) {
            into.suspend(item.amount_ore, reason::unknown_reference);
            return {};
        }
    }
    auto left_ore = match_by_text(item, rules, from, into);
    if (!left_ore) return tl::unexpected(left_ore.error());
    return spend_of_invoice(item, rules, from, 0, *left_ore, into);
}

}  // namespace

result<void> match(const ledger::payment& item, const match_rules& rules, ledger::transaction& from, settlement& into) {
    into.clear();
    if (item.kind == ledger::payment_kind::deduction) return match_deduction(item, rules, from, into);
    if (!item.references.empty()) return match_extras(item, rules, from, into);
    return match_payment(item, rules, from, into);
}

}  // namespace brygga::inbound
