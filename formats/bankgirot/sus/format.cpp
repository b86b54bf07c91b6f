#include "formats/bankgirot/sus/format.hpp"

#include "formats/bankgirot/sus/generator.hpp"
#include "formats/bankgirot/sus/layout.hpp"
#include "formats/bankgirot/sus/reader.hpp"
#include "formats/layout/document_format.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::sus {

namespace {

// An opening record among the first lines of a file.
bool opens_within(std::string_view head, std::size_t most_lines) noexcept {
    layout::line_padder padder(layouts::width, encoding::iso_8859_1);
    line_cutter lines(layout::without_head(head));
    physical_line line;
    for (std::size_t seen = 0; seen != most_lines && lines.next(line);) {
        if (layout::is_blank_line(line.bytes)) continue;
        ++seen;
        padder.recycle();
        if (opens(padder.pad(line))) return true;
    }
    return false;
}

class sus_format : public layout::document_format {
 public:
    sus_format() noexcept : document_format(document()) {}

    [[nodiscard]] std::string_view title() const noexcept override {
        return "SUS, Swedbank's payout service (Swedbanks utbetalningssystem)";
    }
    [[nodiscard]] direction flows() const noexcept override { return direction::outgoing; }
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override { return opens_within(head, 1); }
    [[nodiscard]] bool refuses(std::string_view head) const noexcept override {
        constexpr std::size_t most_title_lines = 3;
        return opens_within(head, 1 + most_title_lines);
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return sus::rules(); }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        read_options options;
        options.policy = with.policy;
        options.force_encoding = with.force_encoding;
        options.passed = with.passed;
        const logical_file file = sus::read(bytes, options);
        check_report report = layout::report_of(file);
        report.sums_ore = {{"payments", file.payments_ore.text()}};
        each(report);
    }
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        return sus::generate(what, to);
    }
};

}  // namespace

const format& registered_format() noexcept {
    static const sus_format instance;
    return instance;
}

}  // namespace brygga::sus
