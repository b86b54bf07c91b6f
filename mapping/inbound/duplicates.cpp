#include "mapping/inbound/duplicates.hpp"

namespace brygga::inbound {

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

}  // namespace brygga::inbound
