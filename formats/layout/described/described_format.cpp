#include <algorithm>

#include <fmt/format.h>

#include "formats/layout/described/faults.hpp"
#include "formats/layout/described/format.hpp"
#include "formats/layout/described/generator.hpp"
#include "formats/layout/described/meanings.hpp"
#include "formats/layout/described/reader.hpp"
#include "formats/layout/described/rules.hpp"
#include "formats/layout/described/tables.hpp"
#include "formats/layout/described/values.hpp"
#include "formats/layout/described/versions.hpp"
#include "formats/layout/document_format.hpp"

namespace brygga::layout::described {

namespace {

constexpr std::size_t sniffed_lines = 20;
constexpr std::uint64_t most_generated = 5'000'000;  // they are kept until their totals are known

// Made before the base that refers to it.
struct owned_tables {
    record_tables tables_;
};

class described_format final : owned_tables, public document_format {
 public:
    explicit described_format(language::description what)
        : owned_tables{record_tables(std::move(what))}, document_format(tables_.document()), rules_(rule_infos(tables_.what())) {}

    [[nodiscard]] std::string_view title() const noexcept override { return of().title; }
    [[nodiscard]] direction flows() const noexcept override {
        if (of().comes_in && of().goes_out) return direction::both;
        return of().comes_in ? direction::incoming : direction::outgoing;
    }
    // Its first line, and most of those behind it, are records of it in an order that it allows, and something in them is always
    // so.
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override {
        const auto& encodings = of().encodings;
        if (is_ascii(head)) return fits(head, encodings.front());
        return std::any_of(encodings.begin(), encodings.end(), [&](encoding each) { return fits(head, each); });
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return rules_; }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        const read_file file = read(bytes, tables_, rules_, {with.policy, with.force_encoding, with.passed, {}});
        check_report report;
        report.logical_no = 1;
        report.version = of().version;
        report.accepted = file.accepted();
        report.records = file.records;
        for (const auto& [name, sum] : file.sums)
            report.sums_ore[name] = sum.text();
        report.findings = &file.findings;
        each(report);
    }
    [[nodiscard]] bool feeds_ledger() const noexcept override { return !of().meanings.empty(); }
    void to_ledger(std::string_view bytes, const read_settings& with,
                   const std::function<void(const ledger_row&)>& each) const override {
        read_meanings(bytes, tables_, rules_, {with.policy, with.force_encoding, with.passed, {}}, each);
    }
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        if (what.count > most_generated)
            return fail(error_code::limit_exceeded, fmt::format("at most {} items in a generated file", most_generated));
        auto records = make_records(of(), what);
        if (!records) return tl::unexpected(std::move(records.error()));
        std::string bytes;
        line_columns columns(tables_.document(), of().encodings.front());
        if (auto headed = write_header(columns, bytes); !headed) return headed;
        for (const made_record& each : *records)
            if (auto written = write(each, columns, bytes); !written) return written;
        if (auto checked = check_own(bytes); !checked) return checked;
        if (auto broken = plant(what.faults, tables_, rules_, bytes); !broken) return broken;
        to(bytes);
        return {};
    }

 private:
    [[nodiscard]] bool fits(std::string_view head, encoding in) const {
        std::size_t state = 0, seen = 0, fitting = 0;
        bool sure = false;
        line_columns columns(tables_.document(), in);
        row_lines lines = lines_of(without_head(head), tables_.document());
        physical_line source;
        const section_layout* section = nullptr;
        while (seen != sniffed_lines && lines.next(source)) {
            if (columns.is_blank(source.bytes)) continue;
            if (source.end.empty() && seen != 0) break;  // perhaps cut
            if (columns.awaits_heading()) {
                if (!columns.take_heading(source.bytes) || !has_most(*columns.rows())) return false;
                sure = sure || tables_.document().by_heading;
                continue;
            }
            columns.recycle();
            const record_line line = columns.of(source);
            const line_place place = tables_.place(line, section);
            section = place.next;
            const bool fits_it = place.record != nullptr && fits_in(line, *place.record, state);
            if (!fits_it && seen == 0) return false;
            ++seen;
            if (!fits_it) continue;
            ++fitting;
            const std::size_t kind = tables_.kind_of(*place.record);
            sure = sure || !of().records[kind].code.empty() || of().records[kind].when || has_constant(*place.record) ||
                   (line.rows != nullptr && tells_itself(line, kind));
        }
        return sure && 2 * fitting >= seen;
    }
    [[nodiscard]] const language::description& of() const noexcept { return tables_.what(); }

    [[nodiscard]] static bool has_constant(const record_info& info) noexcept {
        return std::any_of(info.fillers.begin(), info.fillers.end(),
                           [](const filler_info& each) { return each.holds == filler::constant; });
    }
    // Half of the columns that it has: a file that lacks one is still of this format.
    [[nodiscard]] bool has_most(const row_cutter& rows) const noexcept {
        if (!tables_.document().by_heading) return true;
        std::size_t found = 0;
        for (std::size_t column = 1; column <= rows.width(); ++column)
            if (rows.cell_of(column) != 0) ++found;
        return 2 * found >= rows.width();
    }
    // Whether the record has its columns, its constants, and its place in the order, which goes on behind it.
    [[nodiscard]] bool fits_in(const record_line& line, const record_info& info, std::size_t& state) const {
        if (line.surplus || (line.rows != nullptr && !has_cells(line, info))) return false;
        for (const filler_info& each : info.fillers)
            if (each.holds == filler::constant && !each.fits(line.columns.slice(each.first, each.last), line.columns.in))
                return false;
        return steps(state, tables_.kind_of(info));
    }
    [[nodiscard]] static bool has_cells(const record_line& line, const record_info& info) noexcept {
        return line.rows->cells() == (line.rows->named() == 0 ? info.width : line.rows->named());
    }
    // A row without a code is known by values that only a few texts are: days, check digits.
    [[nodiscard]] bool tells_itself(const record_line& line, std::size_t kind) const {
        bool out = false;
        for (const language::described_field& each : of().records[kind].fields) {
            const std::string_view slice = line.columns.slice(each.first, each.last);
            if (judge(each, slice, line.columns.in, of()) != verdict::fits) return false;
            out = out || (is_telling(each.type) && !all_blank(slice));
        }
        return out;
    }
    [[nodiscard]] bool steps(std::size_t& state, std::size_t kind) const noexcept {
        if (of().order.empty()) return true;
        const auto& steps = of().order[state].steps;
        const auto found =
            std::find_if(steps.begin(), steps.end(), [kind](const language::order_step& each) { return each.record == kind; });
        if (found == steps.end()) return false;
        state = found->next;
        return true;
    }

    [[nodiscard]] result<void> write_header(line_columns& columns, std::string& into) const {
        if (!columns.awaits_heading()) return {};
        const auto& headings = tables_.document().headings;
        auto row = columns.rows()->row_of(headings, headings.size());
        if (!row) return tl::unexpected(std::move(row.error()));
        if (!columns.take_heading(*row)) return fail(error_code::invalid_argument, "the header does not name its own columns");
        into += *row;
        into += of().crlf ? "\r\n" : "\n";
        return {};
    }

    [[nodiscard]] result<void> write(const made_record& record, const line_columns& columns, std::string& into) const {
        const record_info& info = tables_.info_of(record.kind);
        auto line = columns.written(
            info, [&](const field_info& field) { return record.values[static_cast<std::size_t>(&field - info.fields.data())]; });
        if (!line) return tl::unexpected(std::move(line.error()));
        into += *line;
        into += of().crlf ? "\r\n" : "\n";
        return {};
    }

    // What our own reader finds in it.
    [[nodiscard]] result<void> check_own(std::string_view bytes) const {
        const read_file file = read(bytes, tables_, rules_, {});
        for (const finding& each : file.findings.kept())
            if (each.level != severity::info)
                return fail(error_code::invalid_argument,
                            fmt::format("no file was found that the layout's own rules allow: {}", brygga::describe(each)));
        return {};
    }

    std::vector<rule_info> rules_;
};

}  // namespace

std::unique_ptr<const format> make_format(language::description what) {
    return std::make_unique<described_format>(std::move(what));
}

namespace {

// Whether some day is in both.
bool meet(const format_version& one, const format_version& other) noexcept {
    const bool ends_before = one.until && other.from && *one.until < *other.from;
    const bool begins_after = other.until && one.from && *other.until < *one.from;
    return !ends_before && !begins_after;
}

result<void> check_versions(std::string_view id, const std::vector<format_version>& versions) {
    for (auto at = versions.begin(); at != versions.end(); ++at)
        for (auto before = versions.begin(); before != at; ++before) {
            if (at->version == before->version)
                return fail(error_code::conflict, fmt::format("two layouts are {}{}{}: they need different versions", id,
                                                              at->version.empty() ? "" : " ", at->version));
            if (meet(*before, *at))
                return fail(error_code::conflict, fmt::format("{} {} and {} are valid on the same day: they need from and until",
                                                              id, before->version, at->version));
        }
    return {};
}

}  // namespace

result<std::vector<std::unique_ptr<const format>>> make_formats(std::vector<language::description> all) {
    std::map<std::string, std::vector<format_version>> by_id;
    for (language::description& each : all) {
        const std::string id = each.id;
        format_version made{each.version, each.from, each.until, nullptr};
        made.with = make_format(std::move(each));
        by_id[id].push_back(std::move(made));
    }
    std::vector<std::unique_ptr<const format>> out;
    for (auto& [id, versions] : by_id) {
        if (auto checked = check_versions(id, versions); !checked) return tl::unexpected(std::move(checked.error()));
        out.push_back(versions.size() == 1 ? std::move(versions.front().with) : make_versioned(std::move(versions)));
    }
    return out;
}

}  // namespace brygga::layout::described
