#include "mapping/payouts/request.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/finding.hpp"
#include "formats/core/money.hpp"
#include "formats/core/personal_number.hpp"
#include "mapping/ledger/allocation.hpp"
#include "mapping/payouts/holding.hpp"
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
};

result<std::vector<source>> sources_of(const payout_wish& wish, ledger::transaction& in) {
    const auto advances = in.free_advances_of(wish.customer_id);
    if (!advances) return tl::unexpected(advances.error());
    std::vector<source> out;
    for (const ledger::open_advance& each : *advances)
        if (each.row.currency == wish.currency) out.push_back({account::advance, each.row.id, each.free_ore});
    const auto credits = in.open_credits_of(wish.customer_id);
    if (!credits) return tl::unexpected(credits.error());
    for (const ledger::open_credit& each : *credits)
        if (each.currency == wish.currency) out.push_back({account::credit_note, each.id, each.open_ore});
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

// Pays an open invoice, or what of it the credit is enough for; what is disputed is left.
result<std::int64_t> net(const ledger::open_invoice& whole, std::vector<source>& all, const payout_wish& wish, date today,
                         ledger::transaction& into) {
    const ledger::open_invoice invoice = whole.undisputed();
    const std::int64_t most_ore = std::max<std::int64_t>(0, std::min({free_of(all), invoice.open_ore(), whole.open_ore()}));
    const std::vector<std::int64_t> shares = ledger::share(most_ore, invoice.parts);
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
        if (each.currency != wish.currency) continue;
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

// Some companies know their customers by identity numbers.
std::string name_of(std::string_view customer_id) {
    return may_hold_personal_number(customer_id) ? brygga::masked(customer_id) : std::string(customer_id);
}

result<ledger::customer> customer_of(std::string_view customer_id, ledger::transaction& in) {
    auto who = in.find_customer(customer_id);
    if (!who) return tl::unexpected(std::move(who.error()));
    if (!*who) return fail(error_code::not_found, fmt::format("there is no customer {}", name_of(customer_id)));
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
result<void> tell(const payout_item& item, std::string_view kind, nlohmann::json detail, ledger::transaction& into) {
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

result<void> draft_again(const payout_item& item, std::string_view kind, nlohmann::json detail, ledger::transaction& into) {
    ledger::payout_event event = item.newest;
    event.state = payout_state::draft;
    event.actor.clear();
    event.reason.clear();
    event.code = kind;
    if (auto told = into.payouts().add_payout_event(item.row.id, event); !told) return told;
    return tell(item, kind, std::move(detail), into);
}

constexpr char own_key = '#';  // no wish has a key that begins so

// A wish without a key is one of its own.
std::string key_of(const payout_wish& wish, ledger::transaction& in) {
    return wish.key.empty() ? fmt::format("{}{}", own_key, ledger::format_id(in.allot_id())) : wish.key;
}

result<void> check(const payout_wish& wish) {
    if (wish.currency != "SEK") return fail(error_code::invalid_argument, "only kronor are paid out");
    if (wish.key.starts_with(own_key)) return fail(error_code::invalid_argument, "a key does not begin with #");
    if (!wish.key.empty() && wish.net_against_debt)
        return fail(error_code::invalid_argument, "netting is not done twice: a wish with a key takes none");
    return {};
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
    if (item.row.customer_id != wish.customer_id || item.row.purpose != wish.purpose ||
        (wish.amount_ore && *wish.amount_ore != item.row.amount_ore))
        return fail(error_code::conflict,
                    fmt::format("payout {} was asked for under this key, and is another", ledger::format_id(item.row.id)));
    return std::optional(asked_payout{
        item.row.id, item.row.amount_ore, 0, {item.newest.route, item.newest.to, item.newest.through_id}, item.newest.state});
}

result<void> close_without_account(ledger::row_id payout_id, const ledger::customer_account& by, ledger::transaction& into) {
    const auto about = into.matters().matters_about(payout_id);
    if (!about) return tl::unexpected(about.error());
    for (const ledger::matter_item& each : *about)
        if (each.row.kind == without_account && each.closed_at == 0)
            if (auto closed = into.matters().close_matter(each.row.id, by.actor, by.reason); !closed) return closed;
    return {};
}

}  // namespace

result<asked_payout> ask(const payout_wish& wish, const payout_terms& terms, ledger::transaction& into) {
    if (auto checked = check(wish); !checked) return tl::unexpected(std::move(checked.error()));
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
        return fail(error_code::conflict, fmt::format("RF-R01: {} kr of the credit of customer {} are free, {} were asked for",
                                                      format_decimal_amount(free_ore), name_of(wish.customer_id),
                                                      format_decimal_amount(out.amount_ore)));
    ledger::payout item{0, key_of(wish, into), wish.customer_id, out.amount_ore, wish.currency, wish.purpose};
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
    if (const auto matters = holding_matters(item, *who, *goes, terms, holding_moment::deciding, into); !matters)
        return tl::unexpected(matters.error());
    return out;
}

result<bool> enter_account(ledger::customer_account& item, const payout_terms& terms, ledger::transaction& into) {
    const auto who = customer_of(item.customer_id, into);
    if (!who) return tl::unexpected(who.error());
    if (auto added = into.payouts().add_account(item); !added) return tl::unexpected(std::move(added.error()));
    const auto all = into.payouts().payouts_of_customer(item.customer_id);
    if (!all) return tl::unexpected(all.error());
    for (const payout_item& each : *all) {
        const auto goes = goes_now(each, *who, terms, into);
        if (!goes) return tl::unexpected(goes.error());
        if (goes->route == ledger::payout_route::none) continue;
        if (auto closed = close_without_account(each.row.id, item, into); !closed) return tl::unexpected(closed.error());
    }
    return payouts::goes_to(terms.to_accounts, item.account, *who);
}

result<release_outcome> approve(ledger::row_id id, const std::string& actor, const std::string& reason, const payout_terms& terms,
                                ledger::transaction& into) {
    const auto item = payout_of(id, into);
    if (!item) return tl::unexpected(item.error());
    if (item->newest.state != payout_state::draft)
        return fail(error_code::conflict, fmt::format("payout {} is {}", ledger::format_id(id), name(item->newest.state)));
    const auto who = customer_of(item->row.customer_id, into);
    if (!who) return tl::unexpected(who.error());
    const auto goes = goes_now(*item, *who, terms, into);
    if (!goes) return tl::unexpected(goes.error());
    const auto objection = objection_to(actor, *item, *goes, terms, into);
    if (!objection) return tl::unexpected(objection.error());
    if (!objection->empty()) return fail(error_code::permission_denied, *objection);
    auto matters = holding_matters(item->row, *who, *goes, terms, holding_moment::deciding, into);
    if (!matters) return tl::unexpected(std::move(matters.error()));
    if (!matters->empty()) return release_outcome{false, *goes, std::move(*matters)};
    if (goes->route == ledger::payout_route::none && who->protected_identity)
        return fail(
            error_code::conflict,
            "PRO-R03: by no way of [tenant.payouts] would this customer stay unnamed: pay it by hand, or by LB or Autogiro");
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
    const auto matters = holding_matters(item.row, *who, *goes, terms, holding_moment::leaving, into);
    if (!matters) return tl::unexpected(matters.error());
    return matters->empty();
}

result<void> send_back(const payout_item& item, std::string_view rule, std::string_view field, ledger::transaction& into) {
    return draft_again(item, "payout-not-sent", {{"rule", rule}, {"field", field}}, into);
}

result<void> credit_deducted(ledger::row_id credit_note_id, std::string_view customer_id, ledger::transaction& into) {
    const auto all = into.payouts().payouts_of_customer(customer_id);
    if (!all) return tl::unexpected(all.error());
    for (const payout_item& each : *all) {
        if (!ledger::is_pending(each.newest.state)) continue;
        const auto made_of = into.entries_about(each.row.id, 1);
        if (!made_of) return tl::unexpected(made_of.error());
        const bool took =
            !made_of->empty() &&
            std::any_of(made_of->front().postings.begin(), made_of->front().postings.end(), [&](const ledger::posting& one) {
                return one.to == account::credit_note && one.subject_id == credit_note_id;
            });
        if (!took) continue;
        const bool left = each.newest.state == payout_state::exported || each.newest.state == payout_state::accepted;
        const nlohmann::json detail{{"left", left}};
        auto told =
            left ? tell(each, "payout-credit-deducted", detail, into) : draft_again(each, "payout-credit-deducted", detail, into);
        if (!told) return told;
    }
    return {};
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
