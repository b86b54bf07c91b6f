#include "mapping/outbound/print_batch.hpp"

#include <array>
#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/bank_days.hpp"
#include "formats/core/swedish_time.hpp"
#include "formats/print/address/postcode.hpp"
#include "mapping/billing/receipts.hpp"
#include "mapping/outbound/invoice_delivery.hpp"

namespace brygga::outbound {

namespace {

namespace batch = print::batch;
using ledger::row_id;

constexpr std::size_t organisation_digits = 10;
constexpr ledger::timestamp_ms answered_within = 2 * 60 * 60 * 1000;
constexpr std::array<std::string_view, 12> swedish_months = {
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"};
constexpr std::array<std::string_view, 12> english_months = {
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};

batch::payment payment_of(const made_letter& made) {
    const print::letter& of = made.letter;
    batch::payment out;
    out.amount_ore = of.payable_ore.value_or(0);
    out.due_date = of.due.value_or(of.issued);
    out.method = of.slip       ? batch::payment_method::slip
                 : of.is_drawn ? batch::payment_method::autogiro
                               : batch::payment_method::none;
    if (!of.slip) return out;
    out.account_type = batch::account_type::bankgiro;
    out.account = of.slip->account;
    out.reference_type = batch::reference_type::ocr;
    out.reference = of.slip->reference;
    out.code_line = print::write_code_line(*of.slip).value_or("");
    return out;
}

void add_identity(const made_letter& made, batch::recipient& to) {
    const bool is_organisation = made.identity_number.starts_with("16") && made.identity_number.size() > organisation_digits;
    if (made.identity_number.empty()) {
        to.party_type = made.is_person ? batch::party_type::person : batch::party_type::other;
        return;
    }
    to.party_type = is_organisation ? batch::party_type::organisation : batch::party_type::person;
    to.identity_number =
        is_organisation ? made.identity_number.substr(made.identity_number.size() - organisation_digits) : made.identity_number;
}

}  // namespace

std::string subject_of(const print::letter& of) {
    const bool swedish = of.in == print::language::swedish;
    const auto month = static_cast<unsigned>(of.issued.month()) - 1;
    const bool is_credit = of.kind == print::letter_kind::credit_invoice;
    const std::string_view what = is_credit ? (swedish ? "Kreditfaktura" : "Credit invoice") : (swedish ? "Faktura" : "Invoice");
    return fmt::format("{} {} {}", what, (swedish ? swedish_months : english_months)[month], static_cast<int>(of.issued.year()));
}

batch::sender sender_of(const einvoice::party& seller, std::string tenant_ref) {
    batch::sender out;
    out.org_number = seller.organisation_number;
    out.name = seller.name;
    out.tenant_ref = std::move(tenant_ref);
    const std::string postcode = print::swedish_postcode(seller.postcode).value_or(seller.postcode);
    out.return_address = {{seller.name, seller.street, fmt::format("{} {}", postcode, seller.town)}, "SE"};
    return out;
}

batch::document document_of(const made_letter& made, std::string id, batch::file_ref pdf, const print_terms& terms) {
    batch::document out;
    out.id = std::move(id);
    const bool is_credit = made.letter.kind == print::letter_kind::credit_invoice;
    out.kind = is_credit ? batch::document_kind::credit_invoice : batch::document_kind::invoice;
    out.number = made.letter.number;
    out.issue_date = made.letter.issued;
    out.recipient.customer_number = made.customer_id;
    out.payment = payment_of(made);
    out.print = terms.how;
    out.file = std::move(pdf);
    add_identity(made, out.recipient);
    if (made.address.empty()) {  // nothing but the number, which the tax agency forwards by (PRB-R12)
        out.channels = {batch::channel::print_forwarding};
        return out;
    }
    out.recipient.name = made.name;
    out.recipient.postal_address = batch::postal_address{made.address, made.country};
    const bool may_have_mailbox = terms.matches_mailboxes && !out.recipient.identity_number.empty();
    if (may_have_mailbox) {
        out.channels.push_back(batch::channel::kivra);
        out.subject = subject_of(made.letter);
    } else {
        out.recipient.identity_number.clear();  // nobody has to know it
    }
    out.channels.push_back(batch::channel::print);
    return out;
}

result<std::int64_t> epoch_of(const std::string& customer_id, ledger::transaction& in) {
    const auto newest = in.protections().newest_protection(customer_id);
    if (!newest) return tl::unexpected(newest.error());
    return *newest ? (*newest)->epoch : 0;
}

result<bool> note_batch(ledger::print_batch& to, std::span<const batched_document> documents, ledger::transaction& into) {
    for (const batched_document& each : documents) {
        const auto now = into.invoice_runs().run_document_of_delivery(each.delivery_id);
        if (!now) return tl::unexpected(now.error());
        if (!*now || (*now)->now.row.id != each.delivery_id || (*now)->now.newest.state != ledger::delivery_state::planned)
            return false;
        const auto epoch = epoch_of(each.customer_id, into);
        if (!epoch) return tl::unexpected(epoch.error());
        if (*epoch != each.epoch) return false;
    }
    if (auto added = into.print_batches().add_print_batch(to); !added) return tl::unexpected(std::move(added.error()));
    ledger::delivery_event queued;
    queued.state = ledger::delivery_state::queued;
    queued.outgoing_id = to.outgoing_id;
    for (const batched_document& each : documents) {
        ledger::print_document row{0,
                                   to.id,
                                   each.what.id,
                                   each.delivery_id,
                                   each.what.file.sha256,
                                   batch::pages_of(each.what),
                                   batch::sheets_of(each.what)};
        if (auto added = into.print_batches().add_print_document(row); !added) return tl::unexpected(std::move(added.error()));
        if (const auto noted = into.invoice_runs().add_delivery_event(each.delivery_id, queued); !noted)
            return tl::unexpected(noted.error());
        if (auto noted = into.protections().add_file_person(to.outgoing_id, each.customer_id); !noted)
            return tl::unexpected(std::move(noted.error()));
    }
    return true;
}

namespace {

// Where the document of this delivery goes now that its file does not.
result<void> plan_again(ledger::row_id delivery_id, row_id outgoing_id, const billing::run_terms& terms,
                        ledger::transaction& into) {
    const auto of = into.invoice_runs().run_document_of_delivery(delivery_id);
    if (!of) return tl::unexpected(of.error());
    const bool is_ours = *of && (*of)->now.row.id == delivery_id && (*of)->now.newest.state == ledger::delivery_state::queued &&
                         (*of)->now.newest.outgoing_id == outgoing_id;
    if (!is_ours) return {};
    const auto who = into.find_customer((*of)->row.customer_id);
    if (!who) return tl::unexpected(who.error());
    const bool is_protected = *who && (*who)->protected_identity;
    ledger::delivery_event event;
    if (is_protected == ((*of)->now.row.by == ledger::channel::forwarding)) {
        const auto noted = into.invoice_runs().add_delivery_event(delivery_id, event);
        return noted ? result<void>{} : tl::unexpected(noted.error());
    }
    event.state = ledger::delivery_state::rejected;
    event.code = "PRO-R05";
    const auto next = billing::fall_through((*of)->row, (*of)->now.row, event, terms, into);
    return next ? result<void>{} : tl::unexpected(next.error());
}

}  // namespace

result<void> take_back_documents(row_id outgoing_id, const billing::run_terms& terms, ledger::transaction& into) {
    const auto file = into.exchange().outgoing_with_id(outgoing_id);
    if (!file) return tl::unexpected(file.error());
    if (!*file) return {};
    if (const auto alone = delivery_of_file((*file)->row.key)) return plan_again(*alone, outgoing_id, terms, into);
    const auto known = into.print_batches().print_batch_of_file(outgoing_id);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return {};
    const auto documents = into.print_batches().print_documents_of((*known)->row.id);
    if (!documents) return tl::unexpected(documents.error());
    ledger::print_status cancelled;
    cancelled.state = print::receipt::status::cancelled;
    for (const ledger::print_document_item& each : *documents) {
        if (each.newest.state != print::receipt::status::batched) continue;
        if (auto noted = into.print_batches().add_print_status(each.row.id, cancelled); !noted) return noted;
        if (auto planned = plan_again(each.row.delivery_id, outgoing_id, terms, into); !planned) return planned;
    }
    return {};
}

namespace {

date swedish_day(ledger::timestamp_ms at) {
    return date(std::chrono::floor<std::chrono::days>(in_sweden(std::chrono::sys_time(std::chrono::milliseconds(at)))));
}

result<void> tell(std::string_view kind, const ledger::print_batch_item& of, ledger::transaction& into) {
    ledger::matter told;
    told.kind = kind;
    told.key = fmt::format("{}:{}", kind, of.row.batch_id);
    told.subject_id = of.row.outgoing_id;
    told.detail = nlohmann::json{{"batch", of.row.batch_id}, {"documents", of.row.documents}}.dump();
    return into.matters().add_matter(told);
}

}  // namespace

result<void> tell_overdue_batches(ledger::timestamp_ms now, date today, int final_days, ledger::transaction& into) {
    const auto open = into.print_batches().open_print_batches();
    if (!open) return tl::unexpected(open.error());
    for (const ledger::print_batch_item& each : *open) {
        const bool is_sent = each.file == ledger::sending::sent;
        if (!is_sent && each.file != ledger::sending::confirmed) continue;
        if (is_sent && now - each.file_at >= answered_within)
            if (auto told = tell("print-batch-unanswered", each, into); !told) return told;
        if (add_bank_days(swedish_day(each.file_at), final_days) < today)
            if (auto told = tell("print-batch-unfinished", each, into); !told) return told;
    }
    return {};
}

}  // namespace brygga::outbound
