#include "formats/layout/rows.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include <fmt/format.h>

#include "formats/layout/digits.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace brygga::layout {

namespace {

// A quote that stands where a cell begins opens it.
enum class state : std::uint8_t { cell_begins, plain, quoted, quote_in_quoted };

class cell_scan {
 public:
    cell_scan(char separator, char quote) noexcept : separator_(separator), quote_(quote) {}

    void take(std::string_view bytes) noexcept {
        for (const char c : bytes)
            state_ = after(c);
    }
    [[nodiscard]] bool is_open() const noexcept { return state_ == state::quoted; }

 private:
    [[nodiscard]] state after(char c) const noexcept {
        switch (state_) {
            case state::cell_begins:
                if (c == quote_) return state::quoted;
                return c == separator_ ? state::cell_begins : state::plain;
            case state::plain:
                return c == separator_ ? state::cell_begins : state::plain;
            case state::quoted:
                return c == quote_ ? state::quote_in_quoted : state::quoted;
            case state::quote_in_quoted:
                if (c == quote_) return state::quoted;
                return c == separator_ ? state::cell_begins : state::plain;
        }
        return state::plain;
    }

    char separator_, quote_;
    state state_ = state::cell_begins;
};

// Blanks and TABs beside a heading are nobody's.
std::string without_margins(const std::string& text) {
    constexpr std::string_view margins = " \t";
    const std::size_t first = text.find_first_not_of(margins);
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(margins) - first + 1);
}

// One past the quote that closes a cell, which begins with one; nothing when none does, or when more than a separator follows.
std::optional<std::size_t> end_of_quoted(std::string_view row, std::size_t at, const separation& by) noexcept {
    for (++at; at < row.size(); ++at) {
        if (row[at] != by.quote) continue;
        if (at + 1 == row.size() || row[at + 1] == by.separator) return at + 1;
        if (row[at + 1] != by.quote) return std::nullopt;
        ++at;
    }
    return std::nullopt;
}

}  // namespace

void row_lines::take_rest(physical_line& row) noexcept {
    if (row.bytes.find(by_.quote) == std::string_view::npos) return;
    cell_scan scan(by_.separator, by_.quote);
    scan.take(row.bytes);
    line_cutter ahead = lines_;
    physical_line whole = row;
    for (std::size_t lines = 1; scan.is_open() && lines != max_lines_of_row; ++lines) {
        physical_line more;
        if (!ahead.next(more)) return;
        scan.take(whole.end);
        scan.take(more.bytes);
        const std::size_t size = static_cast<std::size_t>(more.bytes.data() - whole.bytes.data()) + more.bytes.size();
        if (size > max_row_bytes) return;
        whole.bytes = {whole.bytes.data(), size};
        whole.end = more.end;
        whole.has_control = true;
    }
    if (scan.is_open() || whole.bytes.size() == row.bytes.size()) return;
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

std::string without_doubled(std::string_view cell, char quote) {
    std::string out;
    out.reserve(cell.size());
    for (std::size_t at = 0; at != cell.size(); ++at) {
        out += cell[at];
        if (cell[at] == quote && at + 1 != cell.size() && cell[at + 1] == quote) ++at;
    }
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

bool row_cutter::find_separators(std::string_view row) {
    starts_.clear();
    starts_.push_back(0);
    const char* const begin = row.data();
    const char* const end = begin + row.size();
    const char* at = begin;
    const auto found = [&](const char* where) { starts_.push_back(static_cast<std::uint16_t>(where - begin + 1)); };
#if defined(__SSE2__)
    const __m128i separator = _mm_set1_epi8(by_.separator), quote = _mm_set1_epi8(by_.quote);
    for (; end - at >= 16; at += 16) {
        __m128i block;
        std::memcpy(&block, at, sizeof block);
        if (by_.quote != '\0' && _mm_movemask_epi8(_mm_cmpeq_epi8(block, quote)) != 0) return false;
        auto mask = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(block, separator)));
        for (; mask != 0; mask &= mask - 1)
            found(at + std::countr_zero(mask));
    }
#endif
    for (; at != end; ++at) {
        if (*at == by_.separator) found(at);
        if (by_.quote != '\0' && *at == by_.quote) return false;
    }
    found(end);
    return true;
}

columns row_cutter::cut(std::string_view row) {
    row = start_of(row);
    if (!find_separators(row)) return cut_copy(row);
    found_ = starts_.size() - 1;
    if (!cells_.empty() || found_ < columns_) return cut_copy(row);
    return {row.data(), starts_.data(), in_, 1};
}

columns row_cutter::cut_copy(std::string_view row) {
    cut_cells(row, by_, places_);
    const std::vector<cell_place>& cells = places_;
    found_ = cells.size();
    starts_.assign(1, 0);
    copy_.clear();
    for (std::size_t column = 1; column <= columns_; ++column) {
        const std::size_t cell = cell_of(column);
        if (cell != 0 && cell <= cells.size()) {
            const cell_place& from = cells[cell - 1];
            const std::string_view bytes = row.substr(from.begin, from.end - from.begin);
            if (from.quoted && bytes.find(by_.quote) != std::string_view::npos)
                copy_ += without_doubled(bytes, by_.quote);
            else
                copy_ += bytes;
        }
        copy_ += by_.separator;
        starts_.push_back(static_cast<std::uint16_t>(copy_.size()));
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
