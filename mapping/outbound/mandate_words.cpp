#include "mapping/outbound/mandate_words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/bankgirot/autogiro/writer.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/identity.hpp"

namespace brygga::outbound {

namespace {

using ledger::mandate_event;
using ledger::mandate_item;
using ledger::mandate_state;

constexpr std::size_t organisation_prefix = 2;  // 16, in the ledger's key

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

// Whether an internet bank's mandate waits for our answer, or has one that was not sent.
result<bool> wants_an_answer(const mandate_item& item, ledger::transaction& in) {
    if (item.newest.state == mandate_state::proposed) return true;
    if (!is_unsent_word(item.newest)) return false;
    const auto events = in.direct_debit().mandate_events(item.row.id);
    if (!events) return tl::unexpected(events.error());
    const auto last = std::find_if(events->rbegin(), events->rend(), [](const auto& each) { return !is_unsent_word(each); });
    return last != events->rend() && last->state == mandate_state::proposed;
}

result<void> answer(const mandate_item& item, const mandate_event& said, ledger::transaction& into) {
    const auto wanted = wants_an_answer(item, into);
    if (!wanted) return tl::unexpected(wanted.error());
    if (!*wanted) return not_now(item, "it waits for no answer of ours");
    if (auto added = into.direct_debit().add_mandate_event(item.row.id, said); !added) return added;
    const auto about = into.matters().matters_about(item.row.id);
    if (!about) return tl::unexpected(about.error());
    for (const ledger::matter_item& each : *about)
        if (each.closed_at == 0 && each.row.kind.starts_with("internet-mandate-"))
            if (auto closed = into.matters().close_matter(each.row.id, said.actor, said.reason); !closed) return closed;
    return {};
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
        case mandate_state::applied:
            if (is_unsent_word(item.newest)) return {};
            break;
        case mandate_state::proposed:
        case mandate_state::active:
        case mandate_state::suspended:
        case mandate_state::cancelling:
            break;
    }
    return not_now(item, "it cannot be asked for");
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

result<void> approve_mandate(ledger::row_id mandate_id, std::string_view customer_id, const speaker& who,
                             ledger::transaction& into) {
    const auto item = known_mandate(mandate_id, into);
    if (!item) return tl::unexpected(item.error());
    mandate_event said = word(item->newest, mandate_state::applied, who);
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
    const bool unsent = item->newest.state == mandate_state::applied && is_unsent_word(item->newest);
    if (const auto there = may_stand_there(*item, into); !there || !*there)
        return there ? not_now(*item, "there is nothing to cancel") : tl::unexpected(there.error());
    const mandate_event said = word(item->newest, unsent ? mandate_state::cancelled : mandate_state::cancelling, who);
    if (auto added = into.direct_debit().add_mandate_event(mandate_id, said); !added) return tl::unexpected(added.error());
    return unsent ? cancelled_how::never_sent : cancelled_how::to_be_sent;
}

}  // namespace brygga::outbound
