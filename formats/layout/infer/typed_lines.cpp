#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formats/core/check_digit.hpp"
#include "formats/layout/digits.hpp"
#include "formats/layout/infer/detail/fields.hpp"
#include "formats/layout/infer/detail/meanings.hpp"
#include "formats/layout/language/detail/vocabulary.hpp"

namespace brygga::layout::infer::detail {

namespace {

using language::field_alignment;
using language::field_type;
using language::filler_kind;

constexpr std::size_t many = 10;           // values that show what repeats
constexpr std::size_t most_codes = 12;     // of a code table
constexpr std::size_t most_digits = 18;    // of a number
constexpr std::size_t amount_columns = 9;  // zero-filled numbers so wide are mostly amounts

candidate any_of(field_type type) {
    candidate out;
    out.field.type = type;
    return out;
}

proposed_line filler_of(filler_kind holds, std::size_t first, std::size_t last, std::string note) {
    proposed_line out;
    out.first = static_cast<std::uint16_t>(first);
    out.last = static_cast<std::uint16_t>(last);
    out.filler = {out.first, out.last, holds, {}};
    out.note = std::move(note);
    return out;
}

class stretch_typing {
 public:
    stretch_typing(const proposal& of, const proposed_kind& kind, std::size_t first, std::size_t last)
        : of_(of),
          kind_(kind),
          first_(first),
          last_(last),
          fixed_(!of.shape.separated),
          counted_(count_values(of, kind, first, last)) {}

    [[nodiscard]] proposed_line line() {
        if (counted_.given == 0) return without_values();
        if (auto out = constant()) return *std::move(out);
        if (auto out = code_table()) return *std::move(out);
        if (auto out = known_meaning()) return *std::move(out);
        if (auto out = numeric()) return *std::move(out);
        return text();
    }

 private:
    [[nodiscard]] std::size_t columns() const { return last_ - first_ + 1; }
    [[nodiscard]] std::string_view value(std::size_t line) const { return of_.value(line, first_, last_); }
    [[nodiscard]] bool fits(const candidate& what) const { return all_fit(of_, kind_, what, first_, last_); }

    [[nodiscard]] proposed_line made(const candidate& what, std::string note) const {
        proposed_line out = line_of(what, counted_, first_, last_);
        out.note = words_of(counted_) + (note.empty() ? "" : "; " + note) + could_be();
        if (may_be_identity_ && out.field.guard == privacy::open) out.field.guard = privacy::identity;
        return out;
    }

    // Meanings that nothing speaks against, but that too few values speak for.
    [[nodiscard]] std::string could_be() const {
        return weak_.empty() ? "" : fmt::format("; too few to tell whether {}", fmt::join(weak_, " or "));
    }

    [[nodiscard]] proposed_line without_values() const {
        const std::size_t lines = kind_.lines.size();
        if (!fixed_) return made(any_of(field_type::text), "always blank");
        if (counted_.absent == 0)
            return filler_of(filler_kind::blank, first_, last_,
                             fmt::format("in all {}, or the end of the field before it", lines));
        candidate what = any_of(field_type::digits);
        const bool filled = is_filled();
        if (filled && lines > 2) return filler_of(filler_kind::zeros, first_, last_, fmt::format("in all {}", lines));
        if (filled && counted_.blank == 0 && columns() <= most_digits) what.field.type = field_type::number;
        if (!filled) what.field.type = field_type::text;
        return made(what, {});
    }

    // No blanks beside the zeros of a value.
    [[nodiscard]] bool is_filled() const {
        return std::all_of(kind_.lines.begin(), kind_.lines.end(), [&](std::size_t line) {
            const std::string_view text = value(line);
            return all_blank(text) || text.find(' ') == std::string_view::npos;
        });
    }

    // Short ones only: a longer text that is the same everywhere may be somebody's name.
    [[nodiscard]] std::optional<proposed_line> constant() const {
        constexpr std::size_t longest = 3;
        if (!fixed_ || counted_.distinct != 1 || counted_.given != kind_.lines.size() || counted_.given < many)
            return std::nullopt;
        const std::string_view text = value(kind_.lines.front());
        if (text.size() > longest || !is_code(text)) return std::nullopt;
        proposed_line out = filler_of(filler_kind::constant, first_, last_, fmt::format("in all {}", counted_.given));
        out.filler.constant = text;
        return out;
    }

    [[nodiscard]] std::optional<proposed_line> code_table() const {
        constexpr std::size_t most_code_digits = 4, most_letters = 3;
        if (counted_.given + counted_.absent < many || counted_.distinct > most_codes) return std::nullopt;
        std::map<std::string_view, std::size_t> values;
        bool filled = true;
        for (const std::size_t line : kind_.lines) {
            const std::string_view text = value(line);
            if (all_blank(text)) continue;
            if (!is_code(text) || text.size() > (all_digits(text) ? most_code_digits : most_letters)) return std::nullopt;
            filled = filled && text.front() == '0';
            ++values[text];
            if (values.size() > most_codes) return std::nullopt;
        }
        const bool repeats = values.size() > 1 && values.size() * 3 <= kind_.lines.size() - counted_.blank;
        if (!repeats || (filled && values.begin()->first.size() > 2)) return std::nullopt;
        proposed_line out = line_of(any_of(field_type::code), counted_, first_, last_);
        for (const auto& [code, count] : values) {
            out.codes.emplace_back(code);
            out.code_counts.push_back(count);
        }
        out.note = fmt::format("{} values, {} different{}", kind_.lines.size() - counted_.blank, values.size(),
                               all_digits(values.begin()->first) ? "; or a number" : "");
        return out;
    }

    [[nodiscard]] std::optional<proposed_line> known_meaning() {
        std::vector<candidate> all = stretch_candidates(fixed_ ? columns() : 0);
        if (fixed_)
            for (const candidate& each : sized_candidates())
                if (each.size == columns()) all.push_back(each);
        std::optional<candidate> chosen;
        for (const candidate& each : all) {
            if (!fits(each)) continue;
            if (counted_.distinct >= each.distinct && !chosen)
                chosen = each;
            else if (!chosen || each.field.type != chosen->field.type)
                weak_.push_back(language::detail::type_name(each.field.type));
            const field_type type = each.field.type;
            may_be_bankgiro_ = may_be_bankgiro_ || type == field_type::bankgiro;
            may_be_identity_ = may_be_identity_ || type == field_type::personal_number || type == field_type::identity_number ||
                               type == field_type::organisation_number;
        }
        std::sort(weak_.begin(), weak_.end());
        weak_.erase(std::unique(weak_.begin(), weak_.end()), weak_.end());
        if (!chosen) return std::nullopt;
        const std::string others = weak_.empty() ? "" : fmt::format("; {} would fit, too", fmt::join(weak_, ", "));
        weak_.clear();
        return made(*chosen, "all fit" + others);
    }

    [[nodiscard]] std::optional<proposed_line> numeric() const {
        for (const char mark : {',', '.'}) {
            candidate what = any_of(field_type::kronor);
            what.field.decimal_mark = mark;
            if ((!fixed_ || columns() > 3) && fits(what)) return made(what, {});
        }
        const bool is_number = !fixed_ || columns() <= most_digits;
        if (fits(any_of(field_type::digits))) {
            if (is_number && counted_.blank == 0 && is_zero_filled() && !may_be_bankgiro_)
                return made(any_of(number_type()), "zero-filled");
            return made(is_number && !fixed_ && counts() ? any_of(field_type::number) : any_of(field_type::digits), {});
        }
        if (!is_number) return std::nullopt;
        candidate what = any_of(fixed_ ? number_type() : field_type::number);
        what.field.aligned = fixed_ ? field_alignment::right : field_alignment::of_type;
        if (is_right_aligned() && fits(what)) return made(what, fixed_ ? "blank-filled" : "");
        what = any_of(field_type::digits);
        what.field.aligned = fixed_ ? field_alignment::left : field_alignment::of_type;
        if (fits(what)) return made(what, {});
        what = any_of(number_type());
        what.field.is_signed = true;
        if ((!fixed_ || columns() > 1) && fits(what)) return made(what, "some with a minus sign");
        return std::nullopt;
    }

    [[nodiscard]] field_type number_type() const { return columns() >= amount_columns ? field_type::ore : field_type::number; }
    [[nodiscard]] bool is_zero_filled() const {
        std::size_t filled = 0;
        for (const std::size_t line : kind_.lines)
            if (value(line).starts_with('0')) ++filled;
        return filled * 2 >= kind_.lines.size();
    }
    // Numbers of several lengths, none with a zero in front.
    [[nodiscard]] bool counts() const {
        std::size_t shortest = most_digits, longest = 0;
        for (const std::size_t line : kind_.lines) {
            const std::string_view text = trimmed(value(line));
            if (text.empty()) continue;
            if (text.size() > 1 && text.front() == '0') return false;
            shortest = std::min(shortest, text.size());
            longest = std::max(longest, text.size());
        }
        return longest <= most_digits && (shortest != longest || longest < 4);
    }
    [[nodiscard]] bool is_right_aligned() const {
        if (!fixed_) return true;
        bool begins_later = false;
        for (const std::size_t line : kind_.lines) {
            const std::string_view text = value(line);
            if (!all_blank(text) && text.back() == ' ') return false;
            begins_later = begins_later || (!all_blank(text) && text.front() == ' ');
        }
        return begins_later && counted_.given > 2;
    }

    [[nodiscard]] proposed_line text() const {
        candidate what = any_of(field_type::text);
        const bool right = fixed_ && is_right_aligned();
        if (right) what.field.aligned = field_alignment::right;
        std::string note = counted_.distinct == 1 && counted_.given > 1 ? "all the same" : "";
        constexpr std::size_t shortest_name = 4;
        const bool may_be_name = std::any_of(kind_.lines.begin(), kind_.lines.end(),
                                             [&](std::size_t line) { return trimmed(value(line)).size() >= shortest_name; });
        if (may_be_name) note += (note.empty() ? "" : "; ") + std::string("a name, an address?");
        return made(what, std::move(note));
    }

    const proposal& of_;
    const proposed_kind& kind_;
    std::size_t first_, last_;
    bool fixed_;
    value_count counted_;
    std::vector<std::string_view> weak_;
    bool may_be_identity_ = false, may_be_bankgiro_ = false;
};

std::string name_from(std::string_view heading) {
    std::string out;
    for (const char each : heading) {
        const auto c = static_cast<unsigned char>(each);
        if ((each >= 'a' && each <= 'z') || (each >= '0' && each <= '9'))
            out += each;
        else if (each >= 'A' && each <= 'Z')
            out += static_cast<char>(each | 0x20);
        else if (c == 0xE5 || c == 0xE4 || c == 0xC5 || c == 0xC4)
            out += 'a';
        else if (c == 0xF6 || c == 0xD6)
            out += 'o';
        else if (!out.empty() && out.back() != '_')
            out += '_';
    }
    while (out.ends_with('_'))
        out.pop_back();
    return out.empty() || out.front() < 'a' || out.front() > 'z' ? "column_" + out : out;
}

}  // namespace

proposed_line typed_line(const proposal& of, const proposed_kind& kind, std::size_t first, std::size_t last) {
    return stretch_typing(of, kind, first, last).line();
}

void find_separated_fields(const proposal& of, proposed_kind& kind) {
    std::size_t columns = 0;
    for (const std::size_t line : kind.lines)
        columns = std::max(columns, of.shape.cells[line].size());
    if (of.shape.separated->header) columns = std::min(columns, of.shape.headings.size());
    for (std::size_t column = 1; column <= columns; ++column) {
        if (column == of.kinds.code_columns && columns > 1) continue;
        proposed_line line = typed_line(of, kind, column, column);
        if (column <= of.shape.headings.size()) {
            line.field.heading = to_utf8(of.shape.headings[column - 1], encoding::iso_8859_1);
            line.field.name = fmt::format("{}_{}", name_from(of.shape.headings[column - 1]), column);
        }
        kind.parts.push_back(std::move(line));
    }
}

}  // namespace brygga::layout::infer::detail
