#include <algorithm>
#include <deque>
#include <optional>

#include "formats/invented/payers.hpp"
#include "formats/layout/described/generator.hpp"

namespace brygga::layout::described {

namespace {

using language::described_record;
using language::field_type;
using language::none;
using language::order_step;

constexpr unsigned percent_of_detours = 50;
constexpr unsigned percent_of_others = 75;

bool has_amount(const described_record& kind) {
    return std::any_of(kind.fields.begin(), kind.fields.end(), [](const language::described_field& each) {
        return each.type == field_type::ore || each.type == field_type::kronor;
    });
}

// Ways through the states of an order.
class walker {
 public:
    explicit walker(const language::description& of) : of_(&of) {}

    // Steps to the nearest step of a kind that `is_wanted` takes, that step included; nothing where none can be reached.
    template <class Wanted>
    [[nodiscard]] std::optional<std::vector<order_step>> to(std::size_t from, const Wanted& is_wanted) const {
        std::vector<std::optional<std::pair<std::size_t, order_step>>> came(of_->order.size());
        std::vector<bool> seen(of_->order.size());
        std::deque<std::size_t> open{from};
        seen[from] = true;
        while (!open.empty()) {
            const std::size_t now = open.front();
            open.pop_front();
            for (const order_step& each : of_->order[now].steps) {
                if (is_wanted(each)) return back(from, now, each, came);
                if (seen[each.next]) continue;
                seen[each.next] = true;
                came[each.next] = std::pair(now, each);
                open.push_back(each.next);
            }
        }
        return std::nullopt;
    }
    [[nodiscard]] std::optional<std::vector<order_step>> to_kind(std::size_t from, std::size_t kind) const {
        return to(from, [kind](const order_step& each) { return each.record == kind; });
    }
    [[nodiscard]] std::vector<order_step> to_end(std::size_t from) const {
        if (of_->order[from].may_end) return {};
        return to(from, [this](const order_step& each) { return of_->order[each.next].may_end; })
            .value_or(std::vector<order_step>());
    }
    // States from which a file can end without a record of this kind.
    [[nodiscard]] std::vector<bool> ending_without(std::size_t kind) const {
        std::vector<bool> out(of_->order.size());
        for (bool more = true; more;) {
            more = false;
            for (std::size_t state = 0; state != out.size(); ++state) {
                const auto& steps = of_->order[state].steps;
                const bool ends = of_->order[state].may_end ||
                                  std::any_of(steps.begin(), steps.end(),
                                              [&](const order_step& each) { return each.record != kind && out[each.next]; });
                if (ends && !out[state]) out[state] = more = true;
            }
        }
        return out;
    }
    // Whether a record of this kind can come again.
    [[nodiscard]] bool repeats(std::size_t kind) const {
        const auto first = to_kind(0, kind);
        return first && to_kind(first->back().next, kind);
    }

 private:
    static std::vector<order_step> back(std::size_t from, std::size_t at, const order_step& last,
                                        const std::vector<std::optional<std::pair<std::size_t, order_step>>>& came) {
        std::vector<order_step> out{last};
        for (std::size_t now = at; now != from; now = came[now]->first)
            out.push_back(came[now]->second);
        std::reverse(out.begin(), out.end());
        return out;
    }

    const language::description* of_;
};

std::size_t main_kind(const language::description& of, const walker& ways) {
    std::size_t main = none;
    for (std::size_t kind = 0; kind != of.records.size(); ++kind) {
        if (!of.order.empty() && !ways.repeats(kind)) continue;
        if (has_amount(of.records[kind])) return kind;
        if (main == none) main = kind;
    }
    return main;
}

std::vector<std::size_t> without_order(const language::description& of, std::uint64_t count, std::size_t main) {
    std::vector<std::size_t> out;
    for (std::size_t kind = 0; kind != of.records.size(); ++kind)
        out.insert(out.end(), kind == main ? count : 1, kind);
    return out;
}

}  // namespace

std::vector<std::size_t> way_through(const language::description& of, std::uint64_t count, std::uint64_t seed) {
    const walker ways(of);
    const std::size_t main = main_kind(of, ways);
    if (of.order.empty()) return without_order(of, count, main);
    invented::random_numbers random(seed);
    std::vector<std::size_t> out;
    std::size_t state = 0;
    const auto go = [&](const order_step& each) {
        out.push_back(each.record);
        state = each.next;
    };
    for (std::uint64_t made = 0; main != none && made < count;) {
        const auto& steps = of.order[state].steps;
        if (!steps.empty() && random.chance(percent_of_detours)) {
            const order_step& chosen = steps[random.below(steps.size())];
            if (chosen.record == main || ways.to_kind(chosen.next, main)) {
                made += chosen.record == main ? 1 : 0;
                go(chosen);
                continue;
            }
        }
        const auto there = ways.to_kind(state, main);
        if (!there) break;
        for (const order_step& each : *there)
            go(each);
        ++made;
    }
    // Records that may stand behind the main ones alone.
    const std::vector<bool> may_end = ways.ending_without(main);
    while (random.chance(percent_of_others)) {
        std::vector<order_step> others;
        for (const order_step& each : of.order[state].steps)
            if (each.record != main && may_end[each.next]) others.push_back(each);
        if (others.empty()) break;
        go(others[random.below(others.size())]);
    }
    for (const order_step& each : ways.to_end(state))
        go(each);
    return out;
}

}  // namespace brygga::layout::described
