#include "formats/layout/infer/detail/proposal_text.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "formats/layout/infer/detail/order.hpp"
#include "formats/layout/language/detail/condition_text.hpp"
#include "formats/layout/language/detail/type_words.hpp"
#include "formats/layout/language/detail/vocabulary.hpp"

namespace brygga::layout::infer::detail {

namespace {

using language::none;
using language::detail::quoted;

constexpr std::size_t comment_column = 64;

std::string counted(std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

class text_writer {
 public:
    explicit text_writer(const proposal& of) : of_(of) {}

    std::string write() {
        write_remarks();
        write_head();
        write_tables();
        for (const proposed_kind& each : of_.records)
            write_record(each);
        write_order();
        write_totals();
        return std::move(out_);
    }

 private:
    void line(std::string_view statement, std::string_view note) {
        out_ += note.empty() ? fmt::format("{}\n", statement) : fmt::format("{:<{}}  # {}\n", statement, comment_column, note);
    }

    void write_remarks() {
        const auto& files = of_.samples.files;
        const auto cut = std::count_if(files.begin(), files.end(), [](const file_range& each) { return !each.whole; });
        out_ += fmt::format("# Proposed from {} with {}{}.\n", counted(files.size(), "sample"),
                            counted(of_.samples.lines.size(), "line"),
                            cut == 0 ? ""
                                     : fmt::format("; of {} only the first {} and the last {} lines were looked at", cut,
                                                   max_first_lines, max_last_lines));
        out_ +=
            "# All of it is a guess; the comments say what each one rests on. Give the format its id, and titles, codes and "
            "fields\n"
            "# their words (\"?\"). Nobody but you knows which fields hold names and addresses: say of these `personal name` "
            "and\n"
            "# `personal address`, so that they are masked. Then try `brygga layout check`, and `brygga check` on the samples.\n";
    }

    void write_head() {
        line("format inferred \"?\"", "an id of your own");
        if (of_.shape.separated) {
            const separation& by = *of_.shape.separated;
            std::string statement = "separated by " + (by.separator == '\t' ? "tab" : quoted({&by.separator, 1}));
            if (by.quote != '\0') statement += " quoted by " + quoted({&by.quote, 1});
            line(statement + (by.header ? " with header" : ""), of_.shape.note);
        } else {
            line(fmt::format("fixed {}", of_.shape.width), of_.shape.note);
        }
        std::string encodings;
        for (const encoding each : of_.samples.encodings)
            encodings += (encodings.empty() ? "" : ", ") + std::string(name(each));
        if (encodings.empty())
            line("encoding ISO 8859-1", "not seen: the samples are ASCII");
        else
            line("encoding " + encodings,
                 of_.samples.encodings.size() == 1 ? "by the letters" : "the first is written: which one?");
        line(fmt::format("line end {}", of_.samples.crlf ? "CRLF" : "LF"), "of most lines");
        if (of_.kinds.code_columns == 0) return;
        const std::string kinds =
            counted(of_.records.size(), "kind") + " of records with different contents" +
            (of_.kinds.longer_would_do ? fmt::format("; columns 1-{} tell the same ones", of_.kinds.code_columns + 1) : "");
        line(of_.shape.separated ? "code column 1" : fmt::format("code 1-{}", of_.kinds.code_columns), kinds);
    }

    static std::string table_name(const proposed_kind& kind, const proposed_line& part) {
        return fmt::format("{}_{}", kind.name, part.first);
    }

    void write_tables() {
        for (const proposed_kind& kind : of_.records)
            for (const proposed_line& part : kind.parts) {
                if (part.codes.empty()) continue;
                out_ += fmt::format("\ncodes {}\n", table_name(kind, part));
                for (std::size_t i = 0; i != part.codes.size(); ++i)
                    out_ += fmt::format("    {} \"? ({})\"\n", quoted(part.codes[i]), part.code_counts[i]);
            }
    }

    void write_record(const proposed_kind& kind) {
        out_ += "\n";
        line(fmt::format("record {} {}\"?\"", kind.name, kind.code.empty() ? "" : quoted(kind.code) + " "),
             counted(kind.lines.size(), "line"));
        std::size_t place = 7, longest = 0;
        for (const proposed_line& each : kind.parts) {
            place = std::max(place, count_code_points(place_of(each)));
            longest = std::max(longest, each.field.name.size());
        }
        for (const proposed_line& each : kind.parts)
            line(fmt::format("    {:<{}} {}", place_of(each), place, content_of(kind, each, longest)), each.note);
    }

    [[nodiscard]] std::string place_of(const proposed_line& part) const {
        if (!part.field.heading.empty()) return quoted(part.field.heading);
        return of_.shape.separated ? std::to_string(part.first) : fmt::format("{}-{}", part.first, part.last);
    }

    static std::string content_of(const proposed_kind& kind, const proposed_line& part, std::size_t longest) {
        if (part.is_field()) {
            language::description tables;
            tables.tables.push_back({table_name(kind, part), {}});
            language::described_field field = part.field;
            field.table = 0;
            return fmt::format("{:<{}}  {}", field.name, longest, language::detail::type_text(tables, field));
        }
        switch (part.filler.holds) {
            case language::filler_kind::blank:
                return "blank";
            case language::filler_kind::zeros:
                return "zeros";
            case language::filler_kind::reserved:
                return "reserved";
            case language::filler_kind::constant:
                return quoted(part.filler.constant);
        }
        return {};
    }

    // Long runs of one kind say no more than two in a row.
    void write_order() {
        std::vector<std::vector<std::size_t>> sequences;
        for (const file_range& file : of_.samples.files) {
            std::vector<std::size_t> now;
            for (std::size_t i = file.begin; i != file.end; ++i) {
                const std::size_t kind = of_.kinds.kind_of[i];
                if (now.size() < 2 || now[now.size() - 1] != kind || now[now.size() - 2] != kind) now.push_back(kind);
            }
            if (!now.empty()) sequences.push_back(std::move(now));
        }
        std::vector<std::string> names;
        for (const proposed_kind& each : of_.records)
            names.push_back(each.name);
        out_ += "\n";
        line("order " + order_of(sequences, names), "holds in " + counted(sequences.size(), "sample"));
    }

    void write_totals() {
        if (!of_.totals.empty()) out_ += "\n";
        for (const proposed_total& each : of_.totals) {
            if (!each.stated && has_better(each)) continue;
            const std::string statement = statement_of(each);
            if (each.stated)
                line(statement, each.note);
            else
                out_ += fmt::format("# {}  perhaps; {}, which is little\n", statement, each.note);
        }
    }

    [[nodiscard]] bool has_better(const proposed_total& weak) const {
        return std::any_of(of_.totals.begin(), of_.totals.end(), [&](const proposed_total& each) {
            return each.stated && each.carrier == weak.carrier && each.first == weak.first;
        });
    }

    [[nodiscard]] std::string statement_of(const proposed_total& total) const {
        std::string out = fmt::format("total {} = ", field(total.carrier, total.first));
        for (const proposed_term& each : total.terms) {
            const bool first = &each == &total.terms.front();
            if (!first) out += " + ";
            if (each.first == 0)
                out += "count of " + (each.kind == none ? "all" : of_.records[each.kind].name);
            else
                out += (first ? "sum of " : "") + field(each.kind, each.first);
        }
        return total.within == none ? out : out + " within " + of_.records[total.within].name;
    }

    [[nodiscard]] std::string field(std::size_t kind, std::uint16_t first) const {
        const proposed_kind& of = of_.records[kind];
        const auto found =
            std::find_if(of.parts.begin(), of.parts.end(), [&](const proposed_line& each) { return each.first == first; });
        return of.name + "." + (found == of.parts.end() ? "?" : found->field.name);
    }

    const proposal& of_;
    std::string out_;
};

}  // namespace

std::string text_of(const proposal& of) {
    return text_writer(of).write();
}

}  // namespace brygga::layout::infer::detail
