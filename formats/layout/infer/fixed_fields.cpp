#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "formats/layout/infer/detail/column_statistics.hpp"
#include "formats/layout/infer/detail/fields.hpp"
#include "formats/layout/infer/detail/meanings.hpp"
#include "formats/layout/language/parser.hpp"

namespace brygga::layout::infer::detail {

namespace {

struct columns {
    std::size_t first = 0, last = 0;
};

constexpr std::size_t few_lines = 3;  // fewer show no zeros that fill

// Columns that are digits, or digits and blanks, are told from ones with anything else in them.
class cutter {
 public:
    cutter(const proposal& of, const proposed_kind& kind)
        : statistics_(statistics_of(of, kind)), lines_(kind.lines.size()), width_(of.shape.width) {}

    [[nodiscard]] bool is_blank(std::size_t column) const { return statistics_[column].blank == lines_; }
    [[nodiscard]] bool is_digits(std::size_t column) const { return statistics_[column].digit == lines_; }
    [[nodiscard]] bool is_digits_or_blank(std::size_t column) const {
        return statistics_[column].digit + statistics_[column].blank == lines_;
    }
    [[nodiscard]] bool holds_nothing(columns at) const {
        for (std::size_t i = at.first; i <= at.last; ++i)
            if (statistics_[i].blank + statistics_[i].zero != lines_) return false;
        return true;
    }
    [[nodiscard]] bool has_blank_column(columns at) const {
        for (std::size_t i = at.first; i <= at.last; ++i)
            if (is_blank(i)) return true;
        return false;
    }

    // At the boundaries that can be seen, in a stretch that nothing is known of yet.
    [[nodiscard]] std::vector<columns> cut(columns stretch) const {
        std::vector<columns> out;
        std::size_t begin = stretch.first;
        bool in_text = !is_digits_or_blank(begin);
        for (std::size_t i = stretch.first + 1; i <= stretch.last; ++i) {
            if (is_boundary(i, begin, stretch.last, in_text)) {
                out.push_back({begin, i - 1});
                begin = i;
                in_text = false;
            }
            in_text = in_text || !is_digits_or_blank(i);
        }
        out.push_back({begin, stretch.last});
        return joined(out);
    }

    // Where zeros begin that are too many to stand behind another digit of the same number.
    [[nodiscard]] std::vector<columns> cut_by_zeros(columns number) const {
        std::vector<columns> out;
        std::size_t begin = number.first;
        for (std::size_t i = number.first + 1; i <= number.last; ++i)
            if (!is_mostly_zero(i - 1, 70) && is_zero_run(i, number.last)) {
                out.push_back({begin, i - 1});
                begin = i;
            }
        out.push_back({begin, number.last});
        return out;
    }

 private:
    [[nodiscard]] bool is_mostly_zero(std::size_t column, std::size_t percent) const {
        return statistics_[column].zero * 100 >= lines_ * percent && statistics_[column].zero != 0;
    }
    [[nodiscard]] bool is_zero_run(std::size_t first, std::size_t end) const {
        const std::size_t least = lines_ < few_lines ? 4 : 3;
        std::size_t last = first;
        while (last <= end && is_mostly_zero(last, 95))
            ++last;
        return last - first >= least && (last <= end || lines_ > 10);
    }
    [[nodiscard]] bool same_blanks(std::size_t column) const {
        return statistics_[column].begins == 0 && statistics_[column].ends == 0;
    }
    [[nodiscard]] std::size_t given(std::size_t column) const { return lines_ - statistics_[column].blank; }

    // Many values begin here, behind blanks.
    [[nodiscard]] bool is_left_edge(std::size_t column) const {
        const std::size_t begins = statistics_[column].begins;
        if (lines_ >= 4 && begins * 10 >= lines_ * 7) return true;
        return begins >= 5 && begins * 10 >= given(column) * 9 && given(column) >= given(column - 1) * 3;
    }
    [[nodiscard]] bool is_digit_run(std::size_t first, std::size_t end) const {
        constexpr std::size_t least = 4;  // shorter ones are part of a text
        if (first + least - 1 > end) return false;
        for (std::size_t i = first; i != first + least; ++i)
            if (!is_digits(i)) return false;
        return true;
    }

    [[nodiscard]] bool is_boundary(std::size_t at, std::size_t begin, std::size_t end, bool in_text) const {
        if (is_blank(at - 1) != is_blank(at)) return true;
        if (is_blank(at)) return false;
        if (in_text) return is_left_edge(at) || is_digit_run(at, end);
        if (!is_digits_or_blank(at)) return true;
        const column_statistics& here = statistics_[at];
        if (here.begins == 0 && here.ends == 0) return false;
        if (here.begins != 0 && here.ends != 0) return true;
        const bool steady_before = at - 1 == begin || same_blanks(at - 1);
        if (here.begins != 0) return steady_before;
        return steady_before && at < end && same_blanks(at + 1);
    }

    // Words of one text with the blank between them, and a text whose values have several lengths with the blanks behind it.
    [[nodiscard]] std::vector<columns> joined(const std::vector<columns>& all) const {
        std::vector<columns> out;
        for (std::size_t i = 0; i != all.size(); ++i) {
            const columns& each = all[i];
            if (out.empty() || !is_blank(each.first) || !is_text(out.back()) || each.last == width_) {
                out.push_back(each);
                continue;
            }
            const bool is_gap = each.first == each.last && i + 1 != all.size() && !is_digits(all[i + 1].first);
            if (is_gap)
                out.back().last = all[++i].last;
            else if (!is_blank(out.back().last) && statistics_[out.back().last].blank != 0)
                out.back().last = each.last;
            else
                out.push_back(each);
        }
        return out;
    }
    [[nodiscard]] bool is_text(columns at) const {
        for (std::size_t i = at.first; i <= at.last; ++i)
            if (!is_digits_or_blank(i)) return true;
        return false;
    }

    std::vector<column_statistics> statistics_;
    std::size_t lines_, width_;
};

class field_finder {
 public:
    field_finder(const proposal& of, proposed_kind& kind)
        : of_(of), kind_(kind), cutter_(of, kind), taken_(of.shape.width + 2, false) {
        for (std::size_t i = 1; i <= of.kinds.code_columns; ++i)
            taken_[i] = true;
    }

    void find() {
        for (const candidate& each : sized_candidates())
            find_everywhere(each);
        const std::size_t width = of_.shape.width;
        for (std::size_t begin = 1; begin <= width; ++begin) {
            if (taken_[begin]) continue;
            std::size_t end = begin;
            while (end < width && !taken_[end + 1])
                ++end;
            for (const columns& each : cutter_.cut({begin, end}))
                add(each);
            begin = end;
        }
        std::sort(kind_.parts.begin(), kind_.parts.end(),
                  [](const proposed_line& a, const proposed_line& b) { return a.first < b.first; });
    }

 private:
    void find_everywhere(const candidate& what) {
        for (std::size_t first = 1; first + what.size <= of_.shape.width + 1; ++first) {
            const columns at{first, first + what.size - 1};
            if (std::any_of(taken_.begin() + static_cast<std::ptrdiff_t>(at.first),
                            taken_.begin() + static_cast<std::ptrdiff_t>(at.last) + 1, [](bool each) { return each; }))
                continue;
            if (cutter_.has_blank_column(at) || cutter_.holds_nothing(at)) continue;
            if (!all_fit(of_, kind_, what, at.first, at.last)) continue;
            const value_count counted = count_values(of_, kind_, at.first, at.last);
            if (counted.distinct < what.distinct) continue;
            proposed_line line = line_of(what, counted, at.first, at.last);
            line.note = words_of(counted) + "; all fit";
            kind_.parts.push_back(std::move(line));
            std::fill_n(taken_.begin() + static_cast<std::ptrdiff_t>(at.first), what.size, true);
        }
    }

    void add(columns at) {
        const bool digits = cutter_.is_digits(at.first);
        if (!digits || kind_.lines.size() < few_lines) {
            kind_.parts.push_back(typed_line(of_, kind_, at.first, at.last));
            return;
        }
        for (const columns& each : cutter_.cut_by_zeros(at))
            kind_.parts.push_back(typed_line(of_, kind_, each.first, each.last));
    }

    const proposal& of_;
    proposed_kind& kind_;
    cutter cutter_;
    std::vector<bool> taken_;
};

}  // namespace

void find_fixed_fields(const proposal& of, proposed_kind& kind) {
    field_finder(of, kind).find();
    if (kind.parts.size() < language::max_layout_fields) return;
    kind.parts.clear();
    const std::size_t first = of.kinds.code_columns + 1;
    kind.parts.push_back(typed_line(of, kind, first, of.shape.width));
}

void split_by_zeros(const proposal& of, proposed_kind& kind) {
    if (kind.lines.size() >= few_lines) return;
    const cutter columns_of(of, kind);
    std::vector<proposed_line> parts;
    for (proposed_line& each : kind.parts) {
        using language::field_type;
        const field_type type = each.field.type;
        const bool is_number = type == field_type::number || type == field_type::ore || type == field_type::digits;
        if (!each.is_field() || !is_number || each.is_total || !columns_of.is_digits(each.first)) {
            parts.push_back(std::move(each));
            continue;
        }
        const auto pieces = columns_of.cut_by_zeros({each.first, each.last});
        if (pieces.size() == 1)
            parts.push_back(std::move(each));
        else
            for (const columns& piece : pieces)
                parts.push_back(typed_line(of, kind, piece.first, piece.last));
    }
    kind.parts = std::move(parts);
}

}  // namespace brygga::layout::infer::detail
