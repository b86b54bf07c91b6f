#include "formats/layout/described/faults.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "formats/layout/byte_columns.hpp"
#include "formats/layout/described/conditions.hpp"
#include "formats/layout/described/invention.hpp"

namespace brygga::layout::described {

namespace {

using language::built_in;
using language::described_field;
using language::none;

constexpr int most_attempts = 300;

struct cut_line {
    std::size_t begin{}, content_end{}, end{};  // without and with its line end
    const record_info* info{};
    std::size_t kind = none;
};

// Records; `columns` takes the header of the file.
std::vector<cut_line> records_of(std::string_view bytes, const record_tables& layout, line_columns& columns,
                                 std::optional<cut_line>& header) {
    std::vector<cut_line> out;
    row_lines lines = lines_of(bytes, layout.document());
    physical_line source;
    const section_layout* section = nullptr;
    while (lines.next(source)) {
        const std::size_t content_end = source.offset + source.bytes.size();
        const cut_line line{source.offset, content_end, content_end + source.end.size(), nullptr, none};
        columns.recycle();
        if (columns.awaits_heading() && columns.take_heading(source.bytes)) {
            header = line;
            continue;
        }
        const line_place place = layout.place(columns.of(source), section);
        section = place.next;
        out.push_back(line);
        out.back().info = place.record;
        if (place.record != nullptr) out.back().kind = layout.kind_of(*place.record);
    }
    return out;
}

// Tries changes of a file until one breaks the rule, and as few others as can be.
class fault_planter {
 public:
    fault_planter(const record_tables& layout, std::span<const rule_info> rules, std::string& bytes)
        : layout_(&layout),
          of_(&layout.what()),
          rules_(rules),
          bytes_(&bytes),
          invent_(*of_, bytes.size(), default_generated_day),
          columns_(layout.document(), of_->encodings.front()) {}

    [[nodiscard]] bool plant(std::size_t rule) {
        columns_ = line_columns(layout_->document(), of_->encodings.front());
        header_.reset();
        const std::vector<cut_line> lines = records_of(*bytes_, *layout_, columns_, header_);
        if (lines.empty()) return false;
        const read_file before = read(*bytes_, *layout_, rules_, {});
        std::optional<std::string> best;
        std::uint64_t fewest = 0;
        for (int attempt = 0; attempt != most_attempts && !(best && fewest == 1); ++attempt) {
            std::string changed = *bytes_;
            if (!change(rule, lines, changed)) continue;
            const read_file after = read(changed, *layout_, rules_, {});
            if (after.findings.count(rule) == before.findings.count(rule)) continue;
            const std::uint64_t more = after.findings.total() - std::min(after.findings.total(), before.findings.total());
            if (best && more >= fewest) continue;
            best = std::move(changed);
            fewest = more;
        }
        if (best) *bytes_ = std::move(*best);
        return best.has_value();
    }

 private:
    bool change(std::size_t rule, const std::vector<cut_line>& lines, std::string& bytes) {
        const cut_line& line = lines[invent_.random().below(lines.size())];
        const std::string_view text = std::string_view(bytes).substr(line.begin, line.end - line.begin);
        if (rule >= language::built_in_tests && of_->rules[rule].total != none) return change_total(rule, lines, bytes);
        if (rule >= language::built_in_tests) return break_condition(of_->rules[rule], lines, bytes);
        const auto test = static_cast<built_in>(rule);
        switch (test) {
            case built_in::size:
                bytes.insert(line.content_end, one_more());
                return true;
            case built_in::unknown:
                return make_unknown(line, bytes);
            case built_in::content:
            case built_in::codes:
            case built_in::check_digit:
            case built_in::date:
                return change_field(line, bytes, [&](const described_field& field) { return invent_.wrong_value(field, test); });
            case built_in::required:
                return change_field(line, bytes, [](const described_field& field) {
                    return field.optional ? std::string() : std::string(1, ' ');
                });
            case built_in::unique:
                return repeat_value(line, lines, bytes);
            case built_in::order:
                bytes.insert(line.begin, std::string(text));
                return true;
            case built_in::total:
                return change_total(line, bytes);
            case built_in::encoding:
                return false;
            case built_in::tabs:
                return !of_->separated && replace_blanks_by_tab(line, bytes);
            case built_in::fill:
                bytes.insert(line.begin, of_->crlf ? "\r\n" : "\n");
                return true;
            case built_in::heading:
                return change_header(bytes);
            case built_in::columns:
                if (header_) bytes.insert(header_->content_end, one_more());
                return header_.has_value();
        }
        return false;
    }

    // A field that the condition names, of a record that it is on, gets a value at or beside one that the condition names, or any
    // other.
    bool break_condition(const language::described_rule& rule, const std::vector<cut_line>& lines, std::string& bytes) {
        std::vector<const cut_line*> meant;
        for (const cut_line& each : lines)
            if (each.kind == rule.on) meant.push_back(&each);
        const mentioned said(rule.must_hold);
        if (meant.empty() || said.fields.empty()) return false;
        const described_field& field = of_->records[rule.on].fields[chosen(said.fields)];
        const std::string value =
            said.values.empty() || invent_.random().chance(30) ? invent_.value(field) : beside(chosen(said.values), field);
        return put(*chosen(meant), field, value.empty() ? std::string(1, ' ') : value, bytes);
    }
    template <class Item>
    const Item& chosen(const std::vector<Item>& from) {
        return from[invent_.random().below(from.size())];
    }
    std::string beside(const language::operand& named, const described_field& field) {
        const int step = static_cast<int>(invent_.random().below(3)) - 1;
        if (const auto* const number = std::get_if<std::int64_t>(&named))
            return written(std::max<std::int64_t>(*number + step, 0), field);
        if (const auto* const day = std::get_if<date>(&named)) return written(add_days(*day, step), field.day_form);
        const auto* const text = std::get_if<std::string>(&named);
        return text != nullptr && step != 0 ? *text : std::string();
    }

    // One field of the line.
    template <class Value>
    bool change_field(const cut_line& line, std::string& bytes, const Value& value) {
        if (line.info == nullptr) return false;
        const auto& fields = of_->records[line.kind].fields;
        if (fields.empty()) return false;
        const described_field& field = fields[invent_.random().below(fields.size())];
        const std::string changed = value(field);
        return !changed.empty() && put(line, field, changed, bytes);
    }
    bool put(const cut_line& line, const described_field& field, std::string changed, std::string& bytes) {
        return put(line, field.first, field.last, std::move(changed), bytes);
    }
    bool put(const cut_line& line, unsigned first, unsigned last, std::string changed, std::string& bytes) {
        physical_line source;
        const std::string before = bytes.substr(line.begin, line.content_end - line.begin);
        source.bytes = before;
        columns_.recycle();
        const record_line now = columns_.of(source);
        std::string after;
        if (now.rows != nullptr) {
            std::vector<std::string> cells;
            for (unsigned column = 1; column <= now.width; ++column)
                cells.push_back(column == first ? changed : now.columns.utf8(column, column));
            after = now.rows->row_of(cells, now.rows->cells()).value_or(before);
        } else {
            const std::size_t width = last - first + std::size_t{1}, points = count_code_points(changed);
            const bool fill_zeros = changed.find_first_not_of("0123456789") == std::string::npos;
            if (points > width) return false;
            changed.insert(fill_zeros ? 0 : changed.size(), width - points, fill_zeros ? '0' : ' ');
            const byte_range range = byte_columns(now).of(first, last);
            after = before;
            after.replace(range.begin, range.end - range.begin, from_utf8(changed, of_->encodings.front()).value_or(""));
        }
        if (after == before) return false;
        bytes.replace(line.begin, before.size(), after);
        return true;
    }

    // At the end of a line, that it gets too long.
    [[nodiscard]] std::string one_more() const { return of_->separated ? of_->separated->separator + std::string("X") : "X"; }
    bool change_header(std::string& bytes) {
        if (!header_) return false;
        const std::string_view row = std::string_view(bytes).substr(header_->begin, header_->content_end - header_->begin);
        const std::vector<cell_place> cells = cells_of(row, *of_->separated);
        const cell_place at = chosen(cells);
        bytes.replace(header_->begin + at.begin, at.end - at.begin, "X");
        return true;
    }

    bool make_unknown(const cut_line& line, std::string& bytes) {
        if (of_->code_first == 0) return false;
        return put(line, of_->code_first, of_->code_last, std::string(of_->code_last - of_->code_first + 1U, '?'), bytes);
    }
    bool repeat_value(const cut_line& line, const std::vector<cut_line>& lines, std::string& bytes) {
        if (line.info == nullptr) return false;
        for (const described_field& each : of_->records[line.kind].fields)
            for (const cut_line& other : lines)
                if (each.unique && other.kind == line.kind && other.begin != line.begin)
                    return put(line, each, value_of(other, each, bytes), bytes);
        return false;
    }
    std::string value_of(const cut_line& line, const described_field& field, const std::string& bytes) {
        physical_line source;
        source.bytes = std::string_view(bytes).substr(line.begin, line.content_end - line.begin);
        columns_.recycle();
        return columns_.of(source).columns.utf8(field.first, field.last);
    }
    bool change_total(const cut_line& line, std::string& bytes) {
        for (const language::described_total& each : of_->totals)
            if (each.carrier == line.kind) return put(line, of_->records[line.kind].fields[each.field], "7", bytes);
        return false;
    }
    bool change_total(std::size_t rule, const std::vector<cut_line>& lines, std::string& bytes) {
        const language::described_total& total = of_->totals[of_->rules[rule].total];
        std::vector<const cut_line*> carriers;
        for (const cut_line& each : lines)
            if (each.kind == total.carrier) carriers.push_back(&each);
        return !carriers.empty() && put(*chosen(carriers), of_->records[total.carrier].fields[total.field], "7", bytes);
    }
    static bool replace_blanks_by_tab(const cut_line& line, std::string& bytes) {
        constexpr std::size_t stop = tab_width;
        for (std::size_t at = line.begin + stop; at + stop <= line.content_end; at += stop)
            if (bytes.compare(at, stop, std::string(stop, ' ')) == 0) {
                bytes.replace(at, stop, "\t");
                return true;
            }
        return false;
    }

    const record_tables* layout_;
    const language::description* of_;
    std::span<const rule_info> rules_;
    std::string* bytes_;
    invention invent_;
    line_columns columns_;
    std::optional<cut_line> header_;
};

}  // namespace

result<void> plant(std::span<const std::string> ids, const record_tables& layout, std::span<const rule_info> rules,
                   std::string& bytes) {
    for (const std::string& id : ids) {
        const auto rule = std::find_if(rules.begin(), rules.end(), [&](const rule_info& each) { return each.id == id; });
        if (rule == rules.end())
            return fail(error_code::invalid_argument, fmt::format("{} is no rule of {}", id, layout.what().id));
        if (!fault_planter(layout, rules, bytes).plant(rule->index))
            return fail(error_code::invalid_argument, fmt::format("no file with the fault {} was found", id));
    }
    return {};
}

}  // namespace brygga::layout::described
