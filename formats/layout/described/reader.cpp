#include "formats/layout/described/reader.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formats/layout/described/conditions.hpp"
#include "formats/layout/described/expectations.hpp"
#include "formats/layout/described/totals.hpp"
#include "formats/layout/described/values.hpp"
#include "formats/layout/places.hpp"

namespace brygga::layout::described {

namespace {

using language::built_in;
using language::described_field;
using language::described_rule;
using language::none;

constexpr std::size_t step_between_tellings = std::size_t{1} << 20;

built_in test_of(verdict failed) noexcept {
    switch (failed) {
        case verdict::blank:
            return built_in::required;
        case verdict::check_digit:
            return built_in::check_digit;
        case verdict::date:
            return built_in::date;
        case verdict::code:
            return built_in::codes;
        case verdict::content:
        case verdict::fits:
            break;
    }
    return built_in::content;
}

// The rules that look at a kind of record, and the kinds whose last record some rule asks for.
struct rule_plan {
    explicit rule_plan(const language::description& of)
        : by_kind(of.records.size()),
          asked_for(of.records.size()),
          of_total(of.totals.size(), static_cast<std::size_t>(built_in::total)) {
        for (std::size_t i = 0; i != of.rules.size(); ++i) {
            if (of.rules[i].total != none) of_total[of.rules[i].total] = i;
            if (of.rules[i].on != none) {
                by_kind[of.rules[i].on].push_back(i);
                note(of.rules[i].must_hold);
            }
        }
        for (const language::ledger_meaning& each : of.meanings) {
            if (each.grouped_by) note(*each.grouped_by);
            for (const language::ledger_value& value : each.values)
                if (value.from != language::ledger_source::text) note(value.field);
        }
    }
    std::vector<std::vector<std::size_t>> by_kind;
    std::vector<bool> asked_for;
    std::vector<std::size_t> of_total;  // the rule of each

 private:
    void note(const language::condition& what) {
        for (const language::operand& each : what.operands)
            if (const auto* const field = std::get_if<language::field_reference>(&each)) note(*field);
        for (const language::condition& each : what.parts)
            note(each);
    }
    void note(const language::field_reference& field) {
        if (field.record != none) asked_for[field.record] = true;
    }
};

// What a record holds when its line is gone, while the bytes of the file are there.
class kept_values {
 public:
    // Gives back another buffer of that size.
    [[nodiscard]] const record_values& keep(const record_values& record, const record_line& line, std::vector<read_value>& read) {
        fields_.resize(read.size());
        fields_.swap(read);
        const char* const from = line.columns.data;
        const char* const to = line.lasting(copy_).data;
        if (from != to)
            for (std::size_t i = 0; i != record.kind->fields.size(); ++i)
                if (std::string_view& text = fields_[i].what.text; !text.empty()) text = {to + (text.data() - from), text.size()};
        values_ = {record.kind, fields_.data(), nullptr};
        return values_;
    }

 private:
    kept_columns copy_;
    std::vector<read_value> fields_;
    record_values values_;
};

class file_reader {
 public:
    file_reader(const record_tables& layout, read_file& into, const read_options& options)
        : layout_(&layout),
          of_(&layout.what()),
          into_(&into),
          options_(&options),
          plan_(*of_),
          totals_(*of_),
          columns_(layout.document(), into.in),
          last_(of_->records.size()),
          last_held_(of_->records.size()),
          kept_(of_->records.size()),
          seen_(of_->records.size()) {
        for (std::size_t kind = 0; kind != of_->records.size(); ++kind)
            seen_[kind].resize(of_->records[kind].fields.size());
        for (const language::described_record& each : of_->records)
            read_.resize(std::max(read_.size(), each.fields.size()));
    }

    void go(std::string_view bytes) {
        const std::size_t mark = bytes.starts_with(utf8_byte_order_mark) ? utf8_byte_order_mark.size() : 0;
        const char* const content_end = bytes.data() + without_end(bytes).size();
        row_lines lines = lines_of(bytes.substr(mark), layout_->document(), 1, mark);
        physical_line source;
        std::size_t told = 0;
        while (lines.next(source)) {
            if (source.bytes.data() + source.bytes.size() > content_end) source.bytes = without_end_mark(source.bytes);
            if (columns_.is_blank(source.bytes)) {
                note_fill({source.number, source.offset, 0, 0}, blank_);
                continue;
            }
            if (!columns_.awaits_heading() || !take_heading(source)) take(source);
            if (!options_->passed || source.offset - told < step_between_tellings) continue;
            told = source.offset;
            options_->passed(told);
        }
        end();
    }

 private:
    template <class Make>
    void add(built_in test, const Make& make) {
        const auto at = static_cast<std::size_t>(test);
        into_->findings.add(at, of_->rules[at].level, make);
    }
    void add_place(built_in test, const location& where, std::string_view record, std::string found, std::string expected) {
        add(test, [&] {
            finding out;
            out.where = where;
            out.record = record;
            out.found = std::move(found);
            out.expected = std::move(expected);
            return out;
        });
    }

    void note_fill(const location& where, std::uint64_t& counter) {
        if (blank_ + padded_ + cut_ == 0) first_fill_ = where;
        ++counter;
    }

    void take(const physical_line& source) {
        columns_.recycle();
        const record_line line = columns_.of(source);
        last_line_ = source.number;
        last_offset_ = source.offset;
        if (line.rows == nullptr) measure(line);
        const line_place place = layout_->place(line, section_);
        section_ = place.next;
        const std::size_t kind = place.record == nullptr ? none : layout_->kind_of(*place.record);
        if (kind == none)
            unknown(line);
        else
            known(line, *place.record, kind);
    }

    void measure(const record_line& line) {
        if (line.padded) note_fill(fill_of(line), padded_);
        if (line.cut) note_fill(fill_of(line), cut_);
        if (line.surplus)
            add_place(built_in::size, surplus_of(line), {}, fmt::format("{} bytes", line.source.bytes.size()),
                      fmt::format("{} columns", of_->width));
        if (!line.tabs) return;
        const location tab = tab_of(line);
        if (tab.first_column <= of_->width) add_place(built_in::tabs, tab, {}, "\\t", "blanks");
    }

    // Whether the line named the columns.
    bool take_heading(const physical_line& source) {
        const document_layout& document = layout_->document();
        const location where{source.number, source.offset, 0, 0};
        last_line_ = source.number;
        last_offset_ = source.offset;
        if (!columns_.take_heading(source.bytes)) {
            add_place(built_in::heading, where, {}, {}, fmt::format("{}", fmt::join(document.headings, ", ")));
            return false;
        }
        if (!document.by_heading) return true;
        for (std::uint16_t column = 1; column <= document.width; ++column)
            if (columns_.rows()->cell_of(column) == 0 && must_stand(column))
                add_place(built_in::heading, where, {}, {}, fmt::format("\"{}\"", document.headings[column - 1]));
        for (const heading_fault& each : columns_.rows()->heading_faults(source.bytes, document.headings))
            if (each.is_known)
                add_place(built_in::heading, where, {}, each.text, "it once");
            else
                add(built_in::columns, [&] {
                    finding out;
                    out.where = where;
                    out.found = each.text;
                    out.personal = true;  // a first line of data is taken for headings where it has one of them
                    out.expected = "a heading of the layout";
                    return out;
                });
        return true;
    }
    [[nodiscard]] bool must_stand(std::uint16_t column) const {
        return std::any_of(of_->records.begin(), of_->records.end(), [column](const language::described_record& record) {
            return std::any_of(record.fields.begin(), record.fields.end(),
                               [column](const described_field& each) { return each.first == column && !each.optional; });
        });
    }

    bool has_cells(const record_line& line, const record_info& info) {
        const std::size_t cells = line.rows->cells(), wanted = line.rows->named() == 0 ? info.width : line.rows->named();
        const std::size_t size = line.source.bytes.size();
        const bool is_long = size > max_row_bytes;
        if (is_long || cells != wanted)
            add_place(built_in::size, columns_of(line, 1, line.width), info.code,
                      is_long ? fmt::format("{} bytes", size) : fmt::format("{} columns", cells),
                      is_long ? fmt::format("at most {} bytes", max_row_bytes) : fmt::format("{} columns", wanted));
        return !is_long && cells == wanted;
    }

    void unknown(const record_line& line) {
        totals_.take_unknown();
        const std::string code = layout_->document().code_of(line);
        ++into_->records[line.rows != nullptr || trimmed(code).empty() ? "other"
                         : into_->records.size() < most_codes          ? code
                                                                       : "other"];
        add(built_in::unknown, [&] {
            finding out;
            const unsigned first = layout_->document().code_first, size = layout_->document().code_width;
            out.where = size == 0 ? columns_of(line, 1, line.width) : columns_of(line, first, first + size - 1);
            out.found = code;
            out.personal = true;
            out.expected = "a record of this layout";
            return out;
        });
    }

    void known(const record_line& line, const record_info& info, std::size_t kind) {
        if (&info != counted_) {
            counted_ = &info;
            count_ = &into_->records[std::string(info.code)];
        }
        ++*count_;
        const std::uint64_t found_before = into_->findings.count(severity::hold) + into_->findings.count(severity::error);
        step(line, info, kind);
        const record_values values{&of_->records[kind], read_.data(), &line.columns};
        if (line.rows != nullptr && !has_cells(line, info)) {  // what its columns mean is not known: the file is refused
            for (std::size_t i = 0; i != values.kind->fields.size(); ++i)
                read_[i].what = value_in(values.kind->fields[i], slice_of(line, kind, i), line.columns.in);
            add_to_totals(values, line, info, kind);
            return;
        }
        read_fields(line, info, kind);
        for (const filler_info& each : info.fillers)
            if (!each.fits(line.columns.slice(each.first, each.last), line.columns.in))
                add(built_in::content, [&] { return filler_finding(line, info, each); });
        for (const std::size_t rule : plan_.by_kind[kind])
            if (!holds(of_->rules[rule].must_hold, values, last_)) broken(rule, line, info);
        if (options_->each) {
            const bool held = into_->findings.count(severity::hold) + into_->findings.count(severity::error) != found_before;
            last_held_[kind] = false;
            const bool asked_held = std::find(last_held_.begin(), last_held_.end(), true) != last_held_.end();
            options_->each({line.source.number, kind, &values, last_, held || asked_held});
            last_held_[kind] = held && plan_.asked_for[kind];
        }
        add_to_totals(values, line, info, kind);
        if (plan_.asked_for[kind]) last_[kind] = &kept_[kind].keep(values, line, read_);
    }

    void add_to_totals(const record_values& values, const record_line& line, const record_info& info, std::size_t kind) {
        totals_.take(kind, values, line, info, [&](std::size_t total, finding&& where, std::string&& counted) {
            differs(total, std::move(where), std::move(counted));
        });
    }

    [[nodiscard]] std::string_view slice_of(const record_line& line, std::size_t kind, std::size_t at) const {
        const described_field& field = of_->records[kind].fields[at];
        return line.columns.slice(field.first, field.last);
    }

    void read_fields(const record_line& line, const record_info& info, std::size_t kind) {
        const columns in = line.columns;
        read_value* into = read_.data();
        for (const described_field& each : of_->records[kind].fields) {
            read_field(each, in.slice(each.first, each.last), in.in, *of_, *into);
            if (into->said != verdict::fits) misfit(line, info, kind, static_cast<std::size_t>(into - read_.data()));
            if (each.unique) test_unique(line, info, kind, static_cast<std::size_t>(into - read_.data()));
            ++into;
        }
    }

    void misfit(const record_line& line, const record_info& info, std::size_t kind, std::size_t at) {
        const described_field& field = of_->records[kind].fields[at];
        const verdict said = read_[at].said;
        if (line.rows != nullptr && line.rows->cell_of(field.first) == 0) return;  // is missing, which is told of the header
        add(test_of(said), [&] {
            finding out = field_finding(line, info, info.fields[at]);
            out.personal = out.personal || field.type == language::field_type::iban;  // what is none may be a name
            out.expected = expectation(field, said);
            return out;
        });
    }

    void test_unique(const record_line& line, const record_info& info, std::size_t kind, std::size_t at) {
        const std::string_view slice = slice_of(line, kind, at);
        if (all_blank(slice) || seen_[kind][at].insert(std::string(trimmed(slice))).second) return;
        add(built_in::unique, [&] {
            finding out = field_finding(line, info, info.fields[at]);
            out.expected = "a value that no other record has";
            return out;
        });
    }

    void broken(std::size_t rule, const record_line& line, const record_info& info) {
        const described_rule& of = of_->rules[rule];
        into_->findings.add(rule, of.level, [&] {
            finding out;
            out.where = columns_of(line, 1, line.width);
            out.record = info.code;
            return out;
        });
    }

    // Where a record cannot stand, reading goes on as if it could: in a state that it leads to.
    void step(const record_line& line, const record_info& info, std::size_t kind) {
        if (of_->order.empty()) return;
        if (const auto next = step_from(state_, kind)) {
            state_ = *next;
            return;
        }
        add_place(built_in::order, columns_of(line, 1, line.width), info.code, std::string(info.code), expected_in(state_));
        for (std::size_t i = 0; i != of_->order.size(); ++i)
            if (const auto next = step_from(i, kind)) {
                state_ = *next;
                return;
            }
    }
    [[nodiscard]] std::optional<std::size_t> step_from(std::size_t state, std::size_t kind) const {
        for (const language::order_step& each : of_->order[state].steps)
            if (each.record == kind) return each.next;
        return std::nullopt;
    }
    [[nodiscard]] std::string expected_in(std::size_t state) const {
        std::vector<std::string_view> names;
        for (const language::order_step& each : of_->order[state].steps)
            names.push_back(of_->records[each.record].name);
        if (of_->order[state].may_end) names.push_back("the end of the file");
        return fmt::format("{}", fmt::join(names, " or "));
    }

    void differs(std::size_t total, finding&& where, std::string&& counted) {
        const std::size_t rule = plan_.of_total[total];
        into_->findings.add(rule, of_->rules[rule].level, [&] {
            finding out = std::move(where);
            out.expected = std::move(counted);
            return out;
        });
    }

    void end() {
        totals_.end([&](std::size_t total, finding&& where, std::string&& counted) {
            differs(total, std::move(where), std::move(counted));
        });
        into_->sums = totals_.sums();
        if (!of_->order.empty() && !of_->order[state_].may_end)
            add_place(built_in::order, {std::max<std::uint64_t>(last_line_, 1), last_offset_, 0, 0}, {}, "the end of the file",
                      expected_in(state_));
        if (padded_ + cut_ + blank_ != 0)
            add_place(built_in::fill, first_fill_, {},
                      fmt::format("{} lines padded, {} cut, {} blank lines skipped", padded_, cut_, blank_), {});
    }

    static constexpr std::size_t most_codes = 1000;

    const record_tables* layout_;
    const language::description* of_;
    read_file* into_;
    const read_options* options_;
    rule_plan plan_;
    total_keeper totals_;
    line_columns columns_;
    std::vector<const record_values*> last_;
    std::vector<bool> last_held_;                                     // as last_, of those that others ask for
    std::vector<kept_values> kept_;                                   // of last_
    std::vector<read_value> read_;                                    // of the record that is read, by field
    std::vector<std::vector<std::unordered_set<std::string>>> seen_;  // by kind and field, of those that are unique
    const section_layout* section_ = nullptr;
    std::size_t state_ = 0;
    const record_info* counted_ = nullptr;  // of the line before, with what `records` has for it
    std::uint64_t* count_ = nullptr;
    std::uint64_t blank_ = 0, padded_ = 0, cut_ = 0, last_line_ = 0;
    std::size_t last_offset_ = 0;
    location first_fill_;
};

}  // namespace

read_file read(std::string_view bytes, const record_tables& layout, std::span<const rule_info> rules,
               const read_options& options) {
    read_file out(rules, options.policy);
    const document_options how{options.force_encoding, false, options.passed};
    const detected_encoding found = encoding_of(bytes, {0, 0, bytes.size()}, layout.document(), how);
    out.in = found.in;
    const auto& wanted = layout.what().encodings;
    if (found.in != wanted.front() && !is_ascii(bytes))
        out.findings.add(static_cast<std::size_t>(built_in::encoding),
                         layout.what().rules[static_cast<std::size_t>(built_in::encoding)].level, [&] {
                             finding told;
                             told.where = {1, 0, 0, 0};
                             told.found = name(found.in);
                             told.expected = name(wanted.front());
                             return told;
                         });
    file_reader(layout, out, options).go(bytes);
    return out;
}

}  // namespace brygga::layout::described
