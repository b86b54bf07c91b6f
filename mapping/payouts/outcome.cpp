#include "mapping/payouts/outcome.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace brygga::payouts {

namespace {

using ledger::account;
using ledger::payout_event;
using ledger::payout_item;
using ledger::payout_state;

constexpr std::string_view reason_paid = "payout", reason_given_back = "payout-not-made";

payout_event next_of(const payout_item& item, payout_state state, date day, const told_by& who) {
    payout_event out = item.newest;
    out.state = state;
    out.day = day;
    out.code = who.code;
    out.source_id = who.source_id;
    out.actor = who.actor;
    out.reason = who.reason;
    out.bank_reference = who.bank_reference;
    return out;
}

result<void> see_to(std::string_view kind, const payout_item& item, const told_by& who, ledger::transaction& into) {
    ledger::matter told;
    told.kind = kind;
    told.key = fmt::format("{}:{}", kind, ledger::format_id(item.row.id));
    told.subject_id = item.row.id;
    told.customer_id = item.row.customer_id;
    told.detail = nlohmann::json{{"amount_ore", item.row.amount_ore}, {"currency", item.row.currency}, {"code", who.code}}.dump();
    return into.matters().add_matter(told);
}

ledger::entry entry_of(const payout_item& item, date day, account debit, account credit) {
    const auto side = [&](account to, std::int64_t amount_ore) {
        const std::string_view customer_id = to == account::payout ? std::string_view(item.row.customer_id) : std::string_view();
        return ledger::posting{to, amount_ore, item.row.currency, item.row.id, 0, customer_id, reason_paid};
    };
    return {0,           ledger::entry_kind::payout,
            item.row.id, day,
            0,           {side(debit, item.row.amount_ore), side(credit, -item.row.amount_ore)}};
}

}  // namespace

result<void> give_back(const payout_item& item, payout_event event, ledger::transaction& into) {
    const auto entries = into.entries_about(item.row.id, 1);
    if (!entries) return tl::unexpected(entries.error());
    if (entries->empty())
        return fail(error_code::corrupt, fmt::format("payout {} was made of nothing", ledger::format_id(item.row.id)));
    ledger::entry back = entries->front();
    back.corrects_id = back.id;
    back.kind = ledger::entry_kind::correction;
    back.value_date = event.day;
    for (ledger::posting& each : back.postings) {
        each.amount_ore = -each.amount_ore;
        each.reason = reason_given_back;
    }
    if (auto added = into.add_entry(back); !added) return added;
    return into.payouts().add_payout_event(item.row.id, event);
}

result<void> accepted(const payout_item& item, const told_by& who, ledger::transaction& into) {
    if (item.newest.state != payout_state::exported) return {};
    return into.payouts().add_payout_event(item.row.id, next_of(item, payout_state::accepted, item.newest.day, who));
}

result<void> moved(const payout_item& item, date day, const told_by& who, ledger::transaction& into) {
    if (item.newest.state != payout_state::exported && item.newest.state != payout_state::accepted) return {};
    return into.payouts().add_payout_event(item.row.id, next_of(item, payout_state::accepted, day, who));
}

result<void> executed(const payout_item& item, date day, const told_by& who, ledger::transaction& into) {
    const payout_state now = item.newest.state;
    if (now == payout_state::executed || now == payout_state::returned) return {};
    if (now != payout_state::exported && now != payout_state::accepted) return see_to("payout-paid-after-all", item, who, into);
    ledger::entry paid = entry_of(item, day, account::payout, account::bank);
    if (auto added = into.add_entry(paid); !added) return added;
    return into.payouts().add_payout_event(item.row.id, next_of(item, payout_state::executed, day, who));
}

result<void> rejected(const payout_item& item, const told_by& who, ledger::transaction& into) {
    const payout_state now = item.newest.state;
    if (now == payout_state::rejected || now == payout_state::returned || now == payout_state::withdrawn) return {};
    if (auto told = see_to("payout-rejected", item, who, into); !told) return told;
    if (now == payout_state::executed) return {};
    return give_back(item, next_of(item, payout_state::rejected, item.newest.day, who), into);
}

result<void> returned(const payout_item& item, date day, const told_by& who, ledger::transaction& into) {
    payout_item paid = item;
    if (paid.newest.state == payout_state::returned) return {};
    if (paid.newest.state == payout_state::exported || paid.newest.state == payout_state::accepted) {
        // What comes back has been paid. By which entry of the bank nobody has told: the debit may still come.
        told_by implied = who;
        implied.bank_reference.clear();
        if (auto done = executed(paid, day, implied, into); !done) return done;
        paid.newest.state = payout_state::executed;
    }
    if (paid.newest.state != payout_state::executed)
        return fail(error_code::conflict,
                    fmt::format("payout {} is {}: it cannot come back", ledger::format_id(item.row.id), name(item.newest.state)));
    ledger::entry came = entry_of(paid, day, account::bank, account::payout);
    if (auto added = into.add_entry(came); !added) return added;
    if (auto told = see_to("payout-returned", paid, who, into); !told) return told;
    return give_back(paid, next_of(paid, payout_state::returned, day, who), into);
}

}  // namespace brygga::payouts
