// Orders as automata: deterministic, as small as can be, the same for the same orders, and right (against a plain backtracking
// matcher).
#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/layout/language/detail/automaton.hpp"
#include "formats/layout/language/parser.hpp"
#include "tests/layout_language/cases.hpp"

namespace brygga::layout::language::testing {
namespace {

using detail::order_expression;

tl::expected<description, std::vector<layout_fault>> ordered(const std::string& order) {
    return parse_layout(
        "format ab \"a\"\nfixed 2\ncode 1-2\nrecord a \"0a\" \"a\"\nrecord b \"0b\" \"b\"\nrecord c \"0c\" \"c\"\norder " +
            order + "\n",
        "order.layout", {});
}

bool takes(const std::vector<order_state>& order, const std::string& records) {
    std::size_t at = 0;
    for (const char each : records) {
        const auto& steps = order[at].steps;
        const auto step = std::find_if(steps.begin(), steps.end(),
                                       [&](const order_step& of) { return of.record == static_cast<std::size_t>(each - 'a'); });
        if (step == steps.end()) return false;
        at = step->next;
    }
    return order[at].may_end;
}

struct order_case {
    const char* name;
    const char* order;
    std::size_t states;
    std::vector<std::string> right, wrong;
};
void PrintTo(const order_case& of, std::ostream* to) {
    *to << of.name;
}

class layout_order : public ::testing::TestWithParam<order_case> {};

TEST_P(layout_order, is_an_automaton) {
    const order_case& with = GetParam();
    const auto made = ordered(with.order);
    ASSERT_TRUE(made) << told(made.error());
    EXPECT_EQ(made->order.size(), with.states);
    for (const std::string& each : with.right)
        EXPECT_TRUE(takes(made->order, each)) << each;
    for (const std::string& each : with.wrong)
        EXPECT_FALSE(takes(made->order, each)) << each;
}

INSTANTIATE_TEST_SUITE_P(
    all, layout_order,
    ::testing::Values(order_case{"sequence", "a b c", 4, {"abc"}, {"", "ab", "abcc", "acb"}},
                      order_case{"choice", "a | b | c", 2, {"a", "b", "c"}, {"", "ab"}},
                      order_case{"any", "(a | b | c)*", 1, {"", "abc", "cba", "aaaa"}, {}},
                      order_case{"some", "(a | b | c)+", 2, {"abc", "cba", "aaaa"}, {""}},
                      order_case{"lacking", "a? b? c?", 4, {"", "ac", "abc", "c"}, {"ca", "aa"}},
                      order_case{"ambiguous", "(a | a b) (b c | c)", 5, {"abc", "ac", "abbc"}, {"a", "ab", "abbbc"}},
                      order_case{"repeated_groups", "(a (b | c)*)+", 2, {"a", "aa", "abcba"}, {"", "b", "ba"}},
                      order_case{"repeat_of_a_repeat", "((a b?)* c)+", 3, {"c", "abc", "aabcc"}, {"", "ab", "bc"}},
                      order_case{"second_last", "(a | b)* a (a | b) c?", 5, {"aa", "ab", "bbabc"}, {"a", "ba", "abb"}}),
    [](const auto& of) { return of.param.name; });

TEST(layout_order, of_the_same_orders_is_the_same) {
    const auto one = ordered("a (b | c)+"), other = ordered("a b (b | c)* | (a c) (c | b)*");
    ASSERT_TRUE(one && other);
    EXPECT_EQ(one->order, other->order);
    EXPECT_NE(one->order_text, other->order_text);
}

TEST(layout_order, has_limits) {
    const auto repeated = [](const std::string& part, std::size_t times) {
        std::string out;
        for (std::size_t i = 0; i < times; ++i)
            out += "\n    " + part;
        return out;
    };
    const std::string rest = "a b c";
    const auto names = ordered(rest + repeated("a", max_order_names - 3));
    ASSERT_TRUE(names) << told(names.error());
    EXPECT_EQ(names->order.size(), max_order_names + 1);
    EXPECT_FALSE(ordered(rest + repeated("a", max_order_names - 2)));
    // The n-th record from the end is an `a`: 2^n states.
    const std::string last_but = "c? (a | b)* a";
    EXPECT_TRUE(ordered(last_but + repeated("(a | b)", 8)));
    const auto states = ordered(last_but + repeated("(a | b)", 9));
    ASSERT_FALSE(states);
    EXPECT_EQ(states.error().front().expected, "a simpler order: at most 1000 states");
    EXPECT_FALSE(ordered(last_but + repeated("(a | b)", 100)));
}

// Places in `records` that `of` can reach from any of `from`.
std::set<std::size_t> reached(const order_expression& of, const std::string& records, const std::set<std::size_t>& from);

std::set<std::size_t> reached_once(const order_expression& of, const std::string& records, const std::set<std::size_t>& from) {
    std::set<std::size_t> out;
    switch (of.kind) {
        case order_expression::kind_of::record:
            for (const std::size_t at : from)
                if (at < records.size() && records[at] == static_cast<char>('a' + of.record)) out.insert(at + 1);
            return out;
        case order_expression::kind_of::sequence:
            out = from;
            for (const order_expression& each : of.parts)
                out = reached(each, records, out);
            return out;
        case order_expression::kind_of::choice:
            for (const order_expression& each : of.parts)
                out.merge(reached(each, records, from));
            return out;
    }
    return out;
}

std::set<std::size_t> reached(const order_expression& of, const std::string& records, const std::set<std::size_t>& from) {
    std::set<std::size_t> out = of.may_lack ? from : std::set<std::size_t>(), at = from;
    while (true) {
        at = reached_once(of, records, at);
        const std::size_t before = out.size();
        out.insert(at.begin(), at.end());
        if (!of.may_repeat || out.size() == before) return out;
    }
}

order_expression any_order(unsigned depth) {
    order_expression made;
    made.may_lack = *rc::gen::arbitrary<bool>();
    made.may_repeat = *rc::gen::arbitrary<bool>();
    const auto kind = depth == 0 ? 0 : *rc::gen::inRange(0, 3);
    made.record = *rc::gen::inRange<std::size_t>(0, 3);
    if (kind == 0) return made;
    made.kind = kind == 1 ? order_expression::kind_of::sequence : order_expression::kind_of::choice;
    for (int parts = *rc::gen::inRange(1, 4); parts != 0; --parts)
        made.parts.push_back(any_order(depth - 1));
    return made;
}

RC_GTEST_PROP(layout_order_property, takes_what_the_expression_takes, ()) {
    const order_expression order = any_order(3);
    const auto made = detail::automaton_of(order);
    RC_ASSERT(made.has_value());
    for (int i = 0; i < 20; ++i) {
        const auto records = *rc::gen::resize(8, rc::gen::container<std::string>(rc::gen::inRange('a', 'd')));
        RC_ASSERT(takes(*made, records) == (reached(order, records, {0}).count(records.size()) != 0));
    }
}

}  // namespace
}  // namespace brygga::layout::language::testing
