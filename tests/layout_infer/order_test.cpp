// The order that sequences of kinds show: as narrow as they always say, and no narrower.
#include "formats/layout/infer/detail/order.hpp"

#include <gtest/gtest.h>

namespace brygga::layout::infer::test {
namespace {

// Of kinds a, b, c ... written as letters.
std::string order_in(const std::vector<std::string>& sequences) {
    std::vector<std::vector<std::size_t>> all;
    std::size_t kinds = 0;
    for (const std::string& each : sequences) {
        std::vector<std::size_t>& now = all.emplace_back();
        for (const char c : each) {
            now.push_back(static_cast<std::size_t>(c - 'a'));
            kinds = std::max(kinds, now.back() + 1);
        }
    }
    std::vector<std::string> names;
    for (std::size_t i = 0; i != kinds; ++i)
        names.emplace_back(1, static_cast<char>('a' + i));
    return detail::order_of(all, names);
}

TEST(order, is_one_kind_after_the_other) {
    EXPECT_EQ(order_in({"abc", "abc"}), "a b c");
    EXPECT_EQ(order_in({"abbc", "ac"}), "a b* c");
    EXPECT_EQ(order_in({"abc", "ac"}), "a b? c");
    EXPECT_EQ(order_in({"cba", "ba"}), "c? b a");
}

TEST(order, has_groups_with_a_first_or_last_record) {
    EXPECT_EQ(order_in({"abcbccd"}), "a (b c+)+ d");
    EXPECT_EQ(order_in({"abcbd", "ad"}), "a (b c?)* d");
    EXPECT_EQ(order_in({"acbbd", "abcbd"}), "a (c? b)+ d");
    EXPECT_EQ(order_in({"abcdbccdabd"}), "(a (b c* d)+)+");
}

TEST(order, is_a_choice_where_nothing_is_always_so) {
    EXPECT_EQ(order_in({"abccbd", "acbbcd"}), "a (b | c)+ d");
    EXPECT_EQ(order_in({"aba", "bab"}), "(a | b)+");
}

}  // namespace
}  // namespace brygga::layout::infer::test
