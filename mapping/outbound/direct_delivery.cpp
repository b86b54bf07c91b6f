#include "mapping/outbound/direct_delivery.hpp"

#include <fmt/format.h>

#include "formats/print/kivra/routing.hpp"
#include "formats/print/kivra/rules.hpp"
#include "mapping/billing/receipts.hpp"
#include "mapping/outbound/invoice_delivery.hpp"
#include "mapping/outbound/print_batch.hpp"

namespace brygga::outbound {

namespace {

constexpr std::string_view nobody_takes_it = "no-recipient";  // transfer::fault::no_recipient

kivra::document_facts facts_of(const made_letter& made) {
    kivra::document_facts out;
    const bool is_credit = made.letter.kind == print::letter_kind::credit_invoice;
    out.kind = is_credit ? kivra::document_kind::credit_invoice : kivra::document_kind::invoice;
    out.recipient = made.is_person ? kivra::recipient_kind::person : kivra::recipient_kind::company;
    out.amount_ore = made.letter.payable_ore.value_or(0);
    if (made.letter.is_drawn) out.payment = kivra::collected_by::autogiro;
    return out;
}

kivra::recipient recipient_of(const made_letter& made) {
    kivra::recipient out;
    const bool is_business = made.identity_number.starts_with("16");
    if (is_business)
        out.vat_number = fmt::format("SE{}01", made.identity_number.substr(2));
    else
        out.ssn = made.identity_number;
    return out;
}

kivra::payment payment_of(const made_letter& made) {
    const print::code_line& slip = *made.letter.slip;
    kivra::payment out;
    out.account = slip.account;
    out.options.push_back(
        {made.letter.due.value_or(made.letter.issued), slip.amount_ore, kivra::reference_type::se_ocr, slip.reference, {}, {}});
    return out;
}

}  // namespace

result<kivra::content> content_of(const made_letter& made, std::string pdf) {
    const auto route = kivra::route_of(facts_of(made));
    if (!route) return fail(error_code::invalid_content, "KIV-R03: Kivra has no type for it");
    if (made.address.empty())
        return fail(error_code::invalid_content, "KIV-R01: nothing of a protected person goes to a mailbox (PRO-R02)");
    if (made.identity_number.empty()) return fail(error_code::invalid_content, "KIV-R02: the recipient has no identity number");
    kivra::content out;
    out.to = recipient_of(made);
    out.subject = subject_of(made.letter);
    out.type = route->type;
    out.parts.push_back({made.letter.number + ".pdf", std::move(pdf)});
    if (route->with_payment && made.letter.slip) out.payment = payment_of(made);
    kivra::content_demands demands;
    demands.today = made.letter.issued;
    demands.open_amount_ore = made.letter.payable_ore;
    demands.private_texts = made.address;
    demands.private_texts.push_back(made.name);
    demands.private_texts.push_back(made.identity_number);
    for (const kivra::kivra_finding& each : kivra::check_content(out, demands))
        if (each.level == severity::error)
            return fail(error_code::invalid_content,
                        fmt::format("{} {}: expected {}", kivra::kivra_rules()[static_cast<std::size_t>(each.rule)].id,
                                    each.field, each.expected));
    return out;
}

result<void> tell_delivery(const ledger::outgoing& file, const ledger::outgoing_event& event, const billing::run_terms& terms,
                           ledger::transaction& into) {
    const auto delivery = delivery_of_file(file.key);
    const bool is_taken = event.state == ledger::sending::sent;
    const bool is_refused = event.state == ledger::sending::closed && event.reason == nobody_takes_it;
    if (!delivery || (!is_taken && !is_refused)) return {};
    const auto document = into.invoice_runs().run_document_of_delivery(*delivery);
    if (!document) return tl::unexpected(document.error());
    const auto all = *document ? into.invoice_runs().deliveries_of((*document)->row.id)
                               : result<std::vector<ledger::delivery_item>>(std::vector<ledger::delivery_item>{});
    if (!all) return tl::unexpected(all.error());
    for (const ledger::delivery_item& each : *all) {
        if (each.row.id != *delivery || !each.row.by) continue;
        ledger::told_receipt told;
        told.by = *each.row.by;
        told.outcome = is_taken ? ledger::delivery_state::delivered : ledger::delivery_state::rejected;
        told.code = event.reason;
        told.key = fmt::format("file:{}:{}", ledger::format_id(file.id), event.attempt);
        const auto taken = billing::take_receipt_of(*delivery, told, terms, into);
        if (!taken) return tl::unexpected(taken.error());
    }
    return {};
}

}  // namespace brygga::outbound
