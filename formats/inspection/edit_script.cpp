#include "formats/inspection/edit_script.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <optional>

#include <boost/unordered/unordered_flat_map.hpp>

namespace brygga::inspection {

namespace {

using keys = std::span<const record_key>;

std::size_t common_prefix(keys before, keys after) {
    const std::size_t most = std::min(before.size(), after.size());
    std::size_t size = 0;
    while (size != most && before[size] == after[size])
        ++size;
    return size;
}

std::size_t common_suffix(keys before, keys after) {
    const std::size_t most = std::min(before.size(), after.size());
    std::size_t size = 0;
    while (size != most && before[before.size() - 1 - size] == after[after.size() - 1 - size])
        ++size;
    return size;
}

// Myers 1986: furthest[k] is how far into `before` a path with d edits comes on diagonal k; each round is kept for the way back.
class myers {
 public:
    myers(keys before, keys after) : before_(before), after_(after) {}

    // Nothing when the shortest script has more than `most` edits.
    std::optional<std::vector<common_run>> run(std::size_t most) {
        const std::size_t limit = std::min(most, before_.size() + after_.size());
        std::vector<std::int64_t> furthest(2 * limit + 3, 0);
        const auto middle = static_cast<std::int64_t>(limit) + 1;
        for (std::int64_t d = 0; d <= static_cast<std::int64_t>(limit); ++d) {
            for (std::int64_t k = -d; k <= d; k += 2) {
                std::int64_t& own = furthest[static_cast<std::size_t>(middle + k)];
                own = slide(step(furthest, middle, d, k), k);
                if (at_end(own, k)) return way_back(d, k, own);
            }
            remember(furthest, middle, d);
        }
        return std::nullopt;
    }

 private:
    // Where a path stands on diagonal k before it slides: one record of `after` inserted, or one of `before` deleted.
    [[nodiscard]] static std::int64_t step(const std::vector<std::int64_t>& furthest, std::int64_t middle, std::int64_t d,
                                           std::int64_t k) {
        if (d == 0) return 0;
        const std::int64_t below = furthest[static_cast<std::size_t>(middle + k - 1)];
        const std::int64_t above = furthest[static_cast<std::size_t>(middle + k + 1)];
        return k == -d || (k != d && below < above) ? above : below + 1;
    }

    [[nodiscard]] std::int64_t slide(std::int64_t x, std::int64_t k) const {
        while (inside(x, k) && before_[static_cast<std::size_t>(x)] == after_[static_cast<std::size_t>(x - k)])
            ++x;
        return x;
    }

    [[nodiscard]] bool inside(std::int64_t x, std::int64_t k) const {
        return x < static_cast<std::int64_t>(before_.size()) && x - k < static_cast<std::int64_t>(after_.size()) && x - k >= 0;
    }

    [[nodiscard]] bool at_end(std::int64_t x, std::int64_t k) const {
        return x >= static_cast<std::int64_t>(before_.size()) && x - k >= static_cast<std::int64_t>(after_.size());
    }

    // Diagonals -d, -d+2 ... d of round d.
    void remember(const std::vector<std::int64_t>& furthest, std::int64_t middle, std::int64_t d) {
        std::vector<std::int32_t> round;
        round.reserve(static_cast<std::size_t>(d) + 1);
        for (std::int64_t k = -d; k <= d; k += 2)
            round.push_back(static_cast<std::int32_t>(furthest[static_cast<std::size_t>(middle + k)]));
        rounds_.push_back(std::move(round));
    }

    [[nodiscard]] std::int64_t remembered(std::int64_t d, std::int64_t k) const {
        return rounds_[static_cast<std::size_t>(d)][static_cast<std::size_t>((k + d) / 2)];
    }

    [[nodiscard]] std::vector<common_run> way_back(std::int64_t d, std::int64_t k, std::int64_t x) const {
        std::vector<common_run> out;
        for (; d > 0; --d) {
            const std::int64_t below = k == -d ? -1 : remembered(d - 1, k - 1);
            const std::int64_t above = k == d ? -1 : remembered(d - 1, k + 1);
            const bool inserted = k == -d || (k != d && below < above);
            const std::int64_t from = inserted ? above : below + 1;
            if (x != from) out.push_back(run_of(from, k, x));
            k += inserted ? 1 : -1;
            x = inserted ? above : below;
        }
        if (x != 0) out.push_back(run_of(0, 0, x));
        std::reverse(out.begin(), out.end());
        return out;
    }

    [[nodiscard]] static common_run run_of(std::int64_t from, std::int64_t k, std::int64_t to) {
        return {static_cast<std::size_t>(from), static_cast<std::size_t>(from - k), static_cast<std::size_t>(to - from)};
    }

    keys before_, after_;
    std::vector<std::vector<std::int32_t>> rounds_;
};

struct key_hash {
    std::size_t operator()(const record_key& key) const noexcept {
        std::size_t out = 0;
        std::memcpy(&out, key.data(), sizeof out);  // a digest: any part of it is well spread
        return out;
    }
};

struct place_pair {
    std::size_t before{}, after{};
};

// Records that each side has exactly once, in the order of `before`.
std::vector<place_pair> unique_pairs(keys before, keys after) {
    struct sightings {
        std::uint32_t before_count = 0, after_count = 0;
        std::size_t after = 0;
    };
    boost::unordered_flat_map<record_key, sightings, key_hash> seen;
    seen.reserve(before.size());
    for (const record_key& each : before)
        ++seen[each].before_count;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const auto found = seen.find(after[i]);
        if (found == seen.end()) continue;
        ++found->second.after_count;
        found->second.after = i;
    }
    std::vector<place_pair> out;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const sightings& each = seen.find(before[i])->second;
        if (each.before_count == 1 && each.after_count == 1) out.push_back({i, each.after});
    }
    return out;
}

// The longest ascending choice of pairs, by patience sorting: what neither side has moved.
std::vector<place_pair> in_order_on_both_sides(const std::vector<place_pair>& pairs) {
    constexpr std::size_t none = SIZE_MAX;
    std::vector<std::size_t> last_of_length;  // the pair that ends a choice of length i + 1, with the lowest place in `after`
    std::vector<std::size_t> previous(pairs.size(), none);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto at = std::lower_bound(last_of_length.begin(), last_of_length.end(), pairs[i].after,
                                         [&](std::size_t pair, std::size_t place) { return pairs[pair].after < place; });
        if (at != last_of_length.begin()) previous[i] = *std::prev(at);
        if (at == last_of_length.end())
            last_of_length.push_back(i);
        else
            *at = i;
    }
    std::vector<place_pair> out;
    for (std::size_t i = last_of_length.empty() ? none : last_of_length.back(); i != none; i = previous[i])
        out.push_back(pairs[i]);
    std::reverse(out.begin(), out.end());
    return out;
}

void append(std::vector<common_run>& to, const common_run& run) {
    if (run.size == 0) return;
    if (!to.empty() && to.back().before + to.back().size == run.before && to.back().after + to.back().size == run.after)
        to.back().size += run.size;
    else
        to.push_back(run);
}

// For sequences that differ much: records that both sides have once anchor the rest, and only what lies between two anchors
// is searched for the shortest script, if that is short.
std::vector<common_run> anchored_runs(keys before, keys after) {
    std::vector<common_run> out;
    place_pair at;
    const auto between = [&](const place_pair& anchor) {
        const keys left = before.subspan(at.before, anchor.before - at.before);
        const keys right = after.subspan(at.after, anchor.after - at.after);
        if (const auto runs = myers(left, right).run(max_gap_edit_distance))
            for (const common_run& each : *runs)
                append(out, {at.before + each.before, at.after + each.after, each.size});
        at = anchor;
    };
    for (const place_pair& anchor : in_order_on_both_sides(unique_pairs(before, after))) {
        between(anchor);
        append(out, {anchor.before, anchor.after, 1});
        ++at.before;
        ++at.after;
    }
    between({before.size(), after.size()});
    return out;
}

}  // namespace

std::vector<common_run> common_runs(keys before, keys after) {
    const std::size_t prefix = common_prefix(before, after);
    const std::size_t suffix = common_suffix(before.subspan(prefix), after.subspan(prefix));
    const keys middle_before = before.subspan(prefix, before.size() - prefix - suffix);
    const keys middle_after = after.subspan(prefix, after.size() - prefix - suffix);
    std::vector<common_run> out;
    if (prefix != 0) out.push_back({0, 0, prefix});
    const auto shortest = myers(middle_before, middle_after).run(max_edit_distance);
    for (common_run each : shortest ? *shortest : anchored_runs(middle_before, middle_after)) {
        each.before += prefix;
        each.after += prefix;
        out.push_back(each);
    }
    out.push_back({before.size() - suffix, after.size() - suffix, suffix});
    return out;
}

}  // namespace brygga::inspection
