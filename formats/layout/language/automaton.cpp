#include "formats/layout/language/detail/automaton.hpp"

#include <algorithm>
#include <bitset>
#include <map>
#include <unordered_map>
#include <utility>

#include "formats/layout/language/parser.hpp"

namespace brygga::layout::language::detail {

namespace {

// A set of places in an expression, each the name of a record (Glushkov's construction).
using place_set = std::bitset<max_order_names>;

struct fragment {
    place_set first, last;
    bool may_lack = true;
};

class place_finder {
 public:
    fragment find(const order_expression& of) {
        fragment made;
        if (records.size() > max_order_names) return made;
        switch (of.kind) {
            case order_expression::kind_of::record:
                made = find_record(of.record);
                break;
            case order_expression::kind_of::sequence:
                for (const order_expression& each : of.parts)
                    made = joined(made, find(each));
                break;
            case order_expression::kind_of::choice:
                made.may_lack = false;
                for (const order_expression& each : of.parts) {
                    const fragment part = find(each);
                    made.first |= part.first;
                    made.last |= part.last;
                    made.may_lack = made.may_lack || part.may_lack;
                }
                break;
        }
        if (of.may_repeat) follow(made.last, made.first);
        made.may_lack = made.may_lack || of.may_lack;
        return made;
    }

    std::vector<std::size_t> records;  // by place
    std::vector<place_set> followers;  // by place

 private:
    fragment find_record(std::size_t record) {
        fragment made;
        made.may_lack = false;
        if (records.size() < max_order_names) {
            made.first.set(records.size());
            made.last.set(records.size());
        }
        records.push_back(record);
        followers.emplace_back();
        return made;
    }

    fragment joined(const fragment& a, const fragment& b) {
        follow(a.last, b.first);
        fragment made{a.first, b.last, a.may_lack && b.may_lack};
        if (a.may_lack) made.first |= b.first;
        if (b.may_lack) made.last |= a.last;
        return made;
    }

    void follow(const place_set& these, const place_set& by) {
        for (std::size_t i = 0; i < followers.size() && i < max_order_names; ++i)
            if (these[i]) followers[i] |= by;
    }
};

// Sets of places as states.
class state_maker {
 public:
    state_maker(const place_finder& places, const fragment& whole) : places_(places), whole_(whole) {}

    tl::expected<std::vector<order_state>, order_fault> make() {
        made_.push_back({{}, whole_.may_lack});  // the start is no set of places: nothing was read
        for (std::size_t at = 0; at < made_.size(); ++at) {
            if (made_.size() > max_order_states) return tl::unexpected(order_fault::too_many_states);
            const place_set next = at == 0 ? whole_.first : followers_of(sets_[at - 1]);
            auto steps = steps_from(next);  // adds states
            made_[at].steps = std::move(steps);
        }
        return std::move(made_);
    }

 private:
    [[nodiscard]] place_set followers_of(const place_set& in) const {
        place_set out;
        for (std::size_t i = 0; i < places_.followers.size(); ++i)
            if (in[i]) out |= places_.followers[i];
        return out;
    }

    std::vector<order_step> steps_from(const place_set& next) {
        std::map<std::size_t, place_set> by_record;
        for (std::size_t i = 0; i < places_.records.size(); ++i)
            if (next[i]) by_record[places_.records[i]].set(i);
        std::vector<order_step> out;
        for (const auto& [record, set] : by_record)
            out.push_back({record, number_of(set)});
        return out;
    }

    std::size_t number_of(const place_set& set) {
        const auto [known, is_new] = numbers_.emplace(set, made_.size());
        if (is_new) {
            sets_.push_back(set);
            made_.push_back({{}, (set & whole_.last).any()});
        }
        return known->second;
    }

    const place_finder& places_;
    const fragment& whole_;
    std::unordered_map<place_set, std::size_t> numbers_;
    std::vector<place_set> sets_;  // of states from 1 on
    std::vector<order_state> made_;
};

// Classes of states that no records behind them tell apart (Moore's algorithm).
std::vector<std::size_t> classes_of(const std::vector<order_state>& states) {
    std::vector<std::size_t> in(states.size());
    for (std::size_t i = 0; i < states.size(); ++i)
        in[i] = states[i].may_end ? 1 : 0;
    using signature = std::pair<std::size_t, std::vector<std::pair<std::size_t, std::size_t>>>;
    for (std::size_t count = 0;;) {
        std::map<signature, std::size_t> known;
        std::vector<std::size_t> refined(states.size());
        for (std::size_t i = 0; i < states.size(); ++i) {
            signature of{in[i], {}};
            for (const order_step& step : states[i].steps)
                of.second.emplace_back(step.record, in[step.next]);
            refined[i] = known.emplace(std::move(of), known.size()).first->second;
        }
        in = std::move(refined);
        if (std::exchange(count, known.size()) == known.size()) return in;
    }
}

std::vector<order_state> merged(const std::vector<order_state>& states, const std::vector<std::size_t>& classes) {
    std::vector<std::size_t> number(states.size(), none), first_of;  // by class; by number
    const auto number_of = [&](std::size_t state) {
        std::size_t& known = number[classes[state]];
        if (known == none) {
            known = first_of.size();
            first_of.push_back(state);
        }
        return known;
    };
    number_of(0);
    std::vector<order_state> out;
    for (std::size_t at = 0; at < first_of.size(); ++at) {
        order_state made = states[first_of[at]];
        for (order_step& step : made.steps)
            step.next = number_of(step.next);
        out.push_back(std::move(made));
    }
    return out;
}

}  // namespace

tl::expected<std::vector<order_state>, order_fault> automaton_of(const order_expression& order) {
    place_finder places;
    const fragment whole = places.find(order);
    if (places.records.size() > max_order_names) return tl::unexpected(order_fault::too_many_names);
    auto states = state_maker(places, whole).make();
    if (!states) return states;
    return merged(*states, classes_of(*states));
}

}  // namespace brygga::layout::language::detail
