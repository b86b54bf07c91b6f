#include "mapping/billing/run_progress.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/bank_days.hpp"
#include "formats/core/swedish_time.hpp"

namespace brygga::billing {

namespace {

using ledger::channel;
using ledger::delivery_state;

ledger::timestamp_ms in_ms(std::chrono::hours time) {
    return std::chrono::milliseconds(time).count();
}

std::uint64_t& place_of(const ledger::run_count& item, run_ends& in) {
    if (item.state == delivery_state::withdrawn) return in.withdrawn;
    if (!is_final(item.by, item.state)) return in.open;
    if (!item.by) return in.by_a_person;
    switch (*item.by) {
        case channel::bank:
        case channel::network:
            return in.accepted;
        case channel::mailbox:
            return in.delivered_to_mailbox;
        case channel::email:
            return in.emailed;
        case channel::print:
            return in.printed;
        case channel::forwarding:
            return in.forwarded;
    }
    return in.open;
}

}  // namespace

result<bool> einvoices_are_over(const ledger::run_item& run, const run_terms& terms, ledger::timestamp_ms now,
                                ledger::transaction& in) {
    const auto wait = in.invoice_runs().einvoice_wait(run.row.id);
    if (!wait) return tl::unexpected(wait.error());
    if (wait->leaving == 0 && wait->unanswered == 0) return true;
    const auto since = wait->leaving != 0 ? run.newest.recorded_at : std::max(run.newest.recorded_at, wait->last_sent_at);
    return now >= since + in_ms(terms.einvoice_wait);
}

result<std::vector<ledger::run_document_item>> without_proof(ledger::row_id run_id, const run_terms& terms, std::size_t limit,
                                                             ledger::transaction& in) {
    const date last = add_bank_days(terms.today, -terms.proof_days);
    const auto end = swedish_midnight(std::chrono::sys_days(last) + std::chrono::days(1));
    return in.invoice_runs().sent_unanswered(run_id, end.time_since_epoch().count() - 1, limit);
}

result<run_ends> ends_of(const ledger::invoice_run& run, ledger::transaction& in) {
    const auto counts = in.invoice_runs().count_documents(run.id);
    if (!counts) return tl::unexpected(counts.error());
    run_ends out;
    out.documents = run.invoices + run.credit_notes;
    for (const ledger::run_count& each : *counts)
        place_of(each, out) += each.documents;
    return out;
}

result<bool> close_if_done(const ledger::run_item& run, ledger::transaction& into) {
    if (run.newest.state != ledger::run_state::received) return run.newest.state == ledger::run_state::closed;
    const auto open = into.invoice_runs().has_open_documents(run.row.id);
    if (!open || *open) return open ? result<bool>(false) : tl::unexpected(open.error());
    const auto ends = ends_of(run.row, into);
    if (!ends) return tl::unexpected(ends.error());
    if (ends->ended() != ends->documents)
        return fail(error_code::conflict, fmt::format("BILL-R06: the run {} has {} documents, and {} have an end", run.row.key,
                                                      ends->documents, ends->ended()));
    const auto reserved = into.reservations_of_run(run.row.id);
    if (!reserved) return tl::unexpected(reserved.error());
    for (const ledger::row_id each : *reserved)
        if (auto released = into.release_reservation(each); !released) return tl::unexpected(std::move(released.error()));
    if (auto done = into.invoice_runs().add_run_event(run.row.id, {ledger::run_state::closed, {}, {}, 0}); !done)
        return tl::unexpected(std::move(done.error()));
    return true;
}

}  // namespace brygga::billing
