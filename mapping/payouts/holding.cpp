#include "mapping/payouts/holding.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/small_letters.hpp"
#include "formats/core/swedish_time.hpp"

namespace brygga::payouts {

namespace {

using ledger::payout_item;

constexpr int days_that_count_together = 30;

class matter_list {
 public:
    matter_list(const ledger::payout& of, ledger::transaction& into) : of_(of), into_(into) {}

    // Keyed by kind, payout and what tells it apart.
    result<void> add(std::string_view kind, std::string_view tells_apart = {}) {
        ledger::matter item;
        item.kind = kind;
        item.key = fmt::format("{}:{}{}", kind, ledger::format_id(of_.id), tells_apart);
        item.subject_id = of_.id;
        item.customer_id = of_.customer_id;
        item.detail = nlohmann::json{{"amount_ore", of_.amount_ore}, {"currency", of_.currency}}.dump();
        if (auto added = into_.matters().add_matter(item); !added) return added;
        const auto known = into_.matters().matter_with_id(item.id);
        if (!known) return tl::unexpected(known.error());
        if ((*known)->closed_at == 0) open_.push_back(item.id);
        return {};
    }

    // What somebody else has told of it.
    result<void> find(std::string_view kind) {
        const auto about = into_.matters().matters_about(of_.id);
        if (!about) return tl::unexpected(about.error());
        for (const ledger::matter_item& each : *about)
            if (each.row.kind == kind && each.closed_at == 0) open_.push_back(each.row.id);
        return {};
    }

    [[nodiscard]] std::vector<ledger::row_id> open() && { return std::move(open_); }

 private:
    const ledger::payout& of_;
    ledger::transaction& into_;
    std::vector<ledger::row_id> open_;
};

date day_of(ledger::timestamp_ms moment) {
    const std::chrono::sys_time<std::chrono::milliseconds> at(std::chrono::milliseconds{moment});
    return date(std::chrono::floor<std::chrono::days>(in_sweden(at)));
}

result<bool> has_mandate_account(std::string_view customer_id, ledger::transaction& in) {
    const auto mandates = in.direct_debit().mandates_of_customer(customer_id);
    if (!mandates) return tl::unexpected(mandates.error());
    return std::any_of(mandates->begin(), mandates->end(),
                       [](const ledger::mandate_item& each) { return !each.newest.account.empty(); });
}

// The account that the customer gave, when another was known before.
result<std::optional<date>> account_changed_on(const ledger::payout& of, const destination& goes, ledger::transaction& in) {
    const auto given = in.payouts().accounts_of(of.customer_id);
    if (!given) return tl::unexpected(given.error());
    if (given->empty() || given->front().id != goes.through_id) return std::optional<date>{};
    const auto others = given->size() > 1 ? result<bool>(true) : has_mandate_account(of.customer_id, in);
    if (!others) return tl::unexpected(others.error());
    return *others ? std::optional(day_of(given->front().recorded_at)) : std::nullopt;
}

// The account of the mandate, when it is another than before.
result<std::optional<date>> mandate_changed_on(const destination& goes, ledger::transaction& in) {
    std::optional<date> changed;
    if (goes.through_id == 0) return changed;
    const auto events = in.direct_debit().mandate_events(goes.through_id);
    if (!events) return tl::unexpected(events.error());
    std::string account, customer_id = events->empty() ? std::string() : events->front().customer_id;
    for (const ledger::mandate_event& each : *events) {
        if (each.customer_id != customer_id) changed = day_of(each.recorded_at);  // another's mandate is another account
        customer_id = each.customer_id;
        if (each.account.empty() || each.account == account) continue;
        if (!account.empty()) changed = std::max(each.day, day_of(each.recorded_at));  // told late is changed late
        account = each.account;
    }
    return changed;
}

// Nothing when it has not been changed lately.
result<std::optional<date>> changed_lately(const ledger::payout& of, const destination& goes, const payout_terms& terms,
                                           ledger::transaction& in) {
    const auto given = account_changed_on(of, goes, in);
    if (!given) return given;
    auto day = *given ? given : mandate_changed_on(goes, in);
    if (day && *day && days_between(**day, terms.today) >= terms.changed_account_days) day->reset();
    return day;
}

result<bool> owes(std::string_view customer_id, const payout_terms& terms, ledger::transaction& in) {
    const auto open = in.open_invoices_of(customer_id);
    if (!open) return tl::unexpected(open.error());
    return std::any_of(open->begin(), open->end(), [&](const ledger::open_invoice& each) {
        return each.due_date < terms.today && each.undisputed().open_ore() > 0;
    });
}

// As people type it: without blanks, in small letters.
std::string person(std::string_view utf8) {
    std::string out = in_small_letters(utf8);
    std::erase_if(out, [](char each) { return each == ' ' || each == '\t'; });
    return out;
}

struct deciders {
    std::string asked, approved;  // empty: nobody has
    date day{};                   // of the approval
};

deciders deciders_of(const std::vector<ledger::payout_event>& events) {
    deciders out;
    for (const ledger::payout_event& each : events) {
        if (each.state == ledger::payout_state::draft && out.asked.empty()) out.asked = person(each.actor);
        if (each.state != ledger::payout_state::approved) continue;
        out.approved = person(each.actor);
        out.day = each.day;
    }
    return out;
}

bool is_given_back(ledger::payout_state state) {
    return state == ledger::payout_state::rejected || state == ledger::payout_state::returned ||
           state == ledger::payout_state::withdrawn;
}

// What this customer got from one person alone, lately.
result<std::int64_t> let_out_alone(const ledger::payout& of, const payout_terms& terms, ledger::transaction& in) {
    const auto all = in.payouts().payouts_of_customer(of.customer_id);
    if (!all) return tl::unexpected(all.error());
    std::int64_t sum_ore = 0;
    for (const payout_item& each : *all) {
        if (each.row.id == of.id || is_given_back(each.newest.state)) continue;
        const auto events = in.payouts().payout_events(each.row.id);
        if (!events) return tl::unexpected(events.error());
        const deciders who = deciders_of(*events);
        if (!who.approved.empty() && who.approved == who.asked && days_between(who.day, terms.today) < days_that_count_together)
            sum_ore += each.row.amount_ore;
    }
    return sum_ore;
}

// Whether this person asked for the mandate, approved it or a change of its account, or said whose it is: with that the account
// became the customer's.
result<bool> spoke_for_mandate(const std::string& actor, ledger::row_id mandate_id, ledger::transaction& in) {
    auto events = in.direct_debit().mandate_events(mandate_id);
    if (!events) return tl::unexpected(events.error());
    const auto mandate = in.direct_debit().mandate_with_id(mandate_id);
    if (!mandate) return tl::unexpected(mandate.error());
    const auto change = *mandate ? in.direct_debit().change_with_number((*mandate)->row.bankgiro, (*mandate)->row.payer_number)
                                 : result<std::optional<ledger::mandate_item>>();
    if (!change) return tl::unexpected(change.error());
    if (*change) {
        const auto of_change = in.direct_debit().mandate_events((*change)->row.id);
        if (!of_change) return tl::unexpected(of_change.error());
        events->insert(events->end(), of_change->begin(), of_change->end());
    }
    return std::any_of(events->begin(), events->end(), [&](const ledger::mandate_event& each) {
        return goes_on(each.state) && !each.actor.empty() && person(each.actor) == person(actor);
    });
}

result<bool> entered_the_account(const std::string& actor, const ledger::payout& of, const destination& goes,
                                 ledger::transaction& in) {
    const auto given = in.payouts().accounts_of(of.customer_id);
    if (!given) return tl::unexpected(given.error());
    if (!given->empty() && given->front().id == goes.through_id) return person(given->front().actor) == person(actor);
    if (goes.through_id == 0) return false;
    return spoke_for_mandate(actor, goes.through_id, in);
}

}  // namespace

result<std::vector<ledger::row_id>> holding_matters(const ledger::payout& of, const ledger::customer& who,
                                                    const destination& goes, const payout_terms& terms, holding_moment moment,
                                                    ledger::transaction& into) {
    matter_list open(of, into);
    result<void> added{};
    if (who.protected_identity) added = open.add("payout-protected");
    if (added && who.estate) added = open.add("payout-estate");
    if (added && goes.route == ledger::payout_route::none && !who.protected_identity) added = open.add(without_account);
    const auto changed = changed_lately(of, goes, terms, into);
    if (!changed) return tl::unexpected(changed.error());
    if (added && *changed)
        added = open.add("payout-account-changed",
                         fmt::format(":{}:{}", ledger::format_id(goes.through_id), format_iso_date(**changed)));
    const auto debt = moment == holding_moment::deciding ? owes(of.customer_id, terms, into) : result<bool>(false);
    if (!debt) return tl::unexpected(debt.error());
    if (added && *debt) added = open.add("payout-despite-debt");
    if (added) added = open.find("payout-credit-deducted");
    if (!added) return tl::unexpected(std::move(added.error()));
    return std::move(open).open();
}

result<std::string> objection_to(const std::string& actor, const payout_item& item, const destination& goes,
                                 const payout_terms& terms, ledger::transaction& in) {
    const auto alone_ore = let_out_alone(item.row, terms, in);
    if (!alone_ore) return tl::unexpected(alone_ore.error());
    if (item.row.amount_ore + *alone_ore <= terms.two_persons_above_ore) return std::string();
    const auto events = in.payouts().payout_events(item.row.id);
    if (!events) return tl::unexpected(events.error());
    if (deciders_of(*events).asked == person(actor))
        return std::string(
            "RF-R02: who asked for a payout of this amount, together with what one person alone has let out to the "
            "customer in thirty days, cannot approve it");
    const auto entered = entered_the_account(actor, item.row, goes, in);
    if (!entered) return tl::unexpected(entered.error());
    return std::string(*entered ? "RF-R02: who entered the account, or spoke for its mandate, cannot approve a payout to it"
                                : "");
}

}  // namespace brygga::payouts
