#include "connectors/dispatch/detail/direct_files.hpp"

#include "mapping/billing/receipts.hpp"

namespace brygga::dispatch::detail {

namespace {

ledger::delivery_event held_for(std::string_view rule, std::string text) {
    ledger::delivery_event out;
    out.state = ledger::delivery_state::held;
    out.code = rule;
    out.text = std::move(text);
    return out;
}

// "KIV-R05 payment: expected ..." begins with its rule.
std::string_view rule_in(std::string_view text) {
    const std::size_t end = text.find_first_of(" :");
    return text.substr(0, std::min(end, text.size()));
}

}  // namespace

result<outbound::made_delivery> direct_files::make(const ledger::run_document_item& item, const billing::run_terms& terms,
                                                   ledger::row_id outgoing_id, ledger::transaction& into) {
    if (!head_) {
        auto made = letterhead_of(*on_.who, on_.files());
        if (!made) return fail(error_code::io, made.error().text);
        head_.emplace(std::move(*made));
    }
    const auto made = item.row.is_credit_note ? letter_of_credit_note(item.row.document_id, head_->terms, into)
                                              : letter_of_invoice(item.row.document_id, head_->terms, into);
    if (!made) return tl::unexpected(made.error());
    outbound::made_delivery out;
    const auto hold = [&](const ledger::delivery_event& event) -> result<outbound::made_delivery> {
        const auto noted = into.invoice_runs().add_delivery_event(item.now.row.id, event);
        if (!noted) return tl::unexpected(noted.error());
        out.held_by = event.code;
        return out;
    };
    if (!made->gaps.empty()) {
        const outbound::document_gap& first = made->gaps.front();
        return hold(held_for(first.rule, fmt::format("{}: expected {}", first.place, first.expected)));
    }
    auto written = form_->write(*made, item, *head_->drawn_by, into);
    if (!written) {
        if (written.error().code == error_code::io || written.error().code == error_code::busy)
            return tl::unexpected(std::move(written.error()));
        return hold(held_for(rule_in(written.error().text), written.error().text));
    }
    if (!written->rule.empty()) {
        ledger::delivery_event no_form;
        no_form.state = ledger::delivery_state::rejected;
        no_form.code = written->rule;
        const auto next = billing::fall_through(item.row, item.now.row, no_form, terms, into);
        if (!next) return tl::unexpected(next.error());
        out.goes_on_by = *next;
        if (!*next) out.held_by = no_form.code;
        return out;
    }
    ledger::delivery_event queued;
    queued.state = ledger::delivery_state::queued;
    queued.outgoing_id = outgoing_id;
    if (const auto noted = into.invoice_runs().add_delivery_event(item.now.row.id, queued); !noted)
        return tl::unexpected(noted.error());
    if (auto person = into.protections().add_file_person(outgoing_id, item.row.customer_id); !person)
        return tl::unexpected(std::move(person.error()));
    out.bytes = std::move(written->bytes);
    return out;
}

std::string direct_files::name_of(const ledger::run_document_item& item) const {
    return ledger::format_id(item.now.row.id) + std::string(form_->suffix());
}

}  // namespace brygga::dispatch::detail
