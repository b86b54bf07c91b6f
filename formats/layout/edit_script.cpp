#include "formats/layout/detail/edit_script.hpp"

#include <algorithm>
#include <optional>

namespace brygga::layout::detail {

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

    std::optional<std::vector<common_run>> run() {
        const std::size_t limit = std::min(max_edit_distance, before_.size() + after_.size());
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

// Linear: at a difference it skips to the nearest record that the other side has within look_ahead_records, or one on both.
class look_ahead {
 public:
    look_ahead(keys before, keys after) : before_(before), after_(after) {}

    std::vector<common_run> run() {
        std::size_t x = 0;
        std::size_t y = 0;
        while (x != before_.size() && y != after_.size()) {
            if (before_[x] == after_[y]) {
                extend(x++, y++);
                continue;
            }
            const std::size_t in_after = distance(after_, y, before_[x]);
            const std::size_t in_before = distance(before_, x, after_[y]);
            if (in_after == none && in_before == none) {
                ++x;
                ++y;
            } else if (in_after <= in_before) {
                y += in_after;
            } else {
                x += in_before;
            }
        }
        return std::move(out_);
    }

 private:
    static constexpr std::size_t none = SIZE_MAX;

    // How far from `at` the record stands next.
    static std::size_t distance(keys all, std::size_t at, const record_key& key) {
        const keys ahead = all.subspan(at, std::min(all.size() - at, look_ahead_records));
        const auto found = std::find(ahead.begin(), ahead.end(), key);
        return found == ahead.end() ? none : static_cast<std::size_t>(found - ahead.begin());
    }

    void extend(std::size_t x, std::size_t y) {
        if (!out_.empty() && out_.back().before + out_.back().size == x && out_.back().after + out_.back().size == y)
            ++out_.back().size;
        else
            out_.push_back({x, y, 1});
    }

    keys before_, after_;
    std::vector<common_run> out_;
};

}  // namespace

std::vector<common_run> common_runs(keys before, keys after) {
    const std::size_t prefix = common_prefix(before, after);
    const std::size_t suffix = common_suffix(before.subspan(prefix), after.subspan(prefix));
    const keys middle_before = before.subspan(prefix, before.size() - prefix - suffix);
    const keys middle_after = after.subspan(prefix, after.size() - prefix - suffix);
    std::vector<common_run> out;
    if (prefix != 0) out.push_back({0, 0, prefix});
    auto shortest = myers(middle_before, middle_after).run();
    for (common_run each : shortest ? *shortest : look_ahead(middle_before, middle_after).run()) {
        each.before += prefix;
        each.after += prefix;
        out.push_back(each);
    }
    out.push_back({before.size() - suffix, after.size() - suffix, suffix});
    return out;
}

}  // namespace brygga::layout::detail
