#include "formats/layout/described/meanings.hpp"

#include <optional>
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
        if (record.kind != meaning_->record) return;
        const std::string group = meaning_->grouped_by ? text_of(record, *meaning_->grouped_by) : std::string();
        if (!row_ || group.empty() || group != group_) {
            end(each);
            row_ = json{{"type", meaning_->type}};
            line_ = record.line;
            is_first_ = true;
            group_ = group;
            sums_.assign(meaning_->values.size(), ore_sum());
        }
        held_ = held_ || record.held;
        add(record);
        if (group.empty()) end(each);
    }
    template <class Each>
    void end(const Each& each) {
        if (!row_) return;
        for (std::size_t i = 0; i != meaning_->values.size(); ++i)
            if (meaning_->values[i].from == ledger_source::sum)
                if (const auto sum = sums_[i].value()) (*row_)[meaning_->values[i].name] = *sum;
        const std::string text = row_->dump(-1, ' ', false, json::error_handler_t::replace);
        if (text != told_ || held_) each(ledger_row{line_, held_, text});  // the same customer in row after row is told once
        told_ = held_ ? std::string() : text;
        row_.reset();
        held_ = false;
    }

 private:
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
            if (!is_of_line && !is_first) continue;
            json told = value_of(record, value, kinds_[i]);
            if (told.is_null()) continue;
            if (is_of_line)
                line[value.name.substr(lines_prefix.size())] = std::move(told);
            else
                (*row_)[value.name] = std::move(told);
        }
        if (!line.is_null()) (*row_)["lines"].push_back(std::move(line));
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
                const auto day = value_in(record, value.field);
                const auto* const known = day ? std::get_if<date>(&*day) : nullptr;
                return known == nullptr ? json() : json(format_iso_date(*known));
            }
            case ledger_kind::flag:
                return text.empty() ? json() : json(text == "true");
        }
        return {};
    }

    [[nodiscard]] const language::described_field& field_of(const field_reference& of) const {
        return of_->records[of.record == language::none ? meaning_->record : of.record].fields[of.field];
    }
    [[nodiscard]] static const field_source* source_of(const read_record& record, const field_reference& of) {
        return of.record == language::none ? record.fields : record.last[of.record];
    }
    [[nodiscard]] std::optional<value> value_in(const read_record& record, const field_reference& of) const {
        const field_source* const from = source_of(record, of);
        if (from == nullptr) return std::nullopt;
        return described::value_in(field_of(of), from->slice(of.field), from->in);
    }
    [[nodiscard]] std::optional<std::int64_t> amount_of(const read_record& record, const field_reference& of) const {
        const auto known = value_in(record, of);
        const auto* const number = known ? std::get_if<std::int64_t>(&*known) : nullptr;
        return number == nullptr ? std::nullopt : std::optional(*number);
    }
    // As it stands there, without its fill; a value that is none is empty.
    [[nodiscard]] std::string text_of(const read_record& record, const field_reference& of) const {
        const auto known = value_in(record, of);
        if (!known || std::holds_alternative<std::monostate>(*known)) return {};
        const field_source* const from = source_of(record, of);
        return to_utf8(trimmed(from->slice(of.field)), from->in);
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
    bool is_first_ = false, held_ = false;
};

}  // namespace

void read_meanings(std::string_view bytes, const record_tables& layout, std::span<const rule_info> rules,
                   const read_options& options, const std::function<void(const ledger_row&)>& each) {
    std::vector<meaning_run> runs;
    for (const ledger_meaning& meaning : layout.what().meanings)
        runs.emplace_back(layout.what(), meaning);
    read_options with = options;
    with.each = [&](const read_record& record) {
        for (meaning_run& run : runs)
            run.take(record, each);
    };
    static_cast<void>(read(bytes, layout, rules, with));
    for (meaning_run& run : runs)
        run.end(each);
}

}  // namespace brygga::layout::described
