#include "formats/iso20022/camt/format.hpp"

#include <array>

#include <fmt/format.h>

#include "formats/iso20022/camt/generator.hpp"
#include "formats/xml/describe.hpp"
#include "formats/xml/diff.hpp"
#include "formats/xml/json.hpp"
#include "formats/xml/mask.hpp"
#include "formats/xml/show.hpp"

namespace brygga::camt {

namespace {

constexpr std::array<std::string_view, 3> titles = {
    "ISO 20022 account report, announces payments (camt.052)",
    "ISO 20022 account statement (camt.053)",
    "ISO 20022 credit and debit notification (camt.054)",
};

std::string version_text(const message_version& version) {
    return version.number == 0 ? std::string() : fmt::format("{:02}", version.number);
}

class camt_format : public format {
 public:
    explicit camt_format(message_kind kind) noexcept : kind_(kind) {}

    [[nodiscard]] std::string_view id() const noexcept override { return format_id(kind_); }
    [[nodiscard]] std::string_view title() const noexcept override { return titles[static_cast<std::size_t>(kind_)]; }
    [[nodiscard]] direction flows() const noexcept override { return direction::incoming; }
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override {
        const xml::root_tag root = xml::look_at_root(head);
        // A document that breaks before its root, for one by a DTD, is still ours to refuse.
        if (root.name.empty())
            return head.starts_with('<') &&
                   head.find(fmt::format("urn:iso:std:iso:20022:tech:xsd:{}.", id())) != std::string_view::npos;
        const auto version = root.name == "Document" ? version_of(root.uri, root.first_child) : std::nullopt;
        return version && version->kind == kind_;
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return camt::rules(); }
    void describe(const output& to) const override { xml::describe(document_of(kind_), to); }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        read_options options;
        options.policy = with.policy;
        options.passed = with.passed;
        const message_file file = read(bytes, options);
        check_report report;
        report.logical_no = 1;
        report.version = version_text(file.version);
        report.accepted = file.accepted();
        report.records = file.records;
        report.sums_ore = {{"credits", file.credits_ore.text()}, {"debits", file.debits_ore.text()}};
        report.findings = &file.findings;
        each(report);
    }
    void show(std::string_view bytes, const read_settings& with, const show_settings& how, const output& to) const override {
        xml::show(bytes, document_of(kind_), {with.passed}, how, to);
    }
    void to_json(std::string_view bytes, const read_settings& with, const output& to) const override {
        xml::to_json(bytes, document_of(kind_), {with.passed}, to);
    }
    [[nodiscard]] result<void> from_json(std::string_view json_lines, const output& to) const override {
        return xml::from_json(json_lines, document_of(kind_), to);
    }
    bool diff(std::string_view before, std::string_view after, const read_settings&, const output& to) const override {
        return xml::diff(before, after, document_of(kind_), {}, to);
    }
    void mask(std::string_view bytes, std::string_view key, const read_settings& with, const output& to) const override {
        xml::mask(bytes, document_of(kind_), key, {with.passed}, to);
    }
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        return camt::generate(kind_, what, to);
    }

 private:
    message_kind kind_;
};

}  // namespace

const xml::document_type& document_of(message_kind kind) {
    static const auto version = [](const xml::root_tag& root) {
        const auto known = version_of(root.uri, root.first_child);
        return known ? version_text(*known) : std::string();
    };
    static const std::array<xml::document_type, 3> types = {
        xml::document_type{format_id(message_kind::report), &root_table(), "BkToCstmrAcctRpt", version},
        xml::document_type{format_id(message_kind::statement), &root_table(), "BkToCstmrStmt", version},
        xml::document_type{format_id(message_kind::notification), &root_table(), "BkToCstmrDbtCdtNtfctn", version},
    };
    return types[static_cast<std::size_t>(kind)];
}

const format& registered_format(message_kind kind) noexcept {
    static const std::array<camt_format, 3> instances = {camt_format(message_kind::report), camt_format(message_kind::statement),
                                                         camt_format(message_kind::notification)};
    return instances[static_cast<std::size_t>(kind)];
}

}  // namespace brygga::camt
