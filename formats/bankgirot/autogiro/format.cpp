#include "formats/bankgirot/autogiro/format.hpp"

#include "formats/bankgirot/autogiro/generator.hpp"
#include "formats/bankgirot/autogiro/layout.hpp"
#include "formats/bankgirot/autogiro/reader.hpp"
#include "formats/layout/document_format.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::autogiro {

namespace {

// The first line that opens a layout, among the first of a file: a published example begins with a title line.
bool opens_within(std::string_view head, std::size_t most_lines) noexcept {
    layout::line_padder padder(layouts::width, encoding::iso_8859_1);
    line_cutter lines(layout::without_head(head));
    physical_line line;
    for (std::size_t seen = 0; seen != most_lines && lines.next(line);) {
        if (layout::is_blank_line(line.bytes)) continue;
        ++seen;
        padder.recycle();
        const layout::record_line columns = padder.pad(line);
        if (opened_by(columns)) return true;
        if (seen == 1 && delivery_record_of(columns) != nullptr) ++most_lines;  // TK00
    }
    return false;
}

class autogiro_format : public layout::document_format {
 public:
    autogiro_format() noexcept : document_format(document()) {}

    [[nodiscard]] std::string_view title() const noexcept override {
        return "Autogiro, direct debit both ways (medgivanden, betalningar, återredovisning)";
    }
    [[nodiscard]] direction flows() const noexcept override { return direction::both; }
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override { return opens_within(head, 1); }
    [[nodiscard]] bool refuses(std::string_view head) const noexcept override {
        constexpr std::size_t most_title_lines = 3;
        return opens_within(head, 1 + most_title_lines);
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return autogiro::rules(); }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        const logical_file file = autogiro::read(
            bytes, {.policy = with.policy, .force_encoding = with.force_encoding, .customer_number = {}, .passed = with.passed});
        check_report report = layout::report_of(file);
        report.version = file.version;
        report.sums_ore = {{"collections", file.collections.approved_ore.text()},
                           {"payouts", file.payouts.approved_ore.text()},
                           {"refunds", file.refunds.approved_ore.text()},
                           {"failed_collections", file.collections.failed_ore.text()},
                           {"failed_payouts", file.payouts.failed_ore.text()}};
        each(report);
    }
    [[nodiscard]] std::span<const std::string_view> layouts() const noexcept override { return generated_layouts(); }
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        return autogiro::generate(what, to);
    }
};

}  // namespace

const format& registered_format() noexcept {
    static const autogiro_format instance;
    return instance;
}

}  // namespace brygga::autogiro
