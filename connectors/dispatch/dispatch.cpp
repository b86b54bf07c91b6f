#include "connectors/dispatch/dispatch.hpp"

#include "connectors/dispatch/detail/at_desk.hpp"
#include "connectors/dispatch/detail/autogiro_days.hpp"
#include "connectors/dispatch/detail/invoice_documents.hpp"
#include "connectors/dispatch/detail/payout_times.hpp"
#include "connectors/dispatch/detail/print_work.hpp"

namespace brygga::dispatch {

using partners::visit_end;

visit_end queue_for(const config::settings& with, const config::tenant& who, const partners::partner& to, ledger::store& books,
                    const options& how, dispatch_report& into) {
    return detail::at_desk(with, who, to, books, how, into, [&](const detail::desk& on) {
        detail::make_autogiro_of_the_day(on, with.mode);
        detail::make_due_payouts(on);
        detail::make_due_invoices(on);
        detail::make_due_batches(on, with.mode);
        for (const partners::send_rule& rule : to.sends)
            detail::queue_outbox(on, rule);
        return visit_end::nothing_to_do;
    });
}

visit_end send_to(const config::settings& with, const config::tenant& who, const partners::partner& to, ledger::store& books,
                  const options& how, std::stop_token stop, dispatch_report& into) {
    return detail::at_desk(with, who, to, books, how, into, [&](const detail::desk& on) { return detail::send_due(on, stop); });
}

dispatch_report dispatch_once(const config::settings& with, ledger::store& books, const options& how, std::stop_token stop) {
    dispatch_report told;
    for (const config::tenant& who : with.tenants)
        for (const partners::partner& each : who.partners) {
            if (each.sends.empty() || stop.stop_requested()) continue;
            if (queue_for(with, who, each, books, how, told) == visit_end::nothing_to_do)
                send_to(with, who, each, books, how, stop, told);
        }
    return told;
}

}  // namespace brygga::dispatch
