#include "mapping/ledger/allocation.hpp"

#include <algorithm>
#include <cassert>

#include "formats/core/money.hpp"

namespace brygga::ledger {

namespace {

struct remainder {
    int128 value{};
    std::size_t index{};
};

// Gives one öre each to the largest remainders; there are always fewer öre left than parts.
void spread_left_over(std::int64_t left_ore, std::vector<remainder>& remainders, std::vector<std::int64_t>& shares) {
    std::stable_sort(remainders.begin(), remainders.end(),
                     [](const remainder& a, const remainder& b) { return a.value > b.value; });
    for (std::size_t i = 0; left_ore > 0; ++i, --left_ore) {
        assert(i < remainders.size());
        ++shares[remainders[i].index];
    }
}

}  // namespace

std::vector<std::int64_t> share(std::int64_t amount_ore, std::span<const open_part> parts) {
    std::vector<std::int64_t> shares(parts.size(), 0);
    int128 net = 0;
    int128 owed = 0;
    for (const open_part& each : parts) {
        net += each.open_ore;
        if (each.open_ore > 0) owed += each.open_ore;
    }
    if (amount_ore <= 0 || net <= 0) return shares;
    if (amount_ore >= net) {
        for (std::size_t i = 0; i < parts.size(); ++i)
            shares[i] = parts[i].open_ore;
        return shares;
    }
    std::vector<remainder> remainders;
    std::int64_t left_ore = amount_ore;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].open_ore <= 0) continue;
        const int128 product = int128{amount_ore} * parts[i].open_ore;
        shares[i] = static_cast<std::int64_t>(product / owed);
        left_ore -= shares[i];
        remainders.push_back({product % owed, i});
    }
    spread_left_over(left_ore, remainders, shares);
    return shares;
}

}  // namespace brygga::ledger
