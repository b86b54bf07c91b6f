#include "formats/iso20022/pain/status_report.hpp"

#include <fmt/format.h>

#include "formats/iso20022/pain/detail/reporter.hpp"
#include "formats/iso20022/pain/detail/version.hpp"
#include "formats/iso20022/pain/records.hpp"

namespace brygga::pain {

namespace {

using iso20022::inner;
using iso20022::told;

status status_of(const value& code, const xml::list<status_reason>& reasons) {
    status made;
    made.code = inner(code.text);
    for (const status_reason& each : reasons) {
        const bool proprietary = !each.code.present && each.proprietary.present;
        reason& to = made.reasons.emplace_back();
        to.code = inner(proprietary ? each.proprietary.text : each.code.text);
        to.proprietary = proprietary;
        for (const value& line : each.additional)
            to.information.emplace_back(inner(line.text));
    }
    return made;
}

class report_reading : public xml::listener {
 public:
    report_reading(const report_options& options, status_report& into, detail::reporter& to, const root& document)
        : options_(options), into_(into), report_(to), document_(document) {}

    void opened(std::uint16_t which, std::size_t offset) override {
        switch (static_cast<level>(which)) {
            case level::report:
                saw_message_ = true;
                break;
            case level::instruction_status:
                ++into_.records["OrgnlPmtInfAndSts"];
                kept_ = one_more(offset);
                if (kept_) into_.instructions.emplace_back();
                break;
            case level::initiation:
                report_.tell(rule::R01, severity::error, {}, offset, "CstmrCdtTrfInitn", "CstmrPmtStsRpt");
                break;
            case level::transaction_status:
            case level::instruction:
            case level::transfer:
                break;
        }
    }

    void closed(std::uint16_t which, std::size_t begin, std::size_t /*end*/) override {
        switch (static_cast<level>(which)) {
            case level::report:
                close_report(begin);
                break;
            case level::instruction_status:
                close_instruction();
                break;
            case level::transaction_status:
                close_transaction(begin);
                break;
            case level::initiation:
            case level::instruction:
            case level::transfer:
                break;
        }
    }

    [[nodiscard]] bool saw_message() const noexcept { return saw_message_; }

 private:
    bool one_more(std::size_t offset) {
        if (++statuses_ == options_.max_statuses + 1)
            report_.tell(rule::R01, severity::error, {}, offset, "more groups and payments",
                         fmt::format("at most {}", options_.max_statuses));
        return statuses_ <= options_.max_statuses;
    }

    void close_transaction(std::size_t begin) {
        ++into_.records["TxInfAndSts"];
        if (!kept_ || !one_more(begin)) return;
        const transaction_status& item = document_.report.instruction.transaction;
        reported_transaction made{std::string(told(item.instruction_id)), std::string(told(item.end_to_end_id)),
                                  std::string(told(item.servicer_reference)), status_of(item.status, item.reasons)};
        if (made.instruction_id.empty() && made.end_to_end_id.empty())
            report_.tell(rule::R01, severity::error,
                         fmt::format("OrgnlPmtInfAndSts[{}]/TxInfAndSts[{}]", into_.instructions.size(),
                                     into_.instructions.back().transactions.size() + 1),
                         begin, {}, "OrgnlEndToEndId or OrgnlInstrId");
        into_.instructions.back().transactions.push_back(std::move(made));
    }

    void close_instruction() {
        if (!kept_) return;
        const instruction_status& item = document_.report.instruction;
        into_.instructions.back().payment_information_id = told(item.id);
        into_.instructions.back().status = status_of(item.status, item.reasons);
    }

    void close_report(std::size_t begin) {
        const pain::report& item = document_.report;
        into_.id = inner(item.id.text);
        into_.created = inner(item.created.text);
        into_.original_message_id = told(item.original_id);
        into_.original_message_name = inner(item.original_name.text);
        into_.group = status_of(item.status, item.reasons);
        if (into_.original_message_id.empty())
            report_.tell(rule::R01, severity::error, "OrgnlGrpInfAndSts/OrgnlMsgId",
                         item.original_id.present ? item.original_id.offset : begin, {},
                         "the message id of the order that it answers");
    }

    const report_options& options_;
    status_report& into_;
    detail::reporter& report_;
    const root& document_;
    std::size_t statuses_ = 0;
    bool kept_ = false;
    bool saw_message_ = false;
};

}  // namespace

status_report read_status_report(std::string_view bytes, const report_options& options) {
    status_report made{{}, false, {}, {}, {}, {}, {}, {}, {}, finding_list(rules(), options.policy)};
    detail::reporter to(bytes, made.findings);
    const auto version = detail::recognise(bytes, message_kind::status_report, to);
    if (!version) return made;
    made.recognised = true;
    made.version = version->number;
    xml::reader in(bytes);
    root document;
    report_reading events(options, made, to, document);
    const xml::read_outcome done = xml::read(in, root_table(), &document, events);
    if (!done.whole)
        to.tell(rule::R01, severity::error, {}, done.why.offset, done.why.text, "a well-formed XML document");
    else if (!events.saw_message())
        to.tell(rule::R01, severity::error, {}, 0, {}, "CstmrPmtStsRpt below Document");
    return made;
}

}  // namespace brygga::pain
