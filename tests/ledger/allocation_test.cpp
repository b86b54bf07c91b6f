#include "mapping/ledger/allocation.hpp"

#include <numeric>
#include <ostream>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/core/money.hpp"

namespace brygga::ledger {
namespace {

std::vector<open_part> parts_with(const std::vector<std::int64_t>& open_ore) {
    std::vector<open_part> parts;
    for (const std::int64_t each : open_ore) {
        open_part part;
        part.part.part_no = static_cast<std::uint16_t>(parts.size() + 1);
        part.part.amount_ore = each;
        part.open_ore = each;
        parts.push_back(part);
    }
    return parts;
}

struct share_case {
    std::string_view vector;
    std::vector<std::int64_t> open_ore;
    std::int64_t amount_ore;
    std::vector<std::int64_t> expected;

    friend std::ostream& operator<<(std::ostream& out, const share_case& each) { return out << each.vector; }
};

class share_table : public testing::TestWithParam<share_case> {};

TEST_P(share_table, divides_as_specified) {
    const share_case& each = GetParam();
    EXPECT_EQ(share(each.amount_ore, parts_with(each.open_ore)), each.expected);
}

// billing-rules.md section 9: EL 1 899.00, FI 499.00, VA 812.50, RE 260.00
const std::vector<std::int64_t> combined = {189900, 49900, 81250, 26000};

INSTANTIATE_TEST_SUITE_P(
    billing_rules, share_table,
    testing::Values(share_case{"B11", combined, 100000, {54718, 14378, 23412, 7492}},
                    share_case{"B12", combined, 1, {1, 0, 0, 0}},
                    share_case{"B13", combined, 200001, {109437, 28757, 46823, 14984}},
                    share_case{"B14", combined, 350000, {189900, 49900, 81250, 26000}},
                    share_case{"exact", combined, 347050, {189900, 49900, 81250, 26000}},
                    share_case{"one öre short goes by remainder", {100, 100, 100}, 299, {100, 100, 99}},
                    share_case{"tie by part order", {1, 1, 1}, 1, {1, 0, 0}},
                    share_case{"paid part gets nothing", {0, 50, 50}, 51, {0, 26, 25}},
                    share_case{"a part in credit is settled only with the whole", {1000, -200}, 500, {500, 0}},
                    share_case{"the whole settles a part in credit", {1000, -200}, 800, {1000, -200}},
                    share_case{"nothing owed in all", {100, -200}, 50, {0, 0}}, share_case{"no parts", {}, 50, {}},
                    share_case{"nothing paid", combined, 0, {0, 0, 0, 0}},
                    share_case{"never negative", combined, -5, {0, 0, 0, 0}},
                    share_case{"128 bits", {4'000'000'000'000'000'000, 5'000'000'000'000'000'000}, 9, {4, 5}}));

RC_GTEST_PROP(share, never_more_than_open_and_adds_up, ()) {
    const auto count = *rc::gen::inRange<std::size_t>(1, 8);
    const auto open_ore = *rc::gen::container<std::vector<std::int64_t>>(count, rc::gen::inRange<std::int64_t>(0, 1'000'000'000));
    const auto amount_ore = *rc::gen::inRange<std::int64_t>(0, 5'000'000'000);
    const auto parts = parts_with(open_ore);
    const auto shares = share(amount_ore, parts);
    const std::int64_t owed = std::accumulate(open_ore.begin(), open_ore.end(), std::int64_t{0});
    RC_ASSERT(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}) == std::min(amount_ore, owed));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        RC_ASSERT(shares[i] >= 0);
        RC_ASSERT(shares[i] <= parts[i].open_ore);
        // Within one öre of the exact quotient.
        if (owed > 0 && amount_ore < owed) {
            const int128 exact = int128{amount_ore} * open_ore[i];
            RC_ASSERT((int128{shares[i]} + 1) * owed > exact);
            RC_ASSERT((int128{shares[i]} - 1) * owed < exact);
        }
    }
}

}  // namespace
}  // namespace brygga::ledger
