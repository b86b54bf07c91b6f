#include "mapping/outbound/mandate_words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/bankgirot/autogiro/writer.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/identity.hpp"
#include "mapping/ledger/mandate_changes.hpp"
#include "mapping/outbound/file_decisions.hpp"

namespace brygga::outbound {

namespace {

using ledger::mandate_event;
using ledger::mandate_item;
using ledger::mandate_state;

constexpr std::size_t organisation_prefix = 2;  // 16, in the ledger's key
constexpr std::string_view from_internet = "internet-mandate-", without_customer = "mandate-without-customer";  // matters
constexpr std::string_view no_answer_wanted = "it waits for no answer of ours";

tl::unexpected<error> not_now(const mandate_item& item, std::string_view wanted) {
    return fail(error_code::conflict,
                fmt::format("mandate {} is {}: {}", ledger::format_id(item.row.id), name(item.newest.state), wanted));
}

result<mandate_item> known_mandate(ledger::row_id id, ledger::transaction& in) {
    auto known = in.direct_debit().mandate_with_id(id);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return fail(error_code::not_found, fmt::format("no mandate has the id {}", ledger::format_id(id)));
    return std::move(**known);
}

mandate_event word(mandate_event before, mandate_state state, const speaker& who) {
    before.state = state;
    before.day = who.today;
    before.information.clear();
    before.comment.clear();
    before.source_id = 0;
    before.actor = who.actor;
    before.reason = who.reason;
    return before;
}

// Whether the next daily run may still say otherwise: no file carries it, or one that has never left, which is then taken back.
result<bool> is_here(const mandate_event& event, ledger::transaction& in) {
    if (is_unsent_word(event) || event.source_id == 0) return is_unsent_word(event);
    const auto file = in.exchange().outgoing_with_id(event.source_id);
    if (!file) return tl::unexpected(file.error());
    return *file ? never_left(event.source_id, in) : result<bool>(false);
}

// Whether an internet bank's mandate waits for our answer, or has one that may still be another.
result<bool> wants_an_answer(const mandate_item& item, ledger::transaction& in) {
    if (item.newest.state == mandate_state::proposed) return true;
    if (item.newest.state != mandate_state::applied && item.newest.state != mandate_state::rejected) return false;
    const auto events = in.direct_debit().mandate_events(item.row.id);
    if (!events) return tl::unexpected(events.error());
    for (auto each = events->rbegin(); each != events->rend(); ++each) {
        const auto here = is_here(*each, in);
        if (!here) return here;
        if (!*here) return each != events->rbegin() && each->state == mandate_state::proposed;
    }
    return false;
}

result<void> close_matters(ledger::row_id mandate_id, std::string_view kinds, const speaker& who, ledger::transaction& into) {
    const auto about = into.matters().matters_about(mandate_id);
    if (!about) return tl::unexpected(about.error());
    for (const ledger::matter_item& each : *about)
        if (each.closed_at == 0 && each.row.kind.starts_with(kinds))
            if (auto closed = into.matters().close_matter(each.row.id, who.actor, who.reason); !closed) return closed;
    return {};
}

result<void> answer(const mandate_item& item, const mandate_event& said, ledger::transaction& into) {
    const auto wanted = wants_an_answer(item, into);
    if (!wanted) return tl::unexpected(wanted.error());
    if (!*wanted) return not_now(item, no_answer_wanted);
    if (auto added = into.direct_debit().add_mandate_event(item.row.id, said); !added) return added;
    return close_matters(item.row.id, from_internet, {said.actor, said.reason, said.day}, into);
}

// The 12 digits of a payment file: an organisation's are 00 and its ten.
result<std::string> identity_field(std::string_view text, date today) {
    const auto known = classify_identity(text, today);
    if (!known)
        return fail(error_code::invalid_argument,
                    fmt::format("the identity number is none: expected {}", expectation(known.error())));
    if (known->kind != identity_kind::organisation) return known->customer_key;
    return "00" + known->customer_key.substr(organisation_prefix);
}

// Fills in account and identity of the event.
result<account_verdict> read_payer(const mandate_application& what, const std::string& payer_number, date today,
                                   mandate_event& into) {
    if (what.account.empty() != what.identity.empty())
        return fail(error_code::invalid_argument, "account and identity number go together");
    if (what.account.empty()) {
        if (!bankgiro_valid(payer_number))
            return fail(error_code::invalid_argument, "without an account the payer number must be the payer's bankgiro number");
        return account_verdict::valid;
    }
    const auto account = parse_bank_account(what.account);
    if (!account) return fail(error_code::invalid_argument, "the account is none: clearing number and account number");
    const account_verdict told = test_account(*account);
    switch (told) {
        case account_verdict::length:
        case account_verdict::all_zeros:
        case account_verdict::check_digit:
            return fail(error_code::invalid_argument, fmt::format("the account is none: expected {}", expectation(told)));
        case account_verdict::valid:
        case account_verdict::untested:
        case account_verdict::unknown_clearing:
        case account_verdict::doubtful:
            break;
    }
    auto identity = identity_field(what.identity, today);
    if (!identity) return tl::unexpected(identity.error());
    into.account = account_field(*account);
    into.identity = std::move(*identity);
    return told;
}

// Whether one may ask for a mandate of this number now.
result<void> is_free(const mandate_item& item, ledger::transaction& in) {
    const auto answering = wants_an_answer(item, in);
    if (!answering) return tl::unexpected(answering.error());
    if (*answering) return not_now(item, "it came from an internet bank, and is approved or declined");
    switch (item.newest.state) {
        case mandate_state::rejected:
        case mandate_state::cancelled:
            return {};
        case mandate_state::applied: {
            const auto here = is_here(item.newest, in);
            if (!here || *here) return here ? result<void>{} : tl::unexpected(here.error());
            break;
        }
        case mandate_state::proposed:
        case mandate_state::active:
        case mandate_state::suspended:
        case mandate_state::cancelling:
            break;
    }
    return not_now(item, "it cannot be asked for");
}

// One file would end the mandate and change it.
result<void> has_no_approved_change(const mandate_item& item, ledger::transaction& in) {
    const auto change = in.direct_debit().change_with_number(item.row.bankgiro, item.row.payer_number);
    if (!change) return tl::unexpected(change.error());
    if (!*change || (*change)->newest.state != mandate_state::applied) return {};
    const auto here = is_here((*change)->newest, in);
    if (!here) return tl::unexpected(here.error());
    if (!*here) return {};
    return not_now(item, "a change of it is approved and not sent: decline that one first");
}

// Whether it may be in Bankgirot's register. One that was cancelled or rejected may be, when an approval came late.
result<bool> may_stand_there(const mandate_item& item, ledger::transaction& in) {
    switch (item.newest.state) {
        case mandate_state::applied:
        case mandate_state::active:
        case mandate_state::suspended:
            return true;
        case mandate_state::cancelling:
            return !is_unsent_word(item.newest);  // asked once more
        case mandate_state::cancelled:
        case mandate_state::rejected:
            break;
        case mandate_state::proposed:
            return false;
    }
    const auto about = in.matters().matters_about(item.row.id);
    if (!about) return tl::unexpected(about.error());
    return std::any_of(about->begin(), about->end(), [](const ledger::matter_item& each) {
        return each.row.kind == ledger::approved_after_cancellation || each.row.kind == ledger::approved_after_rejection;
    });
}

}  // namespace

result<asked> ask_for_mandate(const mandate_application& what, const speaker& who, ledger::transaction& into) {
    const auto customer = into.find_customer(what.customer_id);
    if (!customer) return tl::unexpected(customer.error());
    if (!*customer) return fail(error_code::not_found, "the ledger has no such customer");
    const auto field = autogiro::payer_number_field(what.payer_number.empty() ? what.customer_id : what.payer_number);
    if (!field) return fail(error_code::invalid_argument, "the payer number must be 1 to 16 digits");
    ledger::mandate row{0, what.bankgiro, autogiro::payer_number_key(*field)};
    mandate_event terms;
    const auto account = read_payer(what, row.payer_number, who.today, terms);
    if (!account) return tl::unexpected(account.error());
    const auto known = into.direct_debit().mandate_with_number(row.bankgiro, row.payer_number);
    if (!known) return tl::unexpected(known.error());
    if (*known)
        if (auto free = is_free(**known, into); !free) return tl::unexpected(free.error());
    if (auto added = into.direct_debit().add_mandate(row); !added) return tl::unexpected(added.error());
    terms.customer_id = what.customer_id;
    if (auto said = into.direct_debit().add_mandate_event(row.id, word(terms, mandate_state::applied, who)); !said)
        return tl::unexpected(said.error());
    return asked{row.id, *account};
}

namespace {

// Of a mandate that has ended it is a mandate, which waits for the answer in its place.
result<mandate_item> as_mandate(const mandate_item& change, const mandate_item& mandate, const speaker& who,
                                ledger::transaction& into) {
    mandate_event proposal = change.newest;
    proposal.state = mandate_state::proposed;
    if (auto added = into.direct_debit().add_mandate_event(mandate.row.id, proposal); !added)
        return tl::unexpected(added.error());
    const mandate_event ended = word(change.newest, mandate_state::cancelled, who);
    if (auto added = into.direct_debit().add_mandate_event(change.row.id, ended); !added) return tl::unexpected(added.error());
    return known_mandate(mandate.row.id, into);
}

// What is approved: the mandate, or the change of one that stands.
result<mandate_item> approved(mandate_item item, const speaker& who, ledger::transaction& into) {
    if (!item.row.is_change) return item;
    const auto wanted = wants_an_answer(item, into);
    if (!wanted) return tl::unexpected(wanted.error());
    if (!*wanted) return not_now(item, no_answer_wanted);
    const auto mandate = into.direct_debit().mandate_with_number(item.row.bankgiro, item.row.payer_number);
    if (!mandate) return tl::unexpected(mandate.error());
    if (goes_on((*mandate)->newest.state)) {
        item.newest.customer_id = (*mandate)->newest.customer_id;  // which may have been assigned since
        return item;
    }
    if ((*mandate)->newest.state == mandate_state::cancelling)
        return not_now(**mandate, "it is changed when Bankgirot has answered, or not at all");
    if (auto closed = close_matters(item.row.id, from_internet, who, into); !closed) return tl::unexpected(closed.error());
    return as_mandate(item, **mandate, who, into);
}

}  // namespace

result<void> approve_mandate(ledger::row_id mandate_id, std::string_view customer_id, const speaker& who,
                             ledger::transaction& into) {
    auto known = known_mandate(mandate_id, into);
    if (!known) return tl::unexpected(known.error());
    const auto item = approved(std::move(*known), who, into);
    if (!item) return tl::unexpected(item.error());
    mandate_event said = word(item->newest, mandate_state::applied, who);
    if (item->row.is_change && !customer_id.empty() && said.customer_id != customer_id)
        return fail(error_code::invalid_argument, "a change of account stays its mandate's customer's");
    if (!customer_id.empty()) said.customer_id = customer_id;
    if (said.customer_id.empty())
        return fail(error_code::invalid_argument, "nobody knows whose mandate it is: name the customer");
    const auto customer = into.find_customer(said.customer_id);
    if (!customer) return tl::unexpected(customer.error());
    if (!*customer) return fail(error_code::not_found, "the ledger has no such customer");
    return answer(*item, said, into);
}

result<void> decline_mandate(ledger::row_id mandate_id, const speaker& who, ledger::transaction& into) {
    const auto item = known_mandate(mandate_id, into);
    if (!item) return tl::unexpected(item.error());
    return answer(*item, word(item->newest, mandate_state::rejected, who), into);
}

result<cancelled_how> cancel_mandate(ledger::row_id mandate_id, const speaker& who, ledger::transaction& into) {
    const auto item = known_mandate(mandate_id, into);
    if (!item) return tl::unexpected(item.error());
    const auto answering = wants_an_answer(*item, into);
    if (!answering) return tl::unexpected(answering.error());
    if (*answering) return not_now(*item, "it came from an internet bank, and is approved or declined");
    if (item->row.is_change) return not_now(*item, "it is only a change: what ends is its mandate");
    if (auto alone = has_no_approved_change(*item, into); !alone) return tl::unexpected(alone.error());
    const auto here = is_here(item->newest, into);
    if (!here) return tl::unexpected(here.error());
    const bool unsent = item->newest.state == mandate_state::applied && *here;
    if (const auto there = may_stand_there(*item, into); !there || !*there)
        return there ? not_now(*item, "there is nothing to cancel") : tl::unexpected(there.error());
    const mandate_event said = word(item->newest, unsent ? mandate_state::cancelled : mandate_state::cancelling, who);
    if (auto added = into.direct_debit().add_mandate_event(mandate_id, said); !added) return tl::unexpected(added.error());
    return unsent ? cancelled_how::never_sent : cancelled_how::to_be_sent;
}

result<void> assign_mandate(ledger::row_id mandate_id, std::string_view customer_id, const speaker& who,
                            ledger::transaction& into) {
    const auto item = known_mandate(mandate_id, into);
    if (!item) return tl::unexpected(item.error());
    if (item->row.is_change || !goes_on(item->newest.state)) return not_now(*item, "it does not stand");
    if (!item->newest.customer_id.empty()) return not_now(*item, "it is a customer's already");
    const auto customer = into.find_customer(customer_id);
    if (!customer) return tl::unexpected(customer.error());
    if (!*customer) return fail(error_code::invalid_argument, "the ledger has no such customer");
    mandate_event said = item->newest;
    said.customer_id = customer_id;
    if (said.source_id != 0) {  // else it would be a word that waits to be sent
        said.actor = who.actor;
        said.reason = who.reason;
    }
    if (auto added = into.direct_debit().add_mandate_event(mandate_id, said); !added) return added;
    return close_matters(mandate_id, without_customer, who, into);
}

namespace {

// An application that its file took back when that did not arrive: it stands again, behind what the file had said. (Behind what
// other files had said stands first what had been told before.)
result<bool> was_taken_back(const mandate_event& event, const mandate_event& newest, ledger::transaction& in) {
    const bool stands_again = is_unsent_word(newest) && newest.state == mandate_state::applied;
    if (!stands_again || event.state != mandate_state::applied) return false;
    const auto file = in.exchange().outgoing_with_id(event.source_id);
    if (!file) return tl::unexpected(file.error());
    return *file && (*file)->newest.state == ledger::sending::closed;
}

}  // namespace

result<void> unsay(ledger::row_id mandate_id, const speaker& who, ledger::transaction& into) {
    const auto item = known_mandate(mandate_id, into);
    if (!item) return tl::unexpected(item.error());
    const auto events = into.direct_debit().mandate_events(mandate_id);
    if (!events) return tl::unexpected(events.error());
    auto last = events->rbegin();
    for (; last != events->rend(); ++last) {
        const auto here = is_here(*last, into);
        if (!here) return tl::unexpected(here.error());
        const auto undone = *here ? result<bool>(true) : was_taken_back(*last, item->newest, into);
        if (!undone) return tl::unexpected(undone.error());
        if (!*undone) break;
    }
    if (last == events->rbegin() || item->newest.state == mandate_state::cancelled)
        return not_now(*item, "no word on it waits to be sent");
    if (last == events->rend())  // it was only asked for
        return into.direct_debit().add_mandate_event(mandate_id, word(item->newest, mandate_state::cancelled, who));
    mandate_event as_before = *last;
    if (as_before.source_id != 0) {
        as_before.actor = who.actor;
        as_before.reason = who.reason;
    }
    const auto change = ledger::carried_out_since(item->row, last->recorded_at, into.direct_debit());
    if (!change) return tl::unexpected(change.error());
    if (*change) {
        as_before.account = (*change)->newest.account;
        as_before.identity = (*change)->newest.identity;
    }
    if (auto added = into.direct_debit().add_mandate_event(mandate_id, as_before); !added) return added;
    return as_before.state == mandate_state::proposed ? ask_a_person(*item, "{}", into) : result<void>{};
}

result<void> ask_a_person(const mandate_item& proposed, std::string detail, ledger::transaction& into) {
    const auto about = into.matters().matters_about(proposed.row.id);
    if (!about) return tl::unexpected(about.error());
    ledger::matter told;
    told.kind = ledger::internet_mandate_to_decide;
    told.key = fmt::format("{}:{}:{}", told.kind, ledger::format_id(proposed.row.id), about->size());
    told.subject_id = proposed.row.id;
    told.customer_id = proposed.newest.customer_id;
    told.detail = std::move(detail);
    return into.matters().add_matter(told);
}

}  // namespace brygga::outbound
