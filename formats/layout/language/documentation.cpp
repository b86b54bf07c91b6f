#include "formats/layout/language/documentation.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formats/core/date.hpp"
#include "formats/core/text.hpp"
#include "formats/layout/language/detail/condition_text.hpp"
#include "formats/layout/language/detail/page_writer.hpp"
#include "formats/layout/language/detail/type_words.hpp"
#include "formats/layout/language/detail/vocabulary.hpp"

namespace brygga::layout::language {

namespace {

using row = std::vector<std::string>;

std::string mark_words(char mark) {
    return mark == '\t' ? "TAB" : detail::quoted({&mark, 1});
}

class document_writer {
 public:
    document_writer(const description& made, page as) : made_(made), to_(detail::make_page_writer(as)) {}

    std::string write() {
        to_->begin(made_.title);
        write_head();
        write_order();
        to_->heading("Records");
        for (const described_record& each : made_.records)
            write_record(each);
        write_tables();
        write_totals();
        write_rules();
        write_meanings();
        return to_->end();
    }

 private:
    void write_head() {
        std::vector<row> rows{{"Id", to_->code(made_.id)}};
        if (!made_.version.empty()) rows.push_back({"Version", to_->text(made_.version)});
        if (made_.from || made_.until) {
            std::string days = "files written";
            if (made_.from) days += " from " + format_iso_date(*made_.from);
            if (made_.until) days += " until " + format_iso_date(*made_.until);
            rows.push_back({"Valid for", days});
        }
        rows.push_back({"Direction", !made_.goes_out ? "in: we receive it" : !made_.comes_in ? "out: we send it" : "both"});
        if (made_.separated)
            write_separation(*made_.separated, rows);
        else
            rows.push_back({"Records", fmt::format("a line of {} columns each", made_.width)});
        if (made_.code_first != 0) rows.push_back({"Code of a record", code_place()});
        std::vector<std::string_view> others;
        for (auto each = made_.encodings.begin() + 1; each != made_.encodings.end(); ++each)
            others.push_back(name(*each));
        rows.push_back({"Encoding", fmt::format("{}{}{}", name(made_.encodings.front()),
                                                others.empty() ? "" : "; read also: ", fmt::join(others, ", "))});
        rows.push_back({"Line end", made_.crlf ? "CRLF" : "LF"});
        to_->table({}, rows);
    }

    [[nodiscard]] std::string code_place() const {
        if (made_.code_first == made_.code_last) return fmt::format("column {}", made_.code_first);
        return "columns " + columns(made_.code_first, made_.code_last);
    }

    void write_separation(const separation& by, std::vector<row>& rows) const {
        rows.push_back({"Records", "a line each, its columns between " + to_->code(mark_words(by.separator))});
        if (by.quote != '\0') rows.push_back({"Quotes", to_->code(std::string(1, by.quote))});
        rows.push_back({"First line", by.header ? "names the columns" : "a record"});
    }

    void write_order() {
        to_->heading("Order");
        to_->paragraph(made_.order_text.empty() ? "Records may stand in any order." : to_->code(made_.order_text));
        if (made_.order_text.find_first_of("?*+|") != std::string::npos)
            to_->paragraph(fmt::format("{} at most once, {} any number, {} at least once, {} or.", to_->code("?"), to_->code("*"),
                                       to_->code("+"), to_->code("|")));
        if (made_.sections.empty()) return;
        std::vector<row> rows;
        for (const described_section& each : made_.sections) {
            std::vector<std::string> held;
            for (const std::size_t record : each.records)
                held.push_back(to_->code(made_.records[record].name));
            rows.push_back({to_->code(each.name), to_->text(each.title), to_->code(made_.records[each.opens].name),
                            fmt::format("{}", fmt::join(held, ", ")),
                            each.closes == none ? "any other" : to_->code(made_.records[each.closes].name)});
        }
        to_->heading("Sections");
        to_->table({"Section", "Title", "Begins with", "Holds", "Ends with"}, rows);
    }

    // ---- records ----

    void write_record(const described_record& record) {
        const std::string code = record.code.empty() ? "" : " " + to_->code(detail::quoted(record.code));
        to_->subheading(fmt::format("{}{}: {}", to_->code(record.name), code, to_->text(record.title)));
        if (record.when) to_->paragraph("Where " + to_->code(detail::text_of(made_, index_of(record), *record.when)) + ".");
        std::multimap<std::size_t, row> rows;
        bool code_stands = record.code.empty();
        const auto is_code = [&](std::uint16_t first) { return first != 0 && first == made_.code_first; };
        for (const described_field& each : record.fields) {
            code_stands = code_stands || is_code(each.first);
            rows.emplace(each.first, field_row(each));
        }
        for (const described_filler& each : record.fillers) {
            code_stands = code_stands || is_code(each.first);
            rows.emplace(each.first, filler_row(each));
        }
        if (!code_stands) rows.emplace(made_.code_first, code_row(record));
        std::vector<row> all;
        for (auto& [first, each] : rows)
            all.push_back(std::move(each));
        if (all.empty()) return;
        if (made_.separated)
            to_->table({"Column", "Name", "Holds", "Remarks"}, all);
        else
            to_->table({"Columns", "Size", "Name", "Holds", "Remarks"}, all);
    }

    [[nodiscard]] row place_of(std::uint16_t first, std::uint16_t last, const std::string& heading) const {
        if (!heading.empty()) return {to_->code(detail::quoted(heading))};
        if (made_.separated) return {std::to_string(first)};
        return {columns(first, last), std::to_string(last - first + 1)};
    }

    [[nodiscard]] row field_row(const described_field& field) const {
        row out = place_of(field.first, field.last, field.heading);
        out.push_back(to_->code(field.name));
        std::string holds = to_->text(detail::type_words(field, !made_.separated));
        if (field.table != none) holds += " of " + to_->code(made_.tables[field.table].name);
        out.push_back(std::move(holds));
        std::vector<std::string> remarks;
        if (field.optional) remarks.emplace_back("may be blank");
        if (field.zeros) remarks.emplace_back("may be zeros");
        if (field.unique) remarks.emplace_back("stands once in a file");
        if (field.guard != privacy::open) remarks.push_back(fmt::format("personal data: {}", detail::privacy_name(field.guard)));
        out.push_back(fmt::format("{}", fmt::join(remarks, "; ")));
        return out;
    }

    [[nodiscard]] row filler_row(const described_filler& filler) const {
        row out = place_of(filler.first, filler.last, {});
        out.insert(out.end(), {"", holds_of(filler), ""});
        return out;
    }

    [[nodiscard]] row code_row(const described_record& record) const {
        row out = place_of(made_.code_first, made_.code_last, {});
        out.insert(out.end(), {"", to_->code(detail::quoted(record.code)), "code of the record"});
        return out;
    }

    [[nodiscard]] std::string holds_of(const described_filler& filler) const {
        switch (filler.holds) {
            case filler_kind::blank:
                return "blank";
            case filler_kind::zeros:
                return "zeros or blank";
            case filler_kind::reserved:
                return "reserved: anything is read, blanks are written";
            case filler_kind::constant:
                return to_->code(detail::quoted(filler.constant));
        }
        return {};
    }

    void write_tables() {
        if (made_.tables.empty()) return;
        to_->heading("Code tables");
        for (const code_table& table : made_.tables) {
            to_->subheading(to_->code(table.name));
            std::vector<row> rows;
            for (const code_entry& each : table.entries)
                rows.push_back({to_->code(detail::quoted(each.value)), to_->text(each.text)});
            to_->table({"Value", "Meaning"}, rows);
        }
    }

    // ---- what must hold ----

    void write_totals() {
        if (made_.totals.empty()) return;
        to_->heading("Totals");
        std::vector<std::string> all;
        for (const described_total& each : made_.totals) {
            std::string words = field(each.carrier, each.field) + " is ";
            for (const total_term& term : each.terms)
                words += (&term == &each.terms.front() ? "" : term.subtracts ? " minus " : " plus ") + term_words(term);
            if (each.within != none) words += ", from one record " + record(each.within) + " to the next or the end";
            all.push_back(words + ".");
        }
        to_->items(all);
    }

    [[nodiscard]] std::string term_words(const total_term& term) const {
        if (!term.counts) return "the sum of " + field(term.record, term.field);
        return term.record == none ? "the number of all records" : "the number of records " + record(term.record);
    }

    void write_rules() {
        std::vector<row> own, tests;
        for (std::size_t i = 0; i != made_.rules.size(); ++i) {
            const described_rule& rule = made_.rules[i];
            row words{to_->code(rule.id), std::string(name(rule.level))};
            if (rule.total != none) {
                const described_total& total = made_.totals[rule.total];
                words.insert(words.end(), {record(total.carrier), "the total " + field(total.carrier, total.field)});
            } else if (i >= built_in_tests) {
                words.insert(words.end(), {record(rule.on), to_->code(detail::text_of(made_, rule.on, rule.must_hold))});
            } else {
                const auto test = static_cast<built_in>(i);
                if (rule == detail::default_rule(made_.id, test)) continue;
                words.push_back(to_->code(detail::test_name(test)));
            }
            words.insert(words.end(), {to_->text(rule.title), to_->text(rule.help)});
            (i >= built_in_tests ? own : tests).push_back(std::move(words));
        }
        if (!own.empty()) {
            to_->heading("Rules");
            to_->table({"Rule", "Severity", "Record", "What must hold", "Title", "What to do"}, own);
        }
        if (!tests.empty()) {
            to_->heading("Built-in tests with their own rules");
            to_->table({"Rule", "Severity", "Test", "Title", "What to do"}, tests);
        }
    }

    void write_meanings() {
        if (made_.meanings.empty()) return;
        to_->heading("In the ledger");
        for (const ledger_meaning& each : made_.meanings) {
            std::string words = fmt::format("A record {} is a row {} of the ledger", record(each.record), to_->code(each.type));
            if (each.grouped_by) words += ", together with those next to it that have the same " + field(each, *each.grouped_by);
            to_->paragraph(words + ":");
            std::vector<row> rows;
            for (const ledger_value& value : each.values)
                rows.push_back({to_->code(value.name), source(each, value)});
            if (!rows.empty()) to_->table({"In the ledger", "From"}, rows);
        }
    }

    [[nodiscard]] std::string source(const ledger_meaning& meaning, const ledger_value& value) const {
        switch (value.from) {
            case ledger_source::text:
                break;
            case ledger_source::field:
                return field(meaning, value.field);
            case ledger_source::code_text:
                return "what the code means in " + field(meaning, value.field);
            case ledger_source::sum:
                return "the sum of " + field(meaning, value.field);
        }
        return to_->code(detail::quoted(value.text));
    }
    [[nodiscard]] std::string field(const ledger_meaning& meaning, const field_reference& of) const {
        return of.record == none ? to_->code(made_.records[meaning.record].fields[of.field].name) : field(of.record, of.field);
    }

    [[nodiscard]] static std::string columns(std::uint16_t first, std::uint16_t last) {
        return fmt::format("{}-{}", first, last);
    }
    [[nodiscard]] std::size_t index_of(const described_record& of) const {
        return static_cast<std::size_t>(&of - made_.records.data());
    }
    [[nodiscard]] std::string record(std::size_t index) const { return to_->code(made_.records[index].name); }
    [[nodiscard]] std::string field(std::size_t of, std::size_t index) const {
        return to_->code(made_.records[of].name + "." + made_.records[of].fields[index].name);
    }

    const description& made_;
    std::unique_ptr<detail::page_writer> to_;
};

}  // namespace

std::string documentation(const description& made, page as) {
    return document_writer(made, as).write();
}

}  // namespace brygga::layout::language
