// The half of mandate_book that serves mandates made in internet banks (autogiro.md section 3.7).
#include "formats/core/digits.hpp"
#include "mapping/inbound/autogiro_mandates.hpp"
#include "mapping/inbound/mandate_states.hpp"
#include "mapping/ledger/matter_search.hpp"

namespace brygga::inbound {

// Whether a person was ever asked to decide about it: then one is asked again.
result<bool> mandate_book::was_to_decide(ledger::row_id mandate_id) {
    return is_told(mandate_id, ledger::internet_mandate_to_decide, ledger::told_when::ever, into_.matters());
}

result<bool> mandate_book::is_of_customer(const told& what, const std::string& customer_id) {
    const auto customer = into_.find_customer(customer_id);
    if (!customer) return tl::unexpected(customer.error());
    const std::string key = identity_key(what.identity, with_.today);
    return *customer && !key.empty() && (*customer)->identity_number == key && what.payer_number == customer_id;
}

result<void> mandate_book::proposed(const autogiro::internet_mandate_view& view) {
    const autogiro::internet_mandate_record& record = view.record;
    told what = told_of(record);
    what.day = day_or({}, view.at.section->opening.written);
    return propose(without_leading_zeros(record.bankgiro), what, record.message == '1' || record.message == '2');
}

// It waits for our answer, which is yes by itself only where the number is a customer's and the identity number that customer's
// too.
result<void> mandate_book::propose(std::string_view bankgiro, const told& what, bool is_reminder) {
    const auto before = known(bankgiro, what.payer_number);
    if (!before) return tl::unexpected(before.error());
    const auto events = events_of(*before);
    if (!events) return tl::unexpected(events.error());
    const auto customer_id = customer_of(what.payer_number, what.identity);
    if (!customer_id) return tl::unexpected(customer_id.error());
    const auto fits = is_of_customer(what, *customer_id);
    if (!fits) return tl::unexpected(fits.error());
    const auto decides = *before ? was_to_decide((*before)->row.id) : result<bool>(false);
    if (!decides) return tl::unexpected(decides.error());
    const bool is_as_known = *before && is_as(**before, what);
    const proposal_verdict verdict = after_proposal(past_of(*events), {is_reminder, *fits && !*decides, is_as_known});
    switch (verdict.goes) {
        case proposal_verdict::place::change:
            return propose_change(**before, what, is_reminder);
        case proposal_verdict::place::nowhere:
            return leave(**before, what, verdict.matter);
        case proposal_verdict::place::mandate:
            break;
    }
    if (auto ended = end_change(bankgiro, what); !ended) return ended;
    const auto noted =
        note({0, std::string(bankgiro), what.payer_number}, what, *before, ledger::mandate_state::proposed, *customer_id);
    if (!noted) return tl::unexpected(noted.error());
    return verdict.matter.empty() ? result<void>{} : see_to(verdict.matter, *noted, *customer_id, what);
}

// Yes by itself only to whoever pays already, or to the customer, of a mandate that nothing else is under way with.
result<void> mandate_book::propose_change(const ledger::mandate_item& mandate, const told& what, bool is_reminder) {
    ledger::mandate row{0, mandate.row.bankgiro, mandate.row.payer_number, true};
    const auto before = into_.direct_debit().change_with_number(row.bankgiro, row.payer_number);
    if (!before) return tl::unexpected(before.error());
    const auto events = events_of(*before);
    if (!events) return tl::unexpected(events.error());
    const std::string& customer_id = mandate.newest.customer_id;
    const auto fits = is_of_customer(what, customer_id);
    if (!fits) return tl::unexpected(fits.error());
    const std::string key = identity_key(what.identity, with_.today);
    const bool is_payer = !key.empty() && key == identity_key(mandate.newest.identity, with_.today);
    const auto decides = *before ? was_to_decide((*before)->row.id) : result<bool>(false);
    if (!decides) return tl::unexpected(decides.error());
    const bool is_sure = mandate.newest.state == ledger::mandate_state::active && (*fits || is_payer) && !*decides;
    const bool is_done = *before && (*before)->newest.state == ledger::mandate_state::active;  // then the mandate tells
    const bool is_as_known = *before && is_as(is_done ? mandate : **before, what);
    const proposal_verdict verdict = after_change(past_of(*events), {is_reminder, is_sure, is_as_known});
    if (verdict.goes == proposal_verdict::place::nowhere) return leave(**before, what, verdict.matter);
    const auto noted = note(row, what, *before, ledger::mandate_state::proposed, customer_id);
    if (!noted) return tl::unexpected(noted.error());
    if (verdict.matter.empty()) return {};
    told with_state = what;
    with_state.state = mandate.newest.state;
    return see_to(verdict.matter, *noted, customer_id, with_state);
}

// What is proposed as a mandate is no change of the one before it any more.
result<void> mandate_book::end_change(std::string_view bankgiro, const told& what) {
    const auto change = into_.direct_debit().change_with_number(bankgiro, what.payer_number);
    if (!change) return tl::unexpected(change.error());
    if (!*change) return {};
    const ledger::mandate_state now = (*change)->newest.state;
    if (now != ledger::mandate_state::proposed && now != ledger::mandate_state::applied) return {};
    told as_it_was;
    as_it_was.day = what.day;
    if (auto noted = note(**change, as_it_was, ledger::mandate_state::cancelled); !noted) return noted;
    return close_decided((*change)->row.id, ledger::mandate_state::cancelled);
}

// Bankgirot or the payer has decided it: nobody need answer, or wait for an answer, or look at whose it was.
result<void> mandate_book::close_decided(ledger::row_id mandate_id, ledger::mandate_state by) {
    const auto about = into_.matters().matters_about(mandate_id);
    if (!about) return tl::unexpected(about.error());
    const bool has_ended = by == ledger::mandate_state::cancelled || by == ledger::mandate_state::rejected;
    const auto is_over = [&](std::string_view kind) {
        return kind.starts_with("internet-mandate-") || kind == "mandate-application-unanswered" ||
               (has_ended && kind == ledger::mandate_of_another);
    };
    for (const ledger::matter_item& each : *about)
        if (each.closed_at == 0 && is_over(each.row.kind))
            if (auto closed = into_.matters().close_matter(each.row.id, {}, "it is decided without us"); !closed) return closed;
    return {};
}

bool mandate_book::is_as(const ledger::mandate_item& known, const told& what) const {
    return known.newest.account == what.account &&
           identity_key(known.newest.identity, with_.today) == identity_key(what.identity, with_.today);
}

result<void> mandate_book::leave(const ledger::mandate_item& as_it_is, told what, std::string_view matter) {
    what.state = as_it_is.newest.state;
    if (matter.empty()) ++counts_["mandate as it was"];
    return matter.empty() ? result<void>{} : see_to(matter, as_it_is.row.id, as_it_is.newest.customer_id, what);
}

}  // namespace brygga::inbound
