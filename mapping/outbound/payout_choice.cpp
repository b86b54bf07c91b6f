#include "mapping/outbound/payout_choice.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mapping/payouts/idle.hpp"
#include "mapping/payouts/request.hpp"

namespace brygga::outbound {

namespace {

using ledger::payout_item;
using ledger::payout_state;

// Whether a person has let it go all the same.
result<bool> is_let_go(const payout_item& item, std::int64_t limit_ore, ledger::transaction& into) {
    ledger::matter told;
    told.kind = "payout-above-daily-limit";
    told.key = fmt::format("{}:{}:{}", told.kind, ledger::format_id(item.row.id), limit_ore);
    told.subject_id = item.row.id;
    told.customer_id = item.row.customer_id;
    told.detail = nlohmann::json{{"amount_ore", item.row.amount_ore}, {"daily_limit_ore", limit_ore}}.dump();
    if (auto added = into.matters().add_matter(told); !added) return tl::unexpected(std::move(added.error()));
    const auto known = into.matters().matter_with_id(told.id);
    if (!known) return tl::unexpected(known.error());
    return (*known)->closed_at != 0;
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

class choosing {
 public:
    choosing(ledger::payout_route route, const payout_limits& limits, const ore_sum& left_today, ledger::transaction& into)
        : route_(route), limits_(limits), budget_(limits.daily_ore, left_today), into_(into) {}

    result<void> look_at(const payout_item& item, const payout_filter& wanted) {
        const auto leaves = payouts::may_leave(item, limits_.terms, into_);
        if (!leaves) return tl::unexpected(leaves.error());
        if (item.newest.route != route_ || item.newest_at > limits_.approved_until) return {};
        const auto ours = wanted ? wanted(item) : result<bool>(true);
        if (!ours) return tl::unexpected(ours.error());
        if (!*ours) return {};
        if (!*leaves) {
            ++out_.held;
            return {};
        }
        return take(item);
    }

    [[nodiscard]] payout_choice chosen() && { return std::move(out_); }

 private:
    result<void> take(const payout_item& item) {
        if (budget_.is_above(item.row.amount_ore)) {
            const auto let_go = is_let_go(item, *limits_.daily_ore, into_);
            if (!let_go) return tl::unexpected(let_go.error());
            if (!*let_go) {
                ++out_.held;
                return {};
            }
        } else if (!budget_.takes(item.row.amount_ore)) {
            ++out_.beyond_daily_limit;
            return {};
        }
        auto who = into_.find_customer(item.row.customer_id);
        if (!who) return tl::unexpected(std::move(who.error()));
        if (!*who) return fail(error_code::corrupt, fmt::format("customer {} is gone", item.row.customer_id));
        out_.pays.push_back({item, std::move(**who)});
        return {};
    }

    ledger::payout_route route_;
    const payout_limits& limits_;
    daily_budget budget_;
    ledger::transaction& into_;
    payout_choice out_;
};

}  // namespace

result<payout_choice> choose_payouts(ledger::payout_route route, const payout_limits& limits, ledger::transaction& into,
                                     const payout_filter& wanted) {
    if (auto offered = payouts::offer_idle_advances(limits.terms.today, limits.terms.advance_max_days, into); !offered)
        return tl::unexpected(std::move(offered.error()));
    const auto approved = into.payouts().payouts_in_state(payout_state::approved);
    if (!approved) return tl::unexpected(approved.error());
    const auto left_today = into.payouts().exported_since(limits.day_began, "SEK");
    if (!left_today) return tl::unexpected(left_today.error());
    choosing choice(route, limits, *left_today, into);
    for (const payout_item& each : *approved)
        if (auto looked = choice.look_at(each, wanted); !looked) return tl::unexpected(std::move(looked.error()));
    return std::move(choice).chosen();
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
