#include <algorithm>

#include <fmt/format.h>

#include "formats/layout/described/faults.hpp"
#include "formats/layout/described/format.hpp"
#include "formats/layout/described/generator.hpp"
#include "formats/layout/described/reader.hpp"
#include "formats/layout/described/rules.hpp"
#include "formats/layout/described/tables.hpp"
#include "formats/layout/fixed_width_format.hpp"

namespace brygga::layout::described {

namespace {

constexpr std::size_t sniffed_lines = 20;
constexpr std::uint64_t most_generated = 5'000'000;  // they are kept until their totals are known

// Made before the base that refers to it.
struct owned_tables {
    record_tables tables_;
};

class fixed_format final : owned_tables, public fixed_width_format {
 public:
    explicit fixed_format(language::description what)
        : owned_tables{record_tables(std::move(what))},
          fixed_width_format(tables_.document()),
          rules_(rule_infos(tables_.what())) {}

    [[nodiscard]] std::string_view title() const noexcept override { return of().title; }
    [[nodiscard]] direction flows() const noexcept override {
        if (of().comes_in && of().goes_out) return direction::both;
        return of().comes_in ? direction::incoming : direction::outgoing;
    }
    // Its first lines are records of it in an order that it allows, and something in them is always so.
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override {
        std::size_t state = 0, seen = 0;
        bool sure = false;
        line_padder padder(of().width, of().encodings.front());
        line_cutter lines(without_head(head));
        physical_line line;
        const section_layout* section = nullptr;
        while (seen != sniffed_lines && lines.next(line)) {
            if (is_blank_line(line.bytes)) continue;
            if (line.end.empty() && seen != 0) break;  // perhaps cut
            padder.recycle();
            const fixed_line columns = padder.pad(line);
            const line_place place = tables_.place(columns, section);
            section = place.next;
            if (place.record == nullptr || columns.surplus) return false;
            const std::size_t kind = tables_.kind_of(*place.record);
            sure = sure || !of().records[kind].code.empty() || of().records[kind].when || has_constant(*place.record);
            if (!steps(state, kind)) return false;
            ++seen;
        }
        return sure;
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return rules_; }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        const read_file file = read(bytes, tables_, rules_, {with.policy, with.force_encoding, with.passed});
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
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        if (what.count > most_generated)
            return fail(error_code::limit_exceeded, fmt::format("at most {} items in a generated file", most_generated));
        auto records = make_records(of(), what);
        if (!records) return tl::unexpected(std::move(records.error()));
        std::string bytes;
        for (const made_record& each : *records)
            if (auto written = write(each, bytes); !written) return written;
        if (auto checked = check_own(bytes); !checked) return checked;
        if (auto broken = plant(what.faults, tables_, rules_, bytes); !broken) return broken;
        to(bytes);
        return {};
    }

 private:
    [[nodiscard]] const language::description& of() const noexcept { return tables_.what(); }

    [[nodiscard]] static bool has_constant(const record_info& info) noexcept {
        return std::any_of(info.fillers.begin(), info.fillers.end(),
                           [](const filler_info& each) { return each.holds == filler::constant; });
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

    [[nodiscard]] result<void> write(const made_record& record, std::string& into) const {
        const record_info& info = tables_.info_of(record.kind);
        auto line = canonical_line(info, of().encodings.front(), [&](const field_info& field) {
            return record.values[static_cast<std::size_t>(&field - info.fields.data())];
        });
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

result<std::unique_ptr<const format>> make_format(language::description what) {
    if (what.separated)
        return fail(error_code::invalid_argument,
                    fmt::format("{} has separated columns: only fixed-width records are run from a layout", what.id));
    return std::make_unique<fixed_format>(std::move(what));
}

}  // namespace brygga::layout::described
