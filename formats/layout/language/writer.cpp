#include "formats/layout/language/writer.hpp"

#include <algorithm>
#include <map>
#include <variant>

#include <fmt/format.h>

#include "formats/core/date.hpp"
#include "formats/core/text.hpp"
#include "formats/layout/language/detail/condition_text.hpp"
#include "formats/layout/language/detail/type_words.hpp"
#include "formats/layout/language/detail/vocabulary.hpp"

namespace brygga::layout::language {

namespace {

using detail::quoted;

constexpr std::size_t wide = 120;  // where a line is broken
constexpr std::string_view indent = "    ";

// In lines that are not too long, broken at blanks outside texts.
std::string wrapped(std::string_view statement) {
    const std::size_t begin = std::min(statement.find_first_not_of(' '), statement.size());
    std::string out(statement.substr(0, begin));
    statement.remove_prefix(begin);
    std::size_t column = 0;
    while (!statement.empty()) {
        std::size_t end = 0;
        for (bool inside = false; end < statement.size() && (inside || statement[end] != ' ' || end == 0); ++end) {
            if (inside && statement[end] == '\\')
                ++end;
            else if (statement[end] == '"')
                inside = !inside;
        }
        std::string_view word = statement.substr(0, end);
        if (column != 0 && column + word.size() > wide) {
            out += "\n" + std::string(indent) + std::string(indent);
            column = indent.size() * 2;
            word.remove_prefix(1);
        }
        out += word;
        column += word.size();
        statement.remove_prefix(end);
    }
    return out + "\n";
}

class layout_writer {
 public:
    explicit layout_writer(const description& made) : made_(made) {}

    std::string write() {
        write_head();
        for (const code_table& each : made_.tables)
            write_table(each);
        for (const described_record& each : made_.records)
            write_record(each);
        for (const described_section& each : made_.sections)
            write_section(each);
        if (!made_.order_text.empty()) out_ += "\n" + wrapped("order " + made_.order_text);
        if (!made_.totals.empty()) out_ += "\n";
        for (const described_total& each : made_.totals)
            write_total(each);
        write_rules();
        for (const ledger_meaning& each : made_.meanings)
            write_meaning(each);
        return std::move(out_);
    }

 private:
    void write_head() {
        out_ += fmt::format("format {} {}\n", made_.id, quoted(made_.title));
        if (!made_.version.empty() || made_.from || made_.until) {
            out_ += "version " + quoted(made_.version);
            if (made_.from) out_ += " from " + format_iso_date(*made_.from);
            if (made_.until) out_ += " until " + format_iso_date(*made_.until);
            out_ += "\n";
        }
        out_ += fmt::format("direction {}\n", !made_.goes_out ? "in" : !made_.comes_in ? "out" : "both");
        if (made_.separated)
            write_separation(*made_.separated);
        else
            out_ += fmt::format("fixed {}\n", made_.width);
        out_ += "encoding ";
        for (const encoding& each : made_.encodings)
            out_ += fmt::format("{}{}", &each == &made_.encodings.front() ? "" : ", ", name(each));
        out_ += fmt::format("\nline end {}\n", made_.crlf ? "CRLF" : "LF");
        if (made_.code_first == 0) return;
        if (made_.separated)
            out_ += fmt::format("code column {}\n", made_.code_first);
        else
            out_ += fmt::format("code {}-{}\n", made_.code_first, made_.code_last);
    }

    void write_separation(const separation& by) {
        out_ += "separated by " + (by.separator == '\t' ? "tab" : quoted({&by.separator, 1}));
        if (by.quote != '\0') out_ += " quoted by " + quoted({&by.quote, 1});
        out_ += by.header ? " with header\n" : "\n";
    }

    void write_table(const code_table& table) {
        out_ += fmt::format("\ncodes {}\n", table.name);
        for (const code_entry& each : table.entries)
            out_ += fmt::format("{}{} {}\n", indent, quoted(each.value), quoted(each.text));
    }

    void write_record(const described_record& record) {
        out_ += fmt::format("\nrecord {} {}{}", record.name, record.code.empty() ? "" : quoted(record.code) + " ",
                            quoted(record.title));
        if (record.when) out_ += " when " + detail::text_of(made_, index_of(record), *record.when);
        out_ += "\n";
        std::size_t place = 7, longest = 0;
        for (const described_field& each : record.fields) {
            place = std::max(place, count_code_points(place_of(each)));
            longest = std::max(longest, each.name.size());
        }
        std::multimap<std::size_t, std::string> lines;
        for (const described_field& each : record.fields)
            lines.emplace(each.first, fmt::format("{}{:<{}} {:<{}}  {}", indent, place_of(each), place, each.name, longest,
                                                  detail::type_text(made_, each)));
        for (const described_filler& each : record.fillers)
            lines.emplace(each.first, fmt::format("{}{:<{}} {}", indent, fmt::format("{}-{}", each.first, each.last), place,
                                                  content_of(each)));
        for (const auto& [first, line] : lines)
            out_ += line + "\n";
    }

    [[nodiscard]] std::string place_of(const described_field& field) const {
        if (!field.heading.empty()) return quoted(field.heading);
        return made_.separated ? std::to_string(field.first) : fmt::format("{}-{}", field.first, field.last);
    }

    static std::string content_of(const described_filler& filler) {
        switch (filler.holds) {
            case filler_kind::blank:
                return "blank";
            case filler_kind::zeros:
                return "zeros";
            case filler_kind::reserved:
                return "reserved";
            case filler_kind::constant:
                return quoted(filler.constant);
        }
        return {};
    }

    void write_section(const described_section& section) {
        out_ += fmt::format("\nsection {} {}\n{}opens {}\n", section.name, quoted(section.title), indent, record(section.opens));
        if (section.closes != none) out_ += fmt::format("{}closes {}\n", indent, record(section.closes));
        for (const std::size_t each : section.records)
            out_ += fmt::format("{}holds {}\n", indent, record(each));
    }

    void write_total(const described_total& total) {
        std::string statement = fmt::format("total {} = ", field(total.carrier, total.field));
        for (const total_term& each : total.terms) {
            const bool first = &each == &total.terms.front();
            if (!first) statement += each.subtracts ? " - " : " + ";
            if (each.counts)
                statement += fmt::format("count of {}", each.record == none ? "all" : record(each.record));
            else
                statement += (first ? "sum of " : "") + field(each.record, each.field);
        }
        if (total.within != none) statement += " within " + record(total.within);
        out_ += wrapped(statement);
    }

    void write_rules() {
        for (std::size_t i = 0; i < made_.rules.size(); ++i) {
            const described_rule& rule = made_.rules[i];
            const auto test = static_cast<built_in>(i);
            if (i < built_in_tests && rule == detail::default_rule(made_.id, test)) continue;
            const std::string level(name(rule.level));
            out_ += "\n" + wrapped(fmt::format("rule {} {} {} {}", rule.id, level, quoted(rule.title), quoted(rule.help)));
            if (rule.total != none)
                out_ += fmt::format("{}for total {}\n", indent,
                                    field(made_.totals[rule.total].carrier, made_.totals[rule.total].field));
            else if (rule.on == none)
                out_ += fmt::format("{}for {}\n", indent, detail::test_name(test));
            else
                out_ +=
                    wrapped(fmt::format("{}on {}: {}", indent, record(rule.on), detail::text_of(made_, rule.on, rule.must_hold)));
        }
    }

    void write_meaning(const ledger_meaning& meaning) {
        out_ += fmt::format("\nledger {} from {}", meaning.type, record(meaning.record));
        if (meaning.grouped_by) out_ += " grouped by " + field(meaning, *meaning.grouped_by);
        out_ += "\n";
        for (const ledger_value& each : meaning.values)
            out_ += fmt::format("{}{} = {}\n", indent, each.name, source(meaning, each));
    }
    [[nodiscard]] std::string source(const ledger_meaning& meaning, const ledger_value& value) const {
        switch (value.from) {
            case ledger_source::text:
                break;
            case ledger_source::field:
                return field(meaning, value.field);
            case ledger_source::code_text:
                return "text of " + field(meaning, value.field);
            case ledger_source::sum:
                return "sum of " + field(meaning, value.field);
        }
        return quoted(value.text);
    }
    [[nodiscard]] std::string field(const ledger_meaning& meaning, const field_reference& of) const {
        return of.record == none ? made_.records[meaning.record].fields[of.field].name : field(of.record, of.field);
    }

    [[nodiscard]] std::size_t index_of(const described_record& of) const {
        return static_cast<std::size_t>(&of - made_.records.data());
    }
    [[nodiscard]] const std::string& record(std::size_t index) const { return made_.records[index].name; }
    [[nodiscard]] std::string field(std::size_t of, std::size_t index) const {
        return record(of) + "." + made_.records[of].fields[index].name;
    }

    const description& made_;
    std::string out_;
};

}  // namespace

std::string text_of(const description& made) {
    return layout_writer(made).write();
}

}  // namespace brygga::layout::language
