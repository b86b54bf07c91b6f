#include "connectors/config/import_options.hpp"

#include "mapping/billing/receipts.hpp"
#include "mapping/protection/protection.hpp"

namespace brygga::config {

namespace {

// What the company's references must pass: known when all its bankgiros agree.
ocr_agreement common_agreement(const tenant& who) {
    if (who.receivers.empty()) return {};
    const ocr_agreement& first = who.receivers.front().ocr;
    for (const inbound::receiver& each : who.receivers)
        if (each.ocr.level != first.level || each.ocr.lengths != first.lengths) return {};
    return first;
}

}  // namespace

ledger::import_options import_options_of(const tenant& who, date today) {
    ledger::import_options how;
    how.today = today;
    how.ocr = common_agreement(who);
    if (who.einvoice) how.senders = who.einvoice->senders;
    if (who.invoices) {
        const billing::run_terms terms = who.invoices->terms(today).run;
        how.on_receipt = [terms](ledger::transaction& into, const ledger::told_receipt& told) {
            return billing::take_receipt(told, terms, into);
        };
        how.on_protected = [terms](ledger::transaction& into, std::string_view customer_id) -> result<void> {
            const auto followed = protection::follow(customer_id, terms, into);
            return followed ? result<void>{} : tl::unexpected(followed.error());
        };
    }
    return how;
}

}  // namespace brygga::config
