#include "formats/bankgirot/supplier_payment/format.hpp"

#include "formats/bankgirot/supplier_payment/generator.hpp"
#include "formats/bankgirot/supplier_payment/layout.hpp"
#include "formats/bankgirot/supplier_payment/reader.hpp"
#include "formats/layout/document_format.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::supplier_payment {

namespace {

encoding encoding_of_line(std::string_view line) noexcept {
    return !is_ascii(line) && is_valid_utf8(line) ? encoding::utf_8 : encoding::iso_8859_1;
}

bool begins_returned_order(std::string_view line) noexcept {
    return line.starts_with('2') || line.starts_with('3');
}

// The first line that opens a layout, among the first of a file: a published example begins with a title line.
bool opens_within(std::string_view head, std::size_t most_lines) noexcept {
    line_cutter lines(layout::without_head(head));
    physical_line line;
    bool returned = false;  // the line before opened returned money orders, if they follow
    for (std::size_t seen = 0; (seen != most_lines || returned) && lines.next(line);) {
        if (layout::is_blank_line(line.bytes)) continue;
        if (returned && begins_returned_order(line.bytes)) return true;
        returned = false;
        if (seen == most_lines) break;
        ++seen;
        layout::line_padder padder(layouts::width, encoding_of_line(line.bytes));
        const layout::record_line columns = padder.pad(line);
        const auto opened = opened_by(columns);
        if (opened && *opened != layout_id::returned_money_orders) return true;
        returned = opened.has_value();
        if (seen == 1 && delivery_record_of(columns) != nullptr) ++most_lines;  // TK00
    }
    return false;
}

class lb_format : public layout::document_format {
 public:
    lb_format() noexcept : document_format(document()) {}

    [[nodiscard]] std::string_view title() const noexcept override {
        return "LB, supplier payments and their reports (Leverantörsbetalningar)";
    }
    [[nodiscard]] direction flows() const noexcept override { return direction::both; }
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override { return opens_within(head, 1); }
    [[nodiscard]] bool refuses(std::string_view head) const noexcept override {
        constexpr std::size_t most_title_lines = 3;
        return opens_within(head, 1 + most_title_lines);
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return supplier_payment::rules(); }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        const logical_file file =
            supplier_payment::read(bytes, {.policy = with.policy, .force_encoding = with.force_encoding, .passed = with.passed});
        check_report report = layout::report_of(file);
        report.version = file.version;
        report.sums_ore = {{"payments", file.totals.payments_ore.text()}, {"deductions", file.totals.deductions_ore.text()}};
        each(report);
    }
    [[nodiscard]] std::span<const std::string_view> layouts() const noexcept override { return generated_layouts(); }
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        return supplier_payment::generate(what, to);
    }
};

}  // namespace

const format& registered_format() noexcept {
    static const lb_format instance;
    return instance;
}

}  // namespace brygga::supplier_payment
