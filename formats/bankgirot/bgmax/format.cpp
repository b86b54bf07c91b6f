#include "formats/bankgirot/bgmax/format.hpp"

#include "formats/bankgirot/bgmax/generator.hpp"
#include "formats/bankgirot/bgmax/infos.hpp"
#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/layout/document_format.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::bgmax {

namespace {

// Hands each logical file on when it is complete, so that its findings need not outlive it.
class reporting_sink : public sink {
 public:
    explicit reporting_sink(const std::function<void(const check_report&)>& each) noexcept : each_(&each) {}
    void file_closed(const logical_file& file) override {
        check_report report = layout::report_of(file);
        report.logical_no = file.logical_no;
        report.version = file.version;
        report.sums_ore = {{"payments", file.payments_ore.text()},
                           {"deductions", file.deductions_ore.text()},
                           {"deposits", file.deposits_ore.text()}};
        (*each_)(report);
    }

 private:
    const std::function<void(const check_report&)>* each_;
};

class bgmax_format : public layout::document_format {
 public:
    bgmax_format() noexcept : document_format(document()) {}

    [[nodiscard]] std::string_view title() const noexcept override {
        return "BgMax, incoming bankgiro payments (Bankgiro Inbetalningar)";
    }
    [[nodiscard]] direction flows() const noexcept override { return direction::incoming; }
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override {
        return layout::without_head(head).starts_with(opening_mark);
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return bgmax::rules(); }

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
