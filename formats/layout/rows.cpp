#include "formats/layout/rows.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "formats/layout/digits.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace brygga::layout {

namespace {

// Whether a quoted cell is open at the end of a row, which may grow by what comes behind it. From quote to quote: one opens a
// cell only where a cell begins.
class cell_scan {
 public:
    // None stands before `first_quote`, an offset.
    cell_scan(const separation& by, std::size_t first_quote) noexcept : by_(by), at_(first_quote) {}

    // The whole row so far.
    [[nodiscard]] bool is_open(std::string_view row) noexcept {
        for (;;) {
            const std::size_t quote = row.find(by_.quote, at_);
            if (quote == std::string_view::npos) {
                at_ = row.size();
                return is_open_;
            }
            at_ = quote + 1;
            if (!is_open_)
                is_open_ = quote == 0 || row[quote - 1] == by_.separator;
            else if (at_ != row.size() && row[at_] == by_.quote)
                ++at_;
            else
                is_open_ = false;
        }
    }

 private:
    separation by_;
    std::size_t at_;
    bool is_open_ = false;
};

// Blanks and TABs beside a heading are nobody's.
std::string without_margins(const std::string& text) {
    constexpr std::string_view margins = " \t";
    const std::size_t first = text.find_first_not_of(margins);
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(margins) - first + 1);
}

// One past the quote that closes a cell, which begins with one; nothing when none does, or when more than a separator follows.
std::optional<std::size_t> end_of_quoted(std::string_view row, std::size_t at, const separation& by) noexcept {
    for (at = row.find(by.quote, at + 1); at != std::string_view::npos; at = row.find(by.quote, at + 2)) {
        if (at + 1 == row.size() || row[at + 1] == by.separator) return at + 1;
        if (row[at + 1] != by.quote) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

void row_lines::take_rest(physical_line& row) noexcept {
    constexpr std::ptrdiff_t looked_ahead = 4096;
    const std::ptrdiff_t rest = lines_.end() - row.bytes.data();
    const std::string_view near(row.bytes.data(), static_cast<std::size_t>(std::min(rest, looked_ahead)));
    without_quotes_ = near.data() + std::min(near.find(by_.quote), near.size());
    if (row.bytes.data() + row.bytes.size() <= without_quotes_) return;
    cell_scan scan(by_, static_cast<std::size_t>(without_quotes_ - row.bytes.data()));
    if (!scan.is_open(row.bytes)) return;
    line_cutter ahead = lines_;
    physical_line whole = row;
    bool is_open = true;
    for (std::size_t lines = 1; is_open && lines != max_lines_of_row; ++lines) {
        physical_line more;
        if (!ahead.next(more)) return;
        const std::size_t size = static_cast<std::size_t>(more.bytes.data() - whole.bytes.data()) + more.bytes.size();
        if (size > max_row_bytes) return;
        whole.bytes = {whole.bytes.data(), size};
        whole.end = more.end;
        whole.has_control = true;
        is_open = scan.is_open(whole.bytes);
    }
    if (is_open) return;
    row = whole;
    lines_ = ahead;
}

std::vector<cell_place> cells_of(std::string_view row, const separation& by) {
    std::vector<cell_place> out;
    cut_cells(row, by, out);
    return out;
}

void cut_cells(std::string_view row, const separation& by, std::vector<cell_place>& out) {
    out.clear();
    for (std::size_t at = 0;;) {
        const bool opens = by.quote != '\0' && at < row.size() && row[at] == by.quote;
        if (const auto end = opens ? end_of_quoted(row, at, by) : std::nullopt) {
            out.push_back({at + 1, *end - 1, true});
            at = *end;
        } else {
            const std::size_t stop = std::min(row.find(by.separator, at), row.size());
            out.push_back({at, stop, false});
            at = stop;
        }
        if (at == row.size()) return;
        ++at;  // the separator
    }
}

namespace {

void append_without_doubled(std::string& out, std::string_view cell, char quote) {
    for (std::size_t at = 0;;) {
        const std::size_t found = cell.find(quote, at);
        if (found == std::string_view::npos) {
            out += cell.substr(at);
            return;
        }
        out += cell.substr(at, found + 1 - at);
        at = found + 1;
        if (at != cell.size() && cell[at] == quote) ++at;
    }
}

}  // namespace

std::string without_doubled(std::string_view cell, char quote) {
    std::string out;
    append_without_doubled(out, cell, quote);
    return out;
}

row_cutter::row_cutter(const separation& by, std::size_t columns, encoding in)
    : by_(by), columns_(std::min(columns, max_row_columns)), in_(in) {}

std::string_view row_cutter::start_of(std::string_view row) const noexcept {
    if (row.size() <= max_row_bytes) return row;
    std::size_t size = max_row_bytes;
    while (in_ == encoding::utf_8 && size != 0 && (static_cast<unsigned char>(row[size]) & 0xC0u) == 0x80u)
        --size;
    return row.substr(0, size);
}

std::vector<std::string> row_cutter::headings_in(std::string_view row) const {
    std::vector<std::string> said;
    row = start_of(row);
    for (const cell_place& each : cells_of(row, by_)) {
        const std::string_view bytes = row.substr(each.begin, each.end - each.begin);
        const std::string text = to_utf8(each.quoted ? without_doubled(bytes, by_.quote) : std::string(bytes), in_);
        said.push_back(without_margins(text));
    }
    return said;
}

std::vector<heading_fault> row_cutter::heading_faults(std::string_view row, std::span<const std::string> wanted) const {
    std::vector<heading_fault> out;
    const std::vector<std::string> said = headings_in(row);
    for (auto at = said.begin(); at != said.end(); ++at) {
        const bool is_known = std::find(wanted.begin(), wanted.end(), *at) != wanted.end();
        if (!is_known || std::find(said.begin(), at, *at) != at) out.push_back({*at, is_known});
    }
    return out;
}

bool row_cutter::take_heading(std::string_view row, std::span<const std::string> wanted) {
    const std::vector<std::string> said = headings_in(row);
    std::vector<std::uint16_t> cells;
    for (const std::string& each : wanted) {
        const auto found = std::find(said.begin(), said.end(), each);
        cells.push_back(found == said.end() ? std::uint16_t{0} : static_cast<std::uint16_t>(found - said.begin() + 1));
    }
    if (std::all_of(cells.begin(), cells.end(), [](std::uint16_t each) { return each == 0; })) return false;
    named_ = said.size();
    const bool in_place = cells.size() == said.size() && std::is_sorted(cells.begin(), cells.end()) && cells.front() == 1;
    cells_ = in_place ? std::vector<std::uint16_t>() : std::move(cells);
    return true;
}

namespace {

// Which of up to 64 bytes are separators and quotes, the first in the lowest bit.
struct marked_bytes {
    std::uint64_t separators = 0, quotes = 0;
};

marked_bytes marked_in(std::string_view bytes, const separation& by) noexcept {
    marked_bytes out;
    std::size_t at = 0;
#if defined(__SSE2__)
    const __m128i separator = _mm_set1_epi8(by.separator), quote = _mm_set1_epi8(by.quote);
    const auto mark = [&](std::size_t from) {
        __m128i block;
        std::memcpy(&block, bytes.data() + from, sizeof block);
        const auto bits = [](__m128i same) { return std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(same))}; };
        out.separators |= bits(_mm_cmpeq_epi8(block, separator)) << from;
        out.quotes |= bits(_mm_cmpeq_epi8(block, quote)) << from;
    };
    for (; at + 16 <= bytes.size(); at += 16)
        mark(at);
    if (at != 0 && at != bytes.size()) mark(std::exchange(at, bytes.size()) - 16 + bytes.size() % 16);
#endif
    for (; at != bytes.size(); ++at) {
        out.separators |= std::uint64_t{bytes[at] == by.separator} << at;
        out.quotes |= std::uint64_t{bytes[at] == by.quote} << at;
    }
    if (by.quote == '\0') out.quotes = 0;
    return out;
}

// Each bit: whether the number of bits up to it, itself included, is odd.
std::uint64_t odd_so_far(std::uint64_t bits) noexcept {
    for (const unsigned step : {1U, 2U, 4U, 8U, 16U, 32U})
        bits ^= bits << step;
    return bits;
}

// Whether these quotes stand where cells begin and end, or doubled; all bits of `open` are set where the first of them closes.
bool are_in_place(std::string_view row, std::size_t from, std::uint64_t quotes, std::uint64_t open,
                  const separation& by) noexcept {
    for (bool opens = open == 0; quotes != 0; quotes &= quotes - 1, opens = !opens) {
        const std::size_t at = from + static_cast<std::size_t>(std::countr_zero(quotes));
        const bool is_edge = opens ? at == 0 : at + 1 == row.size();
        if (is_edge) continue;
        const char beside = row[opens ? at - 1 : at + 1];
        if (beside != by.separator && beside != by.quote) return false;
    }
    return true;
}

}  // namespace

row_cutter::found_cells row_cutter::find_cells(std::string_view row) {
    constexpr std::size_t step = 64;
    if (cuts_.size() < row.size() + 2) cuts_.resize(row.size() + 2);
    std::uint16_t* into = cuts_.data();
    *into++ = 0;
    bool has_quotes = false;
    std::uint64_t open = 0;  // all bits, where a quoted cell goes on
    for (std::size_t from = 0; from < row.size(); from += step) {
        marked_bytes marked = marked_in(row.substr(from, step), by_);
        if ((marked.quotes | open) != 0) {
            has_quotes = true;
            if (!are_in_place(row, from, marked.quotes, open, by_)) return found_cells::doubtful;
            const std::uint64_t quoted = odd_so_far(marked.quotes) ^ open;
            open = (quoted >> (step - 1)) != 0 ? ~std::uint64_t{} : 0;
            marked.separators &= ~quoted;
        }
        for (; marked.separators != 0; marked.separators &= marked.separators - 1)
            *into++ = static_cast<std::uint16_t>(from + static_cast<std::size_t>(std::countr_zero(marked.separators)) + 1);
    }
    if (open != 0) return found_cells::doubtful;
    *into = static_cast<std::uint16_t>(row.size() + 1);
    found_ = static_cast<std::size_t>(into - cuts_.data());
    return has_quotes ? found_cells::quoted : found_cells::plain;
}

columns row_cutter::cut(std::string_view row) {
    row = start_of(row);
    const found_cells found = find_cells(row);
    if (found == found_cells::plain && cells_.empty() && found_ >= columns_) return {row.data(), cuts_.data(), in_, 1};
    if (found != found_cells::doubtful)
        return copied([&](std::size_t cell) {
            const std::size_t begin = cuts_[cell - 1], end = cuts_[cell] - std::size_t{1};
            const bool is_quoted = found == found_cells::quoted && begin != end && row[begin] == by_.quote;
            return is_quoted ? cut_cell{row.substr(begin + 1, end - begin - 2), true}
                             : cut_cell{row.substr(begin, end - begin), false};
        });
    cut_cells(row, by_, places_);
    found_ = places_.size();
    return copied([&](std::size_t cell) {
        const cell_place& from = places_[cell - 1];
        return cut_cell{row.substr(from.begin, from.end - from.begin), from.quoted};
    });
}

template <class Cells>
columns row_cutter::copied(const Cells& cell_at) {
    if (starts_.size() < columns_ + 1) starts_.resize(columns_ + 1);
    copy_.clear();
    for (std::size_t column = 1; column <= columns_; ++column) {
        const std::size_t cell = cell_of(column);
        if (cell != 0 && cell <= found_) {
            const cut_cell from = cell_at(cell);
            if (from.is_quoted)
                append_without_doubled(copy_, from.bytes, by_.quote);
            else
                copy_ += from.bytes;
        }
        copy_ += by_.separator;
        starts_[column] = static_cast<std::uint16_t>(copy_.size());
    }
    return {copy_.data(), starts_.data(), in_, 1};
}

result<std::string> row_cutter::cell_text(std::string_view utf8) const {
    auto bytes = from_utf8(utf8, in_);
    if (!bytes) return bytes;
    const bool is_plain = std::all_of(bytes->begin(), bytes->end(), [&](char c) {
        return c != by_.separator && static_cast<unsigned char>(c) >= 0x20 && (by_.quote == '\0' || c != by_.quote);
    });
    if (is_plain) return bytes;
    if (by_.quote == '\0')
        return fail(error_code::invalid_argument, "a separator or control character, and the layout has no quotes");
    std::string out(1, by_.quote);
    for (const char c : *bytes)
        out.append(c == by_.quote ? 2 : 1, c);
    return out + by_.quote;
}

result<std::string> row_cutter::row_of(std::span<const std::string> values, std::size_t cells) const {
    std::vector<std::string> row(named_ == 0 ? cells : named_);
    for (std::size_t column = 1; column <= values.size(); ++column) {
        const std::size_t cell = cell_of(column);
        if (values[column - 1].empty()) continue;
        if (cell == 0 || cell > row.size())
            return fail(error_code::invalid_argument, fmt::format("the file has no column for value {}", column));
        auto text = cell_text(values[column - 1]);
        if (!text) return fail(error_code::invalid_argument, fmt::format("column {}: {}", cell, text.error().text));
        row[cell - 1] = std::move(*text);
    }
    std::string out;
    for (std::size_t cell = 0; cell != row.size(); ++cell) {
        if (cell != 0) out += by_.separator;
        out += row[cell];
    }
    if (out.size() > max_row_bytes) return fail(error_code::limit_exceeded, "a row that is too long");
    return out;
}

}  // namespace brygga::layout
