#include "mapping/outbound/payout_choice.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mapping/payouts/request.hpp"

namespace brygga::outbound {

namespace {

using ledger::payout_item;
using ledger::payout_state;

result<void> tell_too_large(const payout_item& item, std::int64_t limit_ore, ledger::transaction& into) {
    ledger::matter told;
    told.kind = "payout-above-daily-limit";
    told.key = fmt::format("{}:{}:{}", told.kind, ledger::format_id(item.row.id), limit_ore);
    told.subject_id = item.row.id;
    told.customer_id = item.row.customer_id;
    told.detail = nlohmann::json{{"amount_ore", item.row.amount_ore}, {"daily_limit_ore", limit_ore}}.dump();
    return into.matters().add_matter(told);
}

class daily_budget {
 public:
    daily_budget(std::optional<std::int64_t> limit_ore, const ore_sum& left_today) : limit_ore_(limit_ore), used_(left_today) {}

    [[nodiscard]] bool is_above(std::int64_t amount_ore) const { return limit_ore_ && amount_ore > *limit_ore_; }
    // False once one did not fit: what is younger does not overtake it.
    bool takes(std::int64_t amount_ore) {
        if (!limit_ore_) return true;
        ore_sum next = used_;
        next += amount_ore;
        const auto sum = next.value();
        if (closed_ || !sum || *sum > *limit_ore_) closed_ = true;
        if (!closed_) used_ = next;
        return !closed_;
    }

 private:
    std::optional<std::int64_t> limit_ore_;
    ore_sum used_;
    bool closed_ = false;
};

}  // namespace

result<payout_choice> choose_payouts(ledger::payout_route route, const payout_limits& limits, ledger::transaction& into) {
    const auto approved = into.payouts().payouts_in_state(payout_state::approved);
    if (!approved) return tl::unexpected(approved.error());
    const auto left_today = into.payouts().exported_since(limits.day_began, "SEK");
    if (!left_today) return tl::unexpected(left_today.error());
    daily_budget budget(limits.daily_ore, *left_today);
    payout_choice out;
    for (const payout_item& each : *approved) {
        if (each.newest.route != route || each.newest_at > limits.approved_until) continue;
        const auto leaves = payouts::may_leave(each, limits.terms, into);
        if (!leaves) return tl::unexpected(leaves.error());
        if (!*leaves) {
            ++out.held;
        } else if (budget.is_above(each.row.amount_ore)) {
            ++out.held;
            if (auto told = tell_too_large(each, *limits.daily_ore, into); !told) return tl::unexpected(std::move(told.error()));
        } else if (!budget.takes(each.row.amount_ore)) {
            ++out.beyond_daily_limit;
        } else {
            auto who = into.find_customer(each.row.customer_id);
            if (!who) return tl::unexpected(std::move(who.error()));
            if (!*who) return fail(error_code::corrupt, fmt::format("customer {} is gone", each.row.customer_id));
            out.pays.push_back({each, std::move(**who)});
        }
    }
    return out;
}

result<void> note_exported(const chosen_payout& each, date day, ledger::row_id outgoing_id, ledger::transaction& into) {
    ledger::payout_event event = each.what.newest;
    event.state = payout_state::exported;
    event.day = day;
    event.source_id = outgoing_id;
    event.actor.clear();
    event.reason.clear();
    event.code.clear();
    return into.payouts().add_payout_event(each.what.row.id, event);
}

}  // namespace brygga::outbound
