#include "formats/layout/infer/detail/shape.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "formats/layout/digits.hpp"
#include "formats/layout/infer/detail/kinds.hpp"
#include "formats/layout/language/parser.hpp"
#include "formats/layout/lines.hpp"

namespace brygga::layout::infer::detail {

namespace {

using cells = std::vector<std::string_view>;

constexpr char quote = '"';
constexpr std::string_view separators = ";\t|,";

bool nearly_all(std::size_t part, std::size_t all) noexcept {
    return part * 20 >= all * 19;
}

// False where a quote is not closed, or something stands behind one. A doubled quote in quotes is one.
bool split(std::string_view line, char separator, std::deque<std::string>& made, cells& out) {
    out.clear();
    for (std::size_t at = 0;; ++at) {
        if (at == line.size() || line[at] != quote) {
            const std::size_t end = std::min(line.find(separator, at), line.size());
            out.push_back(line.substr(at, end - at));
            at = end;
        } else {
            const std::size_t begin = ++at;
            bool doubled = false;
            for (; at < line.size() && (line[at] != quote || (at + 1 < line.size() && line[at + 1] == quote)); ++at)
                if (line[at] == quote) {
                    doubled = true;
                    ++at;
                }
            if (at >= line.size()) return false;
            std::string_view cell = line.substr(begin, at - begin);
            if (doubled) {
                std::string& single = made.emplace_back();
                for (std::size_t i = 0; i != cell.size(); ++i)
                    if (single += cell[i]; cell[i] == quote) ++i;
                cell = single;
            }
            out.push_back(cell);
            if (++at < line.size() && line[at] != separator) return false;
        }
        if (at >= line.size()) return true;
    }
}

struct separated_lines {
    separation by;
    std::vector<cells> lines;
    std::size_t agree = 0, columns = 0;  // lines with as many columns as others of their code; most columns
};

separated_lines separated_by(char separator, sample_lines& samples) {
    separated_lines out;
    out.by = {separator, '\0', false};
    std::map<std::string_view, std::map<std::size_t, std::size_t>> sizes;
    std::map<std::size_t, std::size_t> all_sizes;
    for (const std::string_view line : samples.lines) {
        cells& each = out.lines.emplace_back();
        if (line.find(quote) != std::string_view::npos) {
            if (!split(line, separator, samples.made, each)) return {};
            if (line.starts_with(quote) || line.find(std::string{separator, quote}) != std::string_view::npos)
                out.by.quote = quote;
        } else {
            split(line, separator, samples.made, each);
        }
        out.columns = std::max(out.columns, each.size());
        ++all_sizes[each.size()];
        if (sizes.size() <= max_kinds) ++sizes[is_code(each.front()) ? each.front() : std::string_view()][each.size()];
    }
    const auto most_in = [](const std::map<std::size_t, std::size_t>& of) {
        std::size_t most = 0;
        for (const auto& [size, lines] : of)
            if (size > 1) most = std::max(most, lines);
        return most;
    };
    out.agree = most_in(all_sizes);
    if (sizes.size() > max_kinds) return out;
    std::size_t agree = 0;
    for (const auto& [code, of] : sizes)
        agree += most_in(of);
    out.agree = std::max(out.agree, agree);
    return out;
}

struct line_widths {
    std::size_t most_common = 0, lines = 0;  // the width of most lines, and how many
    std::size_t widest = 0;                  // without blanks at the end
};

line_widths widths_of(const std::vector<std::string_view>& lines) {
    std::map<std::size_t, std::size_t> widths;
    line_widths out;
    for (const std::string_view line : lines) {
        ++widths[line.size()];
        out.widest = std::max(out.widest, right_trimmed(line).size());
    }
    for (const auto& [width, count] : widths)
        if (count >= out.lines) {
            out.most_common = width;
            out.lines = count;
        }
    return out;
}

std::string without_tabs(std::string_view line) {
    std::string out;
    for (const char c : line) {
        out += c == '\t' ? ' ' : c;
        while (c == '\t' && out.size() % tab_width != 0)
            out += ' ';
    }
    return out;
}

// All of the same width.
void bring_to(std::size_t width, sample_lines& samples) {
    for (std::string_view& line : samples.lines) {
        if (line.size() > width)
            line = line.substr(0, width);
        else if (line.size() < width)
            line = samples.made.emplace_back(std::string(line) + std::string(width - line.size(), ' '));
    }
}

result<file_shape> fixed_shape(sample_lines& samples) {
    for (std::string_view& line : samples.lines)
        if (line.find('\t') != std::string_view::npos) line = samples.made.emplace_back(without_tabs(line));
    const line_widths widths = widths_of(samples.lines);
    file_shape out;
    const std::size_t all = samples.lines.size();
    const bool trimmed = widths.most_common < widths.widest || widths.lines * 2 < all;
    out.width = trimmed ? widths.widest : widths.most_common;
    if (out.width > language::max_layout_width)
        return fail(error_code::limit_exceeded,
                    fmt::format("a line of {} columns: a layout has at most {}", out.width, language::max_layout_width));
    if (trimmed)
        out.note = fmt::format("the widest line; {} of {} are {} columns wide. Were blanks cut, it may be more", widths.lines,
                               all, widths.most_common);
    else
        out.note = fmt::format("{} of {} lines, the others are shorter or end in blanks", widths.lines, all);
    if (widths.lines == all) out.note = fmt::format("all {} lines", all);
    bring_to(out.width, samples);
    return out;
}

// A value of some type other than text: digits, perhaps with marks between.
bool is_typed(std::string_view cell) noexcept {
    return cell.find_first_of("0123456789") != std::string_view::npos &&
           cell.find_first_not_of("0123456789.,:+-/ ") == std::string_view::npos;
}

// Words, each another one, and no long numbers.
bool may_be_headings(const cells& line) {
    std::set<std::string_view> known;
    for (const std::string_view cell : line) {
        std::size_t digits = 0;
        for (const char c : cell) {
            digits = c >= '0' && c <= '9' ? digits + 1 : 0;
            if (digits > 3) return false;
        }
        if (all_blank(cell) || is_typed(cell) || !known.insert(trimmed(cell)).second) return false;
    }
    return true;
}

// Whether each sample begins with the same words, and a column below holds values of a type and nothing else.
bool has_header(const sample_lines& samples, const file_shape& shape) {
    const cells& first = shape.cells.front();
    if (!may_be_headings(first)) return false;
    std::vector<std::size_t> typed(first.size()), given(first.size());
    for (const file_range& file : samples.files)
        for (std::size_t i = file.begin; i != file.end; ++i) {
            const cells& line = shape.cells[i];
            if (i == file.begin) {
                if (line != first) return false;
                continue;
            }
            for (std::size_t column = 0; column != std::min(line.size(), first.size()); ++column) {
                if (all_blank(line[column])) continue;
                ++given[column];
                if (is_typed(line[column])) ++typed[column];
            }
        }
    for (std::size_t column = 0; column != first.size(); ++column)
        if (typed[column] > 1 && typed[column] == given[column]) return true;
    return false;
}

void take_header(sample_lines& samples, file_shape& shape) {
    for (const std::string_view each : shape.cells.front())
        shape.headings.emplace_back(trimmed(each));
    shape.separated->header = true;
    for (auto file = samples.files.rbegin(); file != samples.files.rend(); ++file) {
        const auto at = static_cast<std::ptrdiff_t>(file->begin);
        samples.lines.erase(samples.lines.begin() + at);
        shape.cells.erase(shape.cells.begin() + at);
    }
    std::size_t taken = 0;
    for (file_range& file : samples.files) {
        file.begin -= taken;
        file.end -= ++taken;
    }
}

}  // namespace

result<file_shape> shape_of(sample_lines& samples) {
    const std::size_t all = samples.lines.size();
    const line_widths widths = widths_of(samples.lines);
    const bool one_width = nearly_all(widths.lines, all) && widths.most_common >= widths.widest;
    separated_lines best;
    for (const char separator : separators) {
        separated_lines tried = separated_by(separator, samples);
        if (tried.columns < 2 || tried.columns > language::max_layout_fields || !nearly_all(tried.agree, all)) continue;
        if (one_width && (separator == ',' || tried.columns < 3)) continue;
        if (tried.columns > best.columns) best = std::move(tried);
    }
    if (best.columns == 0) return fixed_shape(samples);
    file_shape out;
    out.separated = best.by;
    out.note = fmt::format("{} of {} lines have as many columns as the others of their kind", best.agree, all);
    out.cells = std::move(best.lines);
    if (has_header(samples, out)) take_header(samples, out);
    return out;
}

}  // namespace brygga::layout::infer::detail
