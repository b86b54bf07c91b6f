#include "formats/iso20022/camt/format.hpp"

#include <array>

#include "formats/iso20022/camt/generator.hpp"
#include "formats/iso20022/message_format.hpp"

namespace brygga::camt {

namespace {

constexpr std::array<std::string_view, 3> titles = {
    "ISO 20022 account report, announces payments (camt.052)",
    "ISO 20022 account statement (camt.053)",
    "ISO 20022 credit and debit notification (camt.054)",
};

constexpr std::string_view message_family = "camt.";

bool is_of_family(std::string_view uri) {
    return uri.starts_with(iso20022::namespace_stem) && uri.substr(iso20022::namespace_stem.size()).starts_with(message_family);
}

class camt_format : public iso20022::message_format {
 public:
    explicit camt_format(message_kind kind) : message_format(document_of(kind)), kind_(kind) {}

    [[nodiscard]] std::string_view title() const noexcept override { return titles[static_cast<std::size_t>(kind_)]; }
    [[nodiscard]] direction flows() const noexcept override { return direction::incoming; }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return camt::rules(); }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        read_options options;
        options.policy = with.policy;
        options.passed = with.passed;
        options.today = with.today;
        const message_file file = read(bytes, options);
        check_report report;
        report.logical_no = 1;
        report.version = iso20022::version_text(file.version.number);
        report.accepted = file.accepted();
        report.records = file.records;
        report.sums_ore = {{"credits", file.credits_ore.text()}, {"debits", file.debits_ore.text()}};
        report.findings = &file.findings;
        each(report);
    }
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        return camt::generate(kind_, what, to);
    }

    // An XML message that is none of ours is refused by CAMT-R01, which names what was found.
    [[nodiscard]] bool refuses(std::string_view head) const noexcept override {
        const xml::root_tag root = xml::look_at_root(head);
        if (root.name.empty())
            return kind_ == message_kind::notification && iso20022::names_in_broken_prolog(head, message_family);
        return (root.name == "Document" || is_of_family(root.uri)) && nearest_kind(root.uri, root.first_child) == kind_;
    }

 protected:
    [[nodiscard]] bool is_message(const xml::root_tag& root) const noexcept override {
        const auto version = version_of(root.uri, root.first_child);
        return version && version->kind == kind_;
    }

 private:
    message_kind kind_;
};

}  // namespace

const xml::document_type& document_of(message_kind kind) {
    static const auto version = [](const xml::root_tag& root) {
        const auto known = version_of(root.uri, root.first_child);
        return known ? iso20022::version_text(known->number) : std::string();
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
