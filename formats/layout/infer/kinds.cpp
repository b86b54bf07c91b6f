#include "formats/layout/infer/detail/kinds.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <map>
#include <optional>

#include "formats/core/check_digit.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::layout::infer::detail {

namespace {

// What a column holds in a line.
enum class content : std::uint8_t { blank, digit, letter, other };
constexpr std::size_t contents = 4;

content content_of(char c) noexcept {
    if (c == ' ') return content::blank;
    if (c >= '0' && c <= '9') return content::digit;
    const char small = static_cast<char>(c | 0x20);
    return (small >= 'a' && small <= 'z') || static_cast<unsigned char>(c) >= 0xC0 ? content::letter : content::other;
}

content content_of(std::string_view cell) noexcept {
    if (all_blank(cell)) return content::blank;
    if (all_digits(cell)) return content::digit;
    return cell.find_first_of("0123456789") == std::string_view::npos ? content::letter : content::other;
}

// The logarithm of a number to base 2, in units of 2^-20: what many lines add up to must not drown in roundings. Of 0 nothing.
std::uint64_t bits_of(std::uint64_t number) noexcept {
    constexpr unsigned places = 20;
    if (number == 0) return 0;
    const auto whole = static_cast<unsigned>(std::bit_width(number)) - 1;
    std::uint64_t fraction = whole > 31 ? number >> (whole - 31) : number << (31 - whole);  // 1 up to 2, in units of 2^-31
    std::uint64_t out = whole;
    for (unsigned i = 0; i != places; ++i) {
        fraction = fraction * fraction >> 31;
        out = out * 2 + (fraction >> 32);
        if (fraction >> 32 != 0) fraction >>= 1;
    }
    return out;
}

// How often each content stands in each column of some lines.
class profile {
 public:
    explicit profile(std::size_t columns) : counts_(columns) {}

    void add(std::size_t column, content what) { ++counts_[column][static_cast<std::size_t>(what)]; }
    void add_line() { ++lines_; }

    // The length of a description of the lines' contents when this profile is known, and of the profile itself.
    [[nodiscard]] std::uint64_t cost() const {
        std::uint64_t out = 0;
        std::size_t before = contents;
        for (const auto& column : counts_) {
            std::uint64_t given = 0, classes = 0;
            for (const std::uint64_t count : column) {
                out -= count * bits_of(count);
                given += count;
                if (count != 0) ++classes;
            }
            out += given * bits_of(given);
            if (classes > 1) out += (classes - 1) * bits_of(lines_ + 1) / 2;
            const auto most = static_cast<std::size_t>(std::max_element(column.begin(), column.end()) - column.begin());
            if (most != before) out += bits_of(counts_.size() + 1);
            before = most;
        }
        return out;
    }
    [[nodiscard]] std::size_t lines() const noexcept { return lines_; }

 private:
    std::vector<std::array<std::uint64_t, contents>> counts_;
    std::uint64_t lines_ = 0;
};

// Lines in groups by what stands first in them.
struct grouping {
    std::size_t code_columns = 0;
    std::map<std::string_view, profile> groups;

    [[nodiscard]] std::uint64_t cost() const {
        std::uint64_t out = 0;
        for (const auto& [code, each] : groups)
            out += each.cost();
        return out;
    }
};

class grouper {
 public:
    grouper(const sample_lines& samples, const file_shape& shape) : samples_(samples), shape_(shape) {
        columns_ = shape.width;
        for (const auto& each : shape.cells)
            columns_ = std::max(columns_, each.size());
    }

    [[nodiscard]] std::string_view code_of(std::size_t line, std::size_t code_columns) const {
        if (code_columns == 0) return {};
        return shape_.separated ? shape_.cells[line].front() : samples_.lines[line].substr(0, code_columns);
    }

    // Nothing where there are too many codes, or one that is none.
    [[nodiscard]] std::optional<grouping> by(std::size_t code_columns) const {
        grouping out{code_columns, {}};
        for (std::size_t i = 0; i != samples_.lines.size(); ++i) {
            const std::string_view code = code_of(i, code_columns);
            if (code_columns != 0 && !is_code(code)) return std::nullopt;
            const auto group = out.groups.try_emplace(code, columns_).first;
            if (out.groups.size() > max_kinds) return std::nullopt;
            add(group->second, i);
        }
        const bool few = out.groups.size() * 3 <= samples_.lines.size() * 2 + 2;
        if (code_columns != 0 && (out.groups.size() < 2 || !few)) return std::nullopt;
        return out;
    }

    // Whether each sample begins (ends) with the same code, which stands there only.
    [[nodiscard]] bool has_own_end(const grouping& by, bool first) const {
        const auto& files = samples_.files;
        const auto end_of = [&](const file_range& each) { return code_of(first ? each.begin : each.end - 1, by.code_columns); };
        const std::string_view code = end_of(files.front());
        return by.groups.at(code).lines() == files.size() &&
               std::all_of(files.begin(), files.end(), [&](const file_range& each) { return end_of(each) == code; });
    }

    // Whether each sample begins and ends with codes that stand there only, and all others repeat.
    [[nodiscard]] bool has_own_ends(const grouping& by) const {
        if (by.groups.size() < 3 || !has_own_end(by, true) || !has_own_end(by, false)) return false;
        const auto once = std::count_if(by.groups.begin(), by.groups.end(),
                                        [&](const auto& group) { return group.second.lines() == samples_.files.size(); });
        return once == 2;
    }

    // Whether the ends of the samples have codes of their own only if these are longer.
    [[nodiscard]] bool parts_an_end(const grouping& shorter, const grouping& longer) const {
        return (has_own_end(longer, true) && !has_own_end(shorter, true)) ||
               (has_own_end(longer, false) && !has_own_end(shorter, false));
    }

 private:
    void add(profile& into, std::size_t line) const {
        into.add_line();
        if (!shape_.separated) {
            for (std::size_t i = 0; i != columns_; ++i)
                into.add(i, content_of(samples_.lines[line][i]));
            return;
        }
        const auto& cells = shape_.cells[line];
        for (std::size_t i = 0; i != columns_; ++i)
            into.add(i, i < cells.size() ? content_of(cells[i]) : content::blank);
    }

    const sample_lines& samples_;
    const file_shape& shape_;
    std::size_t columns_ = 0;
};

// Whether some group of the shorter codes falls into ones that have much less in common than each has in itself.
bool splits_a_group(const grouping& shorter, const grouping& longer) {
    for (const auto& [code, group] : shorter.groups) {
        std::uint64_t parts = 0, count = 0;
        for (const auto& [longer_code, part] : longer.groups)
            if (longer_code.starts_with(code)) {
                parts += part.cost();
                ++count;
            }
        if (count > 1 && parts * 4 < group.cost() * 3) return true;
    }
    return false;
}

}  // namespace

bool is_code(std::string_view text) noexcept {
    constexpr std::size_t longest = 4, longest_word = 8;  // more digits may be somebody's number
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.empty() || text.size() > longest_word) return false;
    if (std::all_of(text.begin(), text.end(), is_capital)) return true;
    return text.size() <= longest &&
           std::all_of(text.begin(), text.end(), [&](char c) { return is_capital(c) || (c >= '0' && c <= '9'); });
}

line_kinds kinds_of(const sample_lines& samples, const file_shape& shape) {
    const grouper all(samples, shape);
    const grouping one = *all.by(0);
    std::optional<grouping> best;
    const std::size_t longest = shape.separated ? 1 : std::min(max_code_columns, shape.width);
    for (std::size_t size = 1; size <= longest; ++size) {
        auto tried = all.by(size);
        if (!tried || tried->cost() >= (best ? *best : one).cost()) continue;
        if (!best || splits_a_group(*best, *tried) || all.parts_an_end(*best, *tried)) best = std::move(tried);
    }
    for (std::size_t size = 1; size <= longest && !best; ++size)
        if (auto tried = all.by(size); tried && all.has_own_ends(*tried)) best = std::move(tried);
    const grouping& chosen = best ? *best : one;
    line_kinds out;
    out.code_columns = chosen.code_columns;
    if (best && out.code_columns < longest) {
        const auto longer = all.by(out.code_columns + 1);
        out.longer_would_do = longer && longer->groups.size() == chosen.groups.size();
    }
    std::map<std::string_view, std::size_t> kinds;
    for (const auto& [code, group] : chosen.groups) {
        kinds.emplace(code, out.codes.size());
        out.codes.emplace_back(code);
    }
    for (std::size_t i = 0; i != samples.lines.size(); ++i)
        out.kind_of.push_back(kinds.at(all.code_of(i, chosen.code_columns)));
    return out;
}

}  // namespace brygga::layout::infer::detail
