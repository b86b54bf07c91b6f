#include "formats/layout/described/meanings.hpp"

#include <optional>
#include <unordered_set>
#include <utility>

#include <nlohmann/json.hpp>

#include "formats/layout/described/values.hpp"
#include "formats/layout/language/ledger_names.hpp"

namespace brygga::layout::described {

namespace {

using json = nlohmann::ordered_json;
using language::field_reference;
using language::ledger_kind;
using language::ledger_meaning;
using language::ledger_source;
using language::ledger_value;

constexpr std::string_view lines_prefix = "lines.";
constexpr std::size_t most_lines = 1000;  // of an invoice, by its schema

// One statement of the layout, while the file is read.
class meaning_run {
 public:
    meaning_run(const language::description& of, const ledger_meaning& meaning) : of_(&of), meaning_(&meaning) {
        for (const ledger_value& value : meaning.values)
            for (const language::ledger_name& each : language::ledger_names(meaning.type))
                if (each.name == value.name) kinds_.push_back(each.holds);
    }

    template <class Each>
    void take(const read_record& record, const Each& each) {
        if (record.kind != meaning_->record) {
            if (ends_group(record.kind)) end(each);
            return;
        }
        if (meaning_->grouped_by)
            take_grouped(record, each);
        else
            begin(record, {});
        if (record.held) hold("a finding holds a record of it");
        add(record);
        if (!meaning_->grouped_by) end(each);
    }
    template <class Each>
    void end(const Each& each) {
        if (!row_) return;
        for (std::size_t i = 0; i != meaning_->values.size(); ++i)
            if (meaning_->values[i].from == ledger_source::sum)
                if (const auto sum = sums_[i].value()) (*row_)[meaning_->values[i].name] = *sum;
        const std::string text = row_->dump(-1, ' ', false, json::error_handler_t::replace);
        const bool is_held = !held_.empty();
        if (text != told_ || is_held) each(ledger_row{line_, held_, text});  // the same customer in row after row is told once
        told_ = is_held ? std::string() : text;
        row_.reset();
    }

 private:
    // Whether what comes behind such a record is no part of the group before it.
    [[nodiscard]] bool ends_group(std::size_t kind) const noexcept {
        return meaning_->grouped_by && (meaning_->grouped_by->record == language::none || meaning_->grouped_by->record == kind);
    }
    // A record whose own value of the group cannot be trusted may belong to the group before it or behind it.
    template <class Each>
    void take_grouped(const read_record& record, const Each& each) {
        const std::string group = text_of(record, *meaning_->grouped_by);
        if (row_ && !group.empty() && group == group_) return;
        const bool is_own = meaning_->grouped_by->record == language::none;
        const bool is_doubtful = is_own && (group.empty() || record.held);
        if (row_ && is_doubtful) hold("a record behind it may belong to it");
        end(each);
        begin(record, group);
        if (std::exchange(was_doubtful_, is_doubtful)) hold("a record before it may belong to it");
        if (group.empty()) hold("it has no value to group by");
        if (!known_.insert(group).second) hold("another one with this value stands before it in the file");
    }
    void begin(const read_record& record, const std::string& group) {
        row_ = json{{"type", meaning_->type}};
        line_ = record.line;
        is_first_ = true;
        group_ = group;
        held_ = {};
        sums_.assign(meaning_->values.size(), ore_sum());
    }
    void hold(std::string_view why) noexcept {
        if (held_.empty()) held_ = why;
    }

    // Its own names come from the first record of a group.
    void add(const read_record& record) {
        json line;
        const bool is_first = std::exchange(is_first_, false);
        for (std::size_t i = 0; i != meaning_->values.size(); ++i) {
            const ledger_value& value = meaning_->values[i];
            if (value.from == ledger_source::sum) {
                sums_[i] += amount_of(record, value.field).value_or(0);
                continue;
            }
            const bool is_of_line = value.name.starts_with(lines_prefix);
            json told = value_of(record, value, kinds_[i]);
            if (!is_of_line && !is_first) {
                if (row_->value(value.name, json()) != told) hold("its records do not agree");
                continue;
            }
            if (told.is_null()) continue;
            if (is_of_line)
                line[value.name.substr(lines_prefix.size())] = std::move(told);
            else
                (*row_)[value.name] = std::move(told);
        }
        if (line.is_null()) return;
        json& lines = (*row_)["lines"];
        if (lines.size() == most_lines)
            hold("it has more lines than an invoice may have");
        else
            lines.push_back(std::move(line));
    }

    // Null where nothing stands, or nothing that can be read.
    [[nodiscard]] json value_of(const read_record& record, const ledger_value& value, ledger_kind kind) const {
        const std::string text = value.from == ledger_source::text        ? value.text
                                 : value.from == ledger_source::code_text ? code_text_of(record, value.field)
                                                                          : text_of(record, value.field);
        switch (kind) {
            case ledger_kind::text:
                return text.empty() ? json() : json(text);
            case ledger_kind::amount: {
                const auto amount = amount_of(record, value.field);
                return amount ? json(*amount) : json();
            }
            case ledger_kind::day: {
                const auto* const day = value_in(record, value.field);
                return day != nullptr && day->kind == value_kind::day ? json(format_iso_date(day_of(*day))) : json();
            }
            case ledger_kind::flag:
                return text.empty() ? json() : json(text == "true");
        }
        return {};
    }

    [[nodiscard]] const language::described_field& field_of(const field_reference& of) const {
        return of_->records[of.record == language::none ? meaning_->record : of.record].fields[of.field];
    }
    // Nothing where there was no such record.
    [[nodiscard]] static const value* value_in(const read_record& record, const field_reference& of) {
        const record_values* const from = of.record == language::none ? record.values : record.last[of.record];
        return from == nullptr ? nullptr : &from->fields[of.field].what;
    }
    [[nodiscard]] std::optional<std::int64_t> amount_of(const read_record& record, const field_reference& of) const {
        const value* const known = value_in(record, of);
        return known == nullptr ? std::nullopt : known->amount();
    }
    // As it stands there, without its fill; a value that is none is empty.
    [[nodiscard]] std::string text_of(const read_record& record, const field_reference& of) const {
        const value* const known = value_in(record, of);
        return known == nullptr ? std::string() : to_utf8(trimmed(known->text), known->in);
    }
    [[nodiscard]] std::string code_text_of(const read_record& record, const field_reference& of) const {
        const std::string value = text_of(record, of);
        const std::size_t table = field_of(of).table;
        for (const language::code_entry& each : of_->tables[table].entries)
            if (each.value == value) return each.text;
        return {};
    }

    const language::description* of_;
    const ledger_meaning* meaning_;
    std::vector<ledger_kind> kinds_;  // by value
    std::optional<json> row_;
    std::vector<ore_sum> sums_;  // by value
    std::string group_, told_;
    std::uint64_t line_ = 0;
    std::string_view held_;
    bool is_first_ = false, was_doubtful_ = false;
    std::unordered_set<std::string> known_;  // groups of this file
};

// Kinds whose findings hold rows; one on any other holds them all.
std::vector<bool> meant_kinds(const language::description& of) {
    std::vector<bool> out(of.records.size());
    for (const ledger_meaning& each : of.meanings) {
        out[each.record] = true;
        if (each.grouped_by && each.grouped_by->record != language::none) out[each.grouped_by->record] = true;
        for (const ledger_value& value : each.values)
            if (value.from != ledger_source::text && value.field.record != language::none) out[value.field.record] = true;
    }
    return out;
}

bool is_held_whole(std::string_view bytes, const record_tables& layout, std::span<const rule_info> rules,
                   const read_options& options) {
    const std::vector<bool> meant = meant_kinds(layout.what());
    bool out = false;
    read_options with = options;
    with.each = [&](const read_record& record) { out = out || (record.held && !meant[record.kind]); };
    static_cast<void>(read(bytes, layout, rules, with));
    return out;
}

}  // namespace

void read_meanings(std::string_view bytes, const record_tables& layout, std::span<const rule_info> rules,
                   const read_options& options, const std::function<void(const ledger_row&)>& each) {
    const bool is_held = is_held_whole(bytes, layout, rules, options);
    const auto tell = [&](const ledger_row& row) {
        each(is_held && row.held.empty() ? ledger_row{row.line, "a finding holds the file", row.json} : row);
    };
    std::vector<meaning_run> runs;
    for (const ledger_meaning& meaning : layout.what().meanings)
        runs.emplace_back(layout.what(), meaning);
    read_options with = options;
    with.each = [&](const read_record& record) {
        for (meaning_run& run : runs)
            run.take(record, tell);
    };
    static_cast<void>(read(bytes, layout, rules, with));
    for (meaning_run& run : runs)
        run.end(tell);
}

}  // namespace brygga::layout::described
