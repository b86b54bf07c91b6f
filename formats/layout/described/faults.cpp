#include "formats/layout/described/faults.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "formats/layout/described/invention.hpp"

namespace brygga::layout::described {

namespace {

using language::built_in;
using language::described_field;
using language::none;

constexpr int most_attempts = 300;

struct cut_line {
    std::size_t begin{}, end{};  // with its line end
    const record_info* info{};
    std::size_t kind = none;
};

std::vector<cut_line> lines_of(std::string_view bytes, const record_tables& layout) {
    std::vector<cut_line> out;
    line_padder padder(layout.what().width, layout.what().encodings.front());
    line_cutter lines(bytes);
    physical_line source;
    const section_layout* section = nullptr;
    while (lines.next(source)) {
        padder.recycle();
        const line_place place = layout.place(padder.pad(source), section);
        section = place.next;
        out.push_back({source.offset, source.offset + source.bytes.size() + source.end.size(), place.record,
                       place.record == nullptr ? none : layout.kind_of(*place.record)});
    }
    return out;
}

// The fields of the record itself, and the values, that a condition names.
struct mentioned {
    std::vector<std::size_t> fields;
    std::vector<language::operand> values;

    void note(const language::condition& what) {
        for (const language::operand& each : what.operands) {
            const auto* const field = std::get_if<language::field_reference>(&each);
            if (field == nullptr)
                values.push_back(each);
            else if (field->record == none)
                fields.push_back(field->field);
        }
        for (const language::condition& each : what.parts)
            note(each);
    }
};

// Tries changes of a file until one breaks the rule, and as few others as can be.
class fault_planter {
 public:
    fault_planter(const record_tables& layout, std::span<const rule_info> rules, std::string& bytes)
        : layout_(&layout),
          of_(&layout.what()),
          rules_(rules),
          bytes_(&bytes),
          invent_(*of_, bytes.size(), default_generated_day) {}

    [[nodiscard]] bool plant(std::size_t rule) {
        const std::vector<cut_line> lines = lines_of(*bytes_, *layout_);
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
        const std::size_t end_size = text.ends_with("\r\n") ? 2 : text.ends_with('\n') ? 1 : 0;
        const std::size_t content_end = line.end - end_size;
        if (rule >= language::built_in_tests) return break_condition(of_->rules[rule], lines, bytes);
        const auto test = static_cast<built_in>(rule);
        switch (test) {
            case built_in::size:
                bytes.insert(content_end, "X");
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
                return replace_blanks_by_tab(line, content_end, bytes);
            case built_in::fill:
                bytes.insert(line.begin, of_->crlf ? "\r\n" : "\n");
                return true;
        }
        return false;
    }

    // A field that the condition names, of a record that it is on, gets a value at or beside one that the condition names, or any
    // other.
    bool break_condition(const language::described_rule& rule, const std::vector<cut_line>& lines, std::string& bytes) {
        std::vector<const cut_line*> meant;
        for (const cut_line& each : lines)
            if (each.kind == rule.on) meant.push_back(&each);
        mentioned said;
        said.note(rule.must_hold);
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
        const auto in = from_utf8(changed, of_->encodings.front());
        const std::size_t width = field.last - field.first + std::size_t{1};
        if (!in || in->size() > width || of_->encodings.front() == encoding::utf_8) return false;
        const bool fill_zeros = in->find_first_not_of("0123456789") == std::string::npos;
        std::string columns =
            fill_zeros ? std::string(width - in->size(), '0') + *in : *in + std::string(width - in->size(), ' ');
        if (bytes.substr(line.begin + field.first - 1, width) == columns) return false;
        bytes.replace(line.begin + field.first - 1, width, columns);
        return true;
    }

    bool make_unknown(const cut_line& line, std::string& bytes) {
        if (of_->code_first == 0) return false;
        for (std::size_t at = of_->code_first; at <= of_->code_last; ++at)
            bytes[line.begin + at - 1] = '?';
        return true;
    }
    bool repeat_value(const cut_line& line, const std::vector<cut_line>& lines, std::string& bytes) {
        if (line.info == nullptr) return false;
        for (const described_field& each : of_->records[line.kind].fields)
            for (const cut_line& other : lines)
                if (each.unique && other.kind == line.kind && other.begin != line.begin) {
                    const std::size_t width = each.last - each.first + std::size_t{1};
                    bytes.replace(line.begin + each.first - 1, width, bytes.substr(other.begin + each.first - 1, width));
                    return true;
                }
        return false;
    }
    bool change_total(const cut_line& line, std::string& bytes) {
        for (const language::described_total& each : of_->totals)
            if (each.carrier == line.kind) return put(line, of_->records[line.kind].fields[each.field], "7", bytes);
        return false;
    }
    static bool replace_blanks_by_tab(const cut_line& line, std::size_t content_end, std::string& bytes) {
        constexpr std::size_t stop = tab_width;
        for (std::size_t at = line.begin + stop; at + stop <= content_end; at += stop)
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
