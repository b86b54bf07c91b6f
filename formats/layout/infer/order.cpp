#include "formats/layout/infer/detail/order.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

namespace brygga::layout::infer::detail {

namespace {

using sequence = std::vector<std::size_t>;
using sequences = std::vector<sequence>;
using kind_set = std::vector<std::size_t>;

// What kinds stand somewhere, in order of their numbers.
kind_set kinds_in(const sequences& all) {
    std::set<std::size_t> out;
    for (const sequence& each : all)
        out.insert(each.begin(), each.end());
    return {out.begin(), out.end()};
}

// How often something stands: "", "?", "+" or "*".
std::string_view repeat(std::size_t least, std::size_t most) noexcept {
    if (most > 1) return least == 0 ? "*" : "+";
    return least == 0 ? "?" : "";
}

class order_finder {
 public:
    explicit order_finder(const std::vector<std::string>& names) : names_(names) {}

    // At most as deep as there are kinds: each step inwards has one less.
    [[nodiscard]] std::string order(const sequences& all) const {
        std::string out;
        for (const kind_set& part : parts_of(all)) {
            if (!out.empty()) out += " ";
            out += order_of_part(part, restricted(all, part));
        }
        return out;
    }

 private:
    // Kinds that stand both before and behind one another belong together; the others stand in the order of the result.
    [[nodiscard]] std::vector<kind_set> parts_of(const sequences& all) const {
        const std::size_t count = names_.size();
        std::vector<std::vector<bool>> before(count, std::vector<bool>(count));
        for (const sequence& each : all) {
            std::vector<std::size_t> first(count, each.size()), last(count);
            for (std::size_t i = 0; i != each.size(); ++i) {
                first[each[i]] = std::min(first[each[i]], i);
                last[each[i]] = i + 1;
            }
            for (std::size_t a = 0; a != count; ++a)
                for (std::size_t b = 0; b != count; ++b)
                    if (first[a] + 1 < last[b]) before[a][b] = true;
        }
        for (std::size_t by = 0; by != count; ++by)
            for (std::size_t a = 0; a != count; ++a)
                for (std::size_t b = 0; b != count; ++b)
                    if (before[a][by] && before[by][b]) before[a][b] = true;
        std::vector<kind_set> out;
        for (const std::size_t kind : kinds_in(all)) {
            const auto same = [&](const kind_set& part) { return before[part.front()][kind] && before[kind][part.front()]; };
            if (const auto found = std::find_if(out.begin(), out.end(), same); found != out.end())
                found->push_back(kind);
            else
                out.push_back({kind});
        }
        sort_by(before, out);
        return out;
    }

    // Each part behind all that stand before it: the next is always one that no other one left must stand before.
    static void sort_by(const std::vector<std::vector<bool>>& before, std::vector<kind_set>& parts) {
        for (auto at = parts.begin(); at != parts.end(); ++at) {
            const auto is_free = [&](const kind_set& part) {
                return std::none_of(at, parts.end(), [&](const kind_set& other) {
                    return &other != &part && before[other.front()][part.front()];
                });
            };
            const auto next = std::find_if(at, parts.end(), is_free);
            std::rotate(at, next, next + 1);
        }
    }

    static sequences restricted(const sequences& all, const kind_set& to) {
        sequences out;
        for (const sequence& each : all) {
            sequence& kept = out.emplace_back();
            std::copy_if(each.begin(), each.end(), std::back_inserter(kept),
                         [&](std::size_t kind) { return std::find(to.begin(), to.end(), kind) != to.end(); });
        }
        return out;
    }

    [[nodiscard]] std::string order_of_part(const kind_set& part, const sequences& all) const {
        std::size_t least = all.front().size(), most = 0;
        for (const sequence& each : all) {
            least = std::min(least, each.size());
            most = std::max(most, each.size());
        }
        if (part.size() == 1) return names_[part.front()] + std::string(repeat(least, most));
        const sequences given = without_empty(all);
        const kind_set heads = ends_of(given, true), tails = ends_of(given, false);
        if (heads.size() == 1) return group(cut(given, heads.front(), true), least);
        if (tails.size() == 1) return group(cut(given, tails.front(), false), least);
        std::string choice;
        for (const std::size_t kind : part)
            choice += (choice.empty() ? "" : " | ") + names_[kind];
        return "(" + choice + ")" + std::string(repeat(least, 2));
    }

    // What repeats, from the sequences that each repetition was.
    [[nodiscard]] std::string group(const sequences& repetitions, std::size_t least) const {
        return "(" + order(repetitions) + ")" + std::string(repeat(least, 2));
    }

    static sequences without_empty(const sequences& all) {
        sequences out;
        std::copy_if(all.begin(), all.end(), std::back_inserter(out), [](const sequence& each) { return !each.empty(); });
        return out;
    }

    static kind_set ends_of(const sequences& all, bool first) {
        std::set<std::size_t> out;
        for (const sequence& each : all)
            out.insert(first ? each.front() : each.back());
        return {out.begin(), out.end()};
    }

    // Before each `kind` that a repetition begins with, or behind each that one ends with.
    static sequences cut(const sequences& all, std::size_t kind, bool begins) {
        std::set<sequence> out;
        for (const sequence& each : all) {
            sequence now;
            for (const std::size_t next : each) {
                if (begins && next == kind && !now.empty()) out.insert(std::exchange(now, {}));
                now.push_back(next);
                if (!begins && next == kind) out.insert(std::exchange(now, {}));
            }
            if (!now.empty()) out.insert(std::move(now));
        }
        return {out.begin(), out.end()};
    }

    const std::vector<std::string>& names_;
};

}  // namespace

std::string order_of(const std::vector<std::vector<std::size_t>>& sequences, const std::vector<std::string>& names) {
    return order_finder(names).order(sequences);
}

}  // namespace brygga::layout::infer::detail
