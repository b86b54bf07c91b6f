#include "mapping/inbound/inbound.hpp"

#include <algorithm>
#include <array>

#include "mapping/inbound/answers.hpp"
#include "mapping/inbound/autogiro.hpp"
#include "mapping/inbound/bgmax.hpp"
#include "mapping/inbound/camt.hpp"
#include "mapping/inbound/lb.hpp"
#include "mapping/inbound/mail_reports.hpp"
#include "mapping/inbound/print_receipts.hpp"
#include "mapping/inbound/rows.hpp"

namespace brygga::inbound {

namespace {

bool waits(const logical_result& file) {
    return std::any_of(file.sections.begin(), file.sections.end(),
                       [](const section_result& each) { return each.state == section_state::held; });
}

}  // namespace

ledger::file_outcome file_result::outcome() const {
    if (std::any_of(files.begin(), files.end(), waits)) return ledger::file_outcome::held;
    const bool all = std::all_of(files.begin(), files.end(), [](const logical_result& each) { return each.accepted; });
    return all ? ledger::file_outcome::archived : ledger::file_outcome::rejected;
}

const mapping* find_mapping(std::string_view format_id) noexcept {
    static const bgmax_mapping bgmax;
    static const autogiro_mapping autogiro;
    static const camt_mapping report(camt::message_kind::report), statement(camt::message_kind::statement),
        notification(camt::message_kind::notification);
    static const pain_status_mapping answer;
    static const lb_mapping lb;
    static const print_receipt_mapping print_receipt;
    static const mail_report_mapping mail_report;
    static const std::array<const mapping*, 9> all{&bgmax,  &autogiro, &report,        &statement,  &notification,
                                                   &answer, &lb,       &print_receipt, &mail_report};
    const auto found = std::find_if(all.begin(), all.end(), [&](const mapping* each) { return each->format() == format_id; });
    return found == all.end() ? rows_mapping_of(format_id) : *found;
}

}  // namespace brygga::inbound
