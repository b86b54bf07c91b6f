#include "formats/iso20022/pain/format.hpp"

#include <array>

#include "formats/core/check_digit.hpp"
#include "formats/iso20022/message_format.hpp"
#include "formats/iso20022/pain/generator.hpp"
#include "formats/iso20022/pain/status_report.hpp"

namespace brygga::pain {

namespace {

class pain_format : public iso20022::message_format {
 public:
    explicit pain_format(message_kind kind) : message_format(document_of(kind)), kind_(kind) {}

    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return pain::rules(); }
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        return pain::generate(kind_, what, to);
    }

 protected:
    [[nodiscard]] bool is_message(const xml::root_tag& root) const noexcept override {
        const auto version = version_of(root.uri, root.first_child);
        return version && version->kind == kind_;
    }

    // `file` is what either reader gives.
    template <class File>
    static check_report report_of(const File& file) {
        check_report made;
        made.logical_no = 1;
        made.version = iso20022::version_text(file.version);
        made.id = file.id;
        made.accepted = file.accepted();
        made.records = file.records;
        made.findings = &file.findings;
        return made;
    }

 private:
    message_kind kind_;
};

class initiation_format : public pain_format {
 public:
    initiation_format() : pain_format(message_kind::initiation) {}

    [[nodiscard]] std::string_view title() const noexcept override { return "ISO 20022 payment order (pain.001)"; }
    [[nodiscard]] direction flows() const noexcept override { return direction::outgoing; }
    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        const initiation_file file = read(bytes, {with.policy, {}});
        check_report report = report_of(file);
        report.sums_ore = {{"payments", file.payments_ore.text()}};
        each(report);
    }
};

class status_format : public pain_format {
 public:
    status_format() : pain_format(message_kind::status_report) {}

    [[nodiscard]] std::string_view title() const noexcept override {
        return "ISO 20022 payment status report, answers a payment order (pain.002)";
    }
    [[nodiscard]] direction flows() const noexcept override { return direction::incoming; }
    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        report_options options;
        options.policy = with.policy;
        const status_report file = read_status_report(bytes, options);
        each(report_of(file));
    }
};

// As the reader tests it.
std::optional<bank_account> bank_account_at(const xml::piece& item, const xml::field& number) {
    if (item.element != "CdtTrfTxInf" || number.path != "CdtrAcct/Id/Othr/Id") return std::nullopt;
    transfer read;
    const std::array<std::pair<std::string_view, value*>, 6> places = {{
        {"CdtrAgt/FinInstnId/ClrSysMmbId/ClrSysId/Cd", &read.creditor_agent.clearing_system},
        {"CdtrAgt/FinInstnId/ClrSysMmbId/MmbId", &read.creditor_agent.member},
        {"CdtrAcct/Id/IBAN", &read.creditor_account.iban},
        {"CdtrAcct/Id/Othr/Id", &read.creditor_account.other},
        {"CdtrAcct/Id/Othr/SchmeNm/Cd", &read.creditor_account.scheme_code},
        {"CdtrAcct/Id/Othr/SchmeNm/Prtry", &read.creditor_account.scheme_proprietary},
    }};
    for (const xml::field& each : item.fields)
        for (const auto& [path, to] : places)
            if (each.known != nullptr && each.path == path) *to = {each.value, 0, 0, true};
    const creditor_account account = account_of(read);
    constexpr std::size_t clearing_digits = 4;
    constexpr std::size_t most_digits = 12;
    const bool tested = account.kind == account_kind::bank_account && account.clearing.size() == clearing_digits &&
                        all_digits(account.clearing) && account.number.size() <= most_digits && all_digits(account.number);
    return tested ? bank_account{account.clearing, account.number} : std::optional<bank_account>();
}

}  // namespace

const xml::document_type& document_of(message_kind kind) {
    static const auto version = [](const xml::root_tag& root) {
        const auto known = version_of(root.uri, root.first_child);
        return known ? iso20022::version_text(known->number) : std::string();
    };
    static const std::array<xml::document_type, 2> types = {
        xml::document_type{format_id(message_kind::initiation), &root_table(), "CstmrCdtTrfInitn", version, bank_account_at},
        xml::document_type{format_id(message_kind::status_report), &root_table(), "CstmrPmtStsRpt", version},
    };
    return types[static_cast<std::size_t>(kind)];
}

const format& registered_format(message_kind kind) noexcept {
    static const initiation_format order;
    static const status_format answer;
    switch (kind) {
        case message_kind::initiation:
            return order;
        case message_kind::status_report:
            break;
    }
    return answer;
}

}  // namespace brygga::pain
