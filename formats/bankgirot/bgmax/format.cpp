#include "formats/bankgirot/bgmax/format.hpp"

#include "formats/bankgirot/bgmax/generator.hpp"
#include "formats/bankgirot/bgmax/infos.hpp"
#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/layout/describe.hpp"
#include "formats/layout/diff.hpp"
#include "formats/layout/json.hpp"
#include "formats/layout/mask.hpp"
#include "formats/layout/segments.hpp"
#include "formats/layout/show.hpp"

namespace brygga::bgmax {

namespace {

// Hands each logical file on when it is complete, so that its findings need not outlive it.
class reporting_sink : public sink {
 public:
    explicit reporting_sink(const std::function<void(const check_report&)>& each) noexcept : each_(&each) {}
    void file_closed(const logical_file& file) override {
        check_report report;
        report.logical_no = file.logical_no;
        report.version = file.version;
        report.accepted = file.accepted();
        report.records = file.records;
        report.sums_ore = {{"payments", file.payments_ore.text()},
                           {"deductions", file.deductions_ore.text()},
                           {"deposits", file.deposits_ore.text()}};
        report.held.reserve(file.holds.size());
        for (const hold_mark& each : file.holds)
            report.held.push_back({each.section_no, &info(each.broken)});
        report.findings = &file.findings;
        (*each_)(report);
    }

 private:
    const std::function<void(const check_report&)>* each_;
};

layout::document_options document_options_of(const read_settings& with) {
    return {with.force_encoding, with.policy.profile.skip_title_lines, with.passed};
}

class bgmax_format : public format {
 public:
    [[nodiscard]] std::string_view id() const noexcept override { return "bgmax"; }
    [[nodiscard]] std::string_view title() const noexcept override {
        return "BgMax, incoming bankgiro payments (Bankgiro Inbetalningar)";
    }
    [[nodiscard]] direction flows() const noexcept override { return direction::incoming; }
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override {
        return layout::without_head(head).starts_with(opening_mark);
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return bgmax::rules(); }
    void describe(const output& to) const override { layout::describe(document(), to); }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        read_options options;
        options.policy = with.policy;
        options.force_encoding = with.force_encoding;
        options.passed = with.passed;
        options.context = read_context{with.today.value_or(date{}), with.test_system, {}};
        reporting_sink sink(each);
        read_each(bytes, options, sink);
    }
    void show(std::string_view bytes, const read_settings& with, const show_settings& how, const output& to) const override {
        layout::show(bytes, document(), document_options_of(with), how, to);
    }
    void to_json(std::string_view bytes, const read_settings& with, const output& to) const override {
        layout::to_json(bytes, document(), document_options_of(with), to);
    }
    [[nodiscard]] result<void> from_json(std::string_view json_lines, const output& to) const override {
        return layout::from_json(json_lines, document(), to);
    }
    bool diff(std::string_view before, std::string_view after, const read_settings& with, const output& to) const override {
        return layout::diff(before, after, document(), document_options_of(with), to);
    }
    void mask(std::string_view bytes, std::string_view key, const read_settings& with, const output& to) const override {
        layout::mask(bytes, document(), key, document_options_of(with), to);
    }
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        return bgmax::generate(what, to);
    }
};

}  // namespace

const layout::document_layout& document() noexcept {
    static const layout::section_layout section{{}, record_infos()};
    static const layout::document_layout layout{.format_id = "bgmax",
                                                .version = "01",
                                                .width = layouts::width,
                                                .code_width = 2,
                                                .opening_mark = opening_mark,
                                                .sections = {&section, 1},
                                                .guesses_cp850 = true,
                                                .place = nullptr};
    return layout;
}

const format& registered_format() noexcept {
    static const bgmax_format instance;
    return instance;
}

}  // namespace brygga::bgmax
