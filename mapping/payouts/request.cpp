#include "mapping/payouts/request.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/swedish_time.hpp"
#include "mapping/ledger/allocation.hpp"
#include "mapping/payouts/outcome.hpp"

namespace brygga::payouts {

namespace {

using ledger::account;
using ledger::payout_item;
using ledger::payout_state;

constexpr std::string_view reason_netted = "netted", reason_payout = "payout";

// What a payout can be made of, in the order in which it is taken.
struct source {
    account from{};
    ledger::row_id id{};
    std::int64_t free_ore{};
    ledger::advance row;  // of advances
};

result<std::vector<source>> sources_of(const payout_wish& wish, ledger::transaction& in) {
    const auto advances = in.free_advances_of(wish.customer_id);
    if (!advances) return tl::unexpected(advances.error());
    std::vector<source> out;
    for (const ledger::open_advance& each : *advances)
        if (each.row.currency == wish.currency) out.push_back({account::advance, each.row.id, each.free_ore, each.row});
    const auto credits = in.open_credits_of(wish.customer_id);
    if (!credits) return tl::unexpected(credits.error());
    for (const ledger::open_credit& each : *credits)
        if (each.currency == wish.currency) out.push_back({account::credit_note, each.id, each.open_ore, {}});
    return out;
}

std::int64_t free_of(const std::vector<source>& all) {
    std::int64_t sum = 0;
    for (const source& each : all)
        sum += each.free_ore;
    return sum;
}

// Takes the amount off the sources, and off `all`, as debits of one entry.
void take(std::vector<source>& all, std::int64_t amount_ore, const payout_wish& wish, std::string_view why,
          std::vector<ledger::posting>& into) {
    for (source& each : all) {
        const std::int64_t part_ore = std::min(each.free_ore, amount_ore);
        if (part_ore == 0) continue;
        into.push_back({each.from, part_ore, wish.currency, each.id, 0, wish.customer_id, why});
        each.free_ore -= part_ore;
        amount_ore -= part_ore;
    }
}

// Pays an open invoice, or what of it the credit is enough for.
result<std::int64_t> net(const ledger::open_invoice& invoice, std::vector<source>& all, const payout_wish& wish, date today,
                         ledger::transaction& into) {
    const std::vector<std::int64_t> shares = ledger::share(std::min(free_of(all), invoice.open_ore()), invoice.parts);
    ledger::entry paid{0, ledger::entry_kind::advance_use, invoice.id, today, 0, {}};
    std::int64_t sum_ore = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (shares[i] == 0) continue;
        sum_ore += shares[i];
        paid.postings.push_back({account::receivable, -shares[i], wish.currency, invoice.id, invoice.parts[i].part.part_no,
                                 wish.customer_id, reason_netted});
    }
    if (sum_ore == 0) return 0;
    take(all, sum_ore, wish, reason_netted, paid.postings);
    if (auto added = into.add_entry(paid); !added) return tl::unexpected(std::move(added.error()));
    return sum_ore;
}

// Oldest due date first; what is disputed is left.
result<std::int64_t> net_all(std::vector<source>& all, const payout_wish& wish, date today, ledger::transaction& into) {
    const auto open = into.open_invoices_of(wish.customer_id);
    if (!open) return tl::unexpected(open.error());
    std::int64_t netted_ore = 0;
    for (const ledger::open_invoice& each : *open) {
        if (each.disputed || each.currency != wish.currency) continue;
        const auto paid = net(each, all, wish, today, into);
        if (!paid) return paid;
        netted_ore += *paid;
    }
    return netted_ore;
}

// The advances that a payout was made of, by its first entry.
result<std::vector<ledger::advance>> advances_of(ledger::row_id payout_id, std::string_view customer_id,
                                                 ledger::transaction& in) {
    const auto entries = in.entries_about(payout_id, 1);
    if (!entries) return tl::unexpected(entries.error());
    std::vector<ledger::advance> out;
    if (entries->empty()) return out;
    for (const ledger::posting& each : entries->front().postings) {
        if (each.to != account::advance) continue;
        auto row = in.find_advance(each.subject_id);
        if (!row) return tl::unexpected(std::move(row.error()));
        if (*row && (*row)->customer_id == customer_id) out.push_back(std::move(**row));
    }
    return out;
}

class matter_list {
 public:
    matter_list(const ledger::payout& of, ledger::transaction& into) : of_(of), into_(into) {}

    // Keyed by kind, payout and what tells it apart; one that is closed holds nothing.
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

// The customer has replaced the account that it is to go to, not long ago (RF-R02).
result<bool> is_changed_account(const ledger::payout& of, const destination& goes, const payout_terms& terms,
                                ledger::transaction& in) {
    const auto given = in.payouts().accounts_of(of.customer_id);
    if (!given) return tl::unexpected(given.error());
    if (given->size() < 2 || given->front().id != goes.through_id) return false;
    return days_between(day_of(given->front().recorded_at), terms.today) < terms.changed_account_days;
}

result<std::vector<ledger::row_id>> find_matters(const ledger::payout& of, const ledger::customer& who, const destination& goes,
                                                 const payout_terms& terms, ledger::transaction& into) {
    matter_list open(of, into);
    result<void> added{};
    if (who.protected_identity) added = open.add("payout-protected");
    if (added && who.estate) added = open.add("payout-estate");
    if (added && goes.route == ledger::payout_route::none) added = open.add("payout-without-account");
    const auto changed = is_changed_account(of, goes, terms, into);
    if (!changed) return tl::unexpected(changed.error());
    if (added && *changed) added = open.add("payout-account-changed", fmt::format(":{}", ledger::format_id(goes.through_id)));
    if (!added) return tl::unexpected(std::move(added.error()));
    return std::move(open).open();
}

result<ledger::customer> customer_of(std::string_view customer_id, ledger::transaction& in) {
    auto who = in.find_customer(customer_id);
    if (!who) return tl::unexpected(std::move(who.error()));
    if (!*who) return fail(error_code::not_found, fmt::format("there is no customer {}", customer_id));
    return std::move(**who);
}

result<payout_item> payout_of(ledger::row_id id, ledger::transaction& in) {
    auto item = in.payouts().payout_with_id(id);
    if (!item) return tl::unexpected(std::move(item.error()));
    if (!*item) return fail(error_code::not_found, fmt::format("no payout has the id {}", ledger::format_id(id)));
    return std::move(**item);
}

result<destination> goes_now(const payout_item& item, const ledger::customer& who, const payout_terms& terms,
                             ledger::transaction& in) {
    const auto advances = advances_of(item.row.id, item.row.customer_id, in);
    if (!advances) return tl::unexpected(advances.error());
    return destination_of(who, item.row.amount_ore, *advances, terms, in);
}

ledger::payout_event event_of(payout_state state, const destination& goes, date day, const std::string& actor,
                              const std::string& reason) {
    ledger::payout_event out;
    out.state = state;
    out.day = day;
    out.route = goes.route;
    out.to = goes.to;
    out.through_id = goes.through_id;
    out.actor = actor;
    out.reason = reason;
    return out;
}

// Each time anew, since each release was a decision of its own.
result<void> draft_again(const payout_item& item, std::string_view kind, nlohmann::json detail, ledger::transaction& into) {
    ledger::payout_event event = item.newest;
    event.state = payout_state::draft;
    event.actor.clear();
    event.reason.clear();
    event.code = kind;
    if (auto told = into.payouts().add_payout_event(item.row.id, event); !told) return told;
    const auto events = into.payouts().payout_events(item.row.id);
    if (!events) return tl::unexpected(events.error());
    ledger::matter seen;
    seen.kind = kind;
    seen.key = fmt::format("{}:{}:{}", kind, ledger::format_id(item.row.id), events->size());
    seen.subject_id = item.row.id;
    seen.customer_id = item.row.customer_id;
    detail["amount_ore"] = item.row.amount_ore;
    seen.detail = detail.dump();
    return into.matters().add_matter(seen);
}

// A wish without a key is one of its own.
std::string key_of(const payout_wish& wish, std::size_t before) {
    return wish.key.empty() ? fmt::format("{} {}", wish.customer_id, before + 1) : wish.key;
}

result<void> promise(ledger::payout& item, std::vector<source>& all, const payout_wish& wish, date today,
                     ledger::transaction& into) {
    if (auto added = into.payouts().add_payout(item); !added) return added;
    ledger::entry off{0, ledger::entry_kind::payout, item.id, today, 0, {}};
    take(all, item.amount_ore, wish, reason_payout, off.postings);
    off.postings.push_back({account::payout, -item.amount_ore, wish.currency, item.id, 0, wish.customer_id, reason_payout});
    return into.add_entry(off);
}

// What was asked for under this key before.
result<std::optional<asked_payout>> known_wish(const payout_wish& wish, ledger::transaction& in) {
    if (wish.key.empty()) return std::optional<asked_payout>{};
    const auto known = in.payouts().payout_with_key(wish.key);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return std::optional<asked_payout>{};
    const payout_item& item = **known;
    if (item.row.customer_id != wish.customer_id || (wish.amount_ore && *wish.amount_ore != item.row.amount_ore))
        return fail(error_code::conflict,
                    fmt::format("payout {} was asked for under this key, and is another", ledger::format_id(item.row.id)));
    return std::optional(
        asked_payout{item.row.id, item.row.amount_ore, 0, {item.newest.route, item.newest.to, item.newest.through_id}});
}

}  // namespace

result<asked_payout> ask(const payout_wish& wish, const payout_terms& terms, ledger::transaction& into) {
    const auto who = customer_of(wish.customer_id, into);
    if (!who) return tl::unexpected(who.error());
    auto known = known_wish(wish, into);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) return std::move(**known);
    auto all = sources_of(wish, into);
    if (!all) return tl::unexpected(std::move(all.error()));
    asked_payout out;
    if (wish.net_against_debt) {
        const auto netted = net_all(*all, wish, terms.today, into);
        if (!netted) return tl::unexpected(netted.error());
        out.netted_ore = *netted;
    }
    const std::int64_t free_ore = free_of(*all);
    out.amount_ore = wish.amount_ore.value_or(free_ore);
    if (out.amount_ore == 0 && out.netted_ore != 0) return out;
    if (out.amount_ore <= 0 || out.amount_ore > free_ore)
        return fail(error_code::conflict,
                    fmt::format("RF-R01: {} öre are free of what customer {} has paid too much, {} were asked for", free_ore,
                                wish.customer_id, out.amount_ore));
    const auto before = into.payouts().payouts_of_customer(wish.customer_id);
    if (!before) return tl::unexpected(before.error());
    ledger::payout item{0, key_of(wish, before->size()), wish.customer_id, out.amount_ore, wish.currency, wish.purpose};
    if (auto promised = promise(item, *all, wish, terms.today, into); !promised)
        return tl::unexpected(std::move(promised.error()));
    const auto goes = goes_now({item, {}, 0}, *who, terms, into);
    if (!goes) return tl::unexpected(goes.error());
    out.id = item.id;
    out.goes = *goes;
    if (auto told =
            into.payouts().add_payout_event(item.id, event_of(payout_state::draft, *goes, terms.today, wish.actor, wish.reason));
        !told)
        return tl::unexpected(std::move(told.error()));
    if (const auto matters = find_matters(item, *who, *goes, terms, into); !matters) return tl::unexpected(matters.error());
    return out;
}

result<release_outcome> approve(ledger::row_id id, const std::string& actor, const std::string& reason, const payout_terms& terms,
                                ledger::transaction& into) {
    const auto item = payout_of(id, into);
    if (!item) return tl::unexpected(item.error());
    if (item->newest.state != payout_state::draft)
        return fail(error_code::conflict, fmt::format("payout {} is {}", ledger::format_id(id), name(item->newest.state)));
    const auto events = into.payouts().payout_events(id);
    if (!events) return tl::unexpected(events.error());
    if (item->row.amount_ore > terms.two_persons_above_ore && events->front().actor == actor)
        return fail(error_code::permission_denied, "RF-R02: who asked for a payout of this amount cannot approve it");
    const auto who = customer_of(item->row.customer_id, into);
    if (!who) return tl::unexpected(who.error());
    const auto goes = goes_now(*item, *who, terms, into);
    if (!goes) return tl::unexpected(goes.error());
    auto matters = find_matters(item->row, *who, *goes, terms, into);
    if (!matters) return tl::unexpected(std::move(matters.error()));
    if (!matters->empty()) return release_outcome{false, *goes, std::move(*matters)};
    if (goes->route == ledger::payout_route::none)
        return fail(error_code::conflict, "RF-R03: nobody knows where this payout could go: enter the customer's account first");
    auto told = into.payouts().add_payout_event(id, event_of(payout_state::approved, *goes, terms.today, actor, reason));
    if (!told) return tl::unexpected(std::move(told.error()));
    return release_outcome{true, *goes, {}};
}

result<bool> may_leave(const payout_item& item, const payout_terms& terms, ledger::transaction& into) {
    const auto who = customer_of(item.row.customer_id, into);
    if (!who) return tl::unexpected(who.error());
    const auto goes = goes_now(item, *who, terms, into);
    if (!goes) return tl::unexpected(goes.error());
    if (*goes != destination{item.newest.route, item.newest.to, item.newest.through_id}) {
        auto back = draft_again(item, "payout-goes-elsewhere", {}, into);
        return back ? result<bool>(false) : tl::unexpected(std::move(back.error()));
    }
    const auto matters = find_matters(item.row, *who, *goes, terms, into);
    if (!matters) return tl::unexpected(matters.error());
    return matters->empty();
}

result<void> send_back(const payout_item& item, std::string_view rule, std::string_view field, ledger::transaction& into) {
    return draft_again(item, "payout-not-sent", {{"rule", rule}, {"field", field}}, into);
}

result<void> withdraw(ledger::row_id id, const std::string& actor, const std::string& reason, ledger::transaction& into) {
    const auto item = payout_of(id, into);
    if (!item) return tl::unexpected(item.error());
    if (item->newest.state != payout_state::draft && item->newest.state != payout_state::approved)
        return fail(error_code::conflict, fmt::format("payout {} is {}", ledger::format_id(id), name(item->newest.state)));
    ledger::payout_event event = item->newest;
    event.state = payout_state::withdrawn;
    event.actor = actor;
    event.reason = reason;
    return give_back(*item, std::move(event), into);
}

}  // namespace brygga::payouts
