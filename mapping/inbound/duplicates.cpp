#include "mapping/inbound/duplicates.hpp"

#include <algorithm>

namespace brygga::inbound {

namespace {

bool by_amount_and_reference(const ledger::other_payment& a, const ledger::other_payment& b) noexcept {
    return std::tie(a.trace.amount_ore, a.trace.reference) < std::tie(b.trace.amount_ore, b.trace.reference);
}

}  // namespace

result<std::optional<ledger::known_deposit>> deposit_of_same_payments(const section_plan& section, ledger::transaction& before) {
    if (!section.repeats) return std::nullopt;
    auto found = before.deposit_of_payment(section.repeats->id);
    if (!found || !*found) return found;
    const ledger::known_deposit& earlier = **found;
    const bool numbers_differ =
        has_number(section.row.serial) && has_number(earlier.serial) && section.row.serial != earlier.serial;
    if (!same_money(section, earlier) || earlier.bankgiro != section.row.bankgiro ||
        earlier.payment_date != section.row.payment_date || numbers_differ)
        return std::nullopt;
    const auto payments = before.traces_of_deposit(earlier.id);
    if (!payments) return tl::unexpected(payments.error());
    if (!ledger::same_payments(*payments, section.traces) || ledger::references_differ(*payments, section.traces))
        return std::nullopt;
    return found;
}

result<bool> holds_other_payments(const ledger::known_deposit& earlier, const section_plan& section, bool both_camt,
                                  ledger::transaction& before) {
    const auto payments = before.traces_of_deposit(earlier.id);
    if (!payments) return tl::unexpected(payments.error());
    return ledger::references_differ(*payments, section.traces) ||
           (both_camt && ledger::numbers_differ(*payments, section.traces));
}

result<bool> payments_of_the_day::hold_some_of(const section_plan& section) {
    std::tuple wanted(section.row.bankgiro, section.row.payment_date, has_number(section.row.serial));
    if (wanted != asked_for_) {
        auto all = before_.payments_of_day(section.row.bankgiro, section.row.payment_date, format_, source_,
                                           has_number(section.row.serial));
        if (!all) return tl::unexpected(all.error());
        found_ = std::move(*all);
        std::erase_if(found_, [](const ledger::other_payment& each) { return each.trace.reference == 0; });
        std::sort(found_.begin(), found_.end(), by_amount_and_reference);
        asked_for_ = std::move(wanted);
    }
    return std::any_of(section.traces.begin(), section.traces.end(), [&](const ledger::payment_trace& each) {
        const auto [first, last] =
            std::equal_range(found_.begin(), found_.end(), ledger::other_payment{each, false}, by_amount_and_reference);
        // Of one source the bank's numbers are the same everywhere: two that differ are two payments.
        return each.reference != 0 && std::any_of(first, last, [&](const ledger::other_payment& known) {
                   return !known.same_source || each.number == 0 || known.trace.number == 0;
               });
    });
}

}  // namespace brygga::inbound
