#include "mapping/inbound/mail_reports.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/mail/delivery_report.hpp"
#include "mapping/billing/receipts.hpp"

namespace brygga::inbound {

namespace {

using mail::delivery_outcome;
using mail::delivery_report;
using mail::recipient_report;

// "5.1.1", or the server's "550": of the recipient that it failed for.
std::string code_of(const delivery_report& report) {
    const auto failed = std::find_if(report.recipients.begin(), report.recipients.end(), [](const recipient_report& each) {
        return each.action == mail::delivery_action::failed || !each.action;
    });
    if (failed == report.recipients.end()) return {};
    if (!failed->status.empty()) return failed->status;
    return failed->reply_code == 0 ? std::string() : fmt::format("{}", failed->reply_code);
}

class report_booking {
 public:
    report_booking(const settings& with, ledger::row_id file_id, ledger::transaction& into, logical_result& told)
        : with_(with), file_id_(file_id), into_(into), told_(told) {}

    result<void> book(const delivery_report& report) {
        ++told_.outcomes[fmt::format("message {}", name(report.outcome))];
        if (report.outcome == delivery_outcome::other) return to_read(report);
        if (report.outcome != delivery_outcome::failed) return {};
        const auto delivery = report.token ? ledger::parse_id(*report.token) : std::nullopt;
        const auto document =
            delivery ? into_.invoice_runs().run_document_of_delivery(*delivery) : std::optional<ledger::run_document_item>();
        if (!document) return tl::unexpected(document.error());
        return *document ? bounced(report, *delivery, (*document)->row) : to_read(report);
    }

 private:
    result<void> bounced(const delivery_report& report, ledger::row_id delivery, const ledger::run_document& of) {
        const std::string code = code_of(report);
        ledger::told_receipt told;
        told.by = ledger::channel::email;
        told.outcome = ledger::delivery_state::rejected;
        told.code = code;
        told.key = fmt::format("mail:{}", ledger::format_id(file_id_));
        const auto taken = billing::take_receipt_of(delivery, told, *with_.runs, into_);
        if (!taken) return tl::unexpected(taken.error());
        // For all that is known it has not left: of one that is in doubt, a person learns it now.
        if (taken->id == 0) return to_read(report, of.customer_id);
        if (!taken->rule.empty()) ++told_.outcomes[fmt::format("delivery {}", taken->rule)];
        ledger::matter item;
        item.kind = mail_bounced;
        item.key = fmt::format("{}:{}", mail_bounced, ledger::format_id(delivery));
        item.subject_id = of.document_id;
        item.customer_id = of.customer_id;
        item.file_id = file_id_;
        item.detail = nlohmann::json{{"status", code}}.dump();
        return into_.matters().add_matter(item);
    }

    result<void> to_read(const delivery_report& report, std::string_view customer_id = {}) {
        ledger::matter item;
        item.kind = mail_to_read;
        item.key = fmt::format("{}:{}", mail_to_read, ledger::format_id(file_id_));
        item.subject_id = file_id_;
        item.customer_id = customer_id;
        item.file_id = file_id_;
        item.detail = nlohmann::json{{"form", name(report.form)}, {"outcome", name(report.outcome)}}.dump();
        return into_.matters().add_matter(item);
    }

    const settings& with_;
    ledger::row_id file_id_;
    ledger::transaction& into_;
    logical_result& told_;
};

}  // namespace

result<file_result> mail_report_mapping::book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                              ledger::transaction& into) const {
    if (!with.runs) return fail(error_code::invalid_content, "there is no [tenant.invoices] whose invoices it could be about");
    if (!with.messages)
        return fail(error_code::invalid_content, "no [[tenant.partner]] is a mail server, so that nothing was sent by e-mail");
    const mail::report_file read = mail::read_report(bytes, {with.policy, &*with.messages});
    logical_result told;
    told.logical_no = 1;
    told.accepted = read.accepted();
    told.findings.assign(read.findings.kept().begin(), read.findings.kept().end());
    told.findings_total = read.findings.total();
    if (told.accepted)
        if (auto done = report_booking(with, file.id, into, told).book(read.content); !done)
            return tl::unexpected(std::move(done.error()));
    return file_result{std::string(format()), {std::move(told)}};
}

result<logical_result> mail_report_mapping::book_released(std::string_view, const ledger::exchanged_file&, const settings&,
                                                          const section_release&, ledger::transaction&) const {
    return fail(error_code::not_found, "nothing of a report is ever held");
}

}  // namespace brygga::inbound
