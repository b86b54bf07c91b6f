#include "mapping/billing/run_progress.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

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

// False: the run stays open.
result<bool> tell_of_manifest(const ledger::invoice_run& run, const run_ends& ends, ledger::transaction& into) {
    ledger::matter item;
    item.kind = run_not_as_manifest;
    item.key = fmt::format("{}:{}", run_not_as_manifest, ledger::format_id(run.id));
    item.subject_id = run.id;
    item.detail = nlohmann::json{{"rule", "BILL-R06"}, {"documents", ends.documents}, {"ended", ends.ended()}}.dump();
    auto told = into.matters().add_matter(item);
    return told ? result<bool>(false) : tl::unexpected(std::move(told.error()));
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
    if (ends->ended() != ends->documents) return tell_of_manifest(run.row, *ends, into);
    const auto reserved = into.reservations_of_run(run.row.id);
    if (!reserved) return tl::unexpected(reserved.error());
    for (const ledger::row_id each : *reserved)
        if (auto released = into.release_reservation(each); !released) return tl::unexpected(std::move(released.error()));
    if (auto done = into.invoice_runs().add_run_event(run.row.id, {ledger::run_state::closed, {}, {}, 0}); !done)
        return tl::unexpected(std::move(done.error()));
    return true;
}

result<std::vector<std::string>> close_finished_runs(ledger::transaction& into) {
    const auto open = into.invoice_runs().runs_in_state(ledger::run_state::received);
    if (!open) return tl::unexpected(open.error());
    std::vector<std::string> out;
    for (const ledger::run_item& each : *open) {
        const auto closed = close_if_done(each, into);
        if (!closed) return tl::unexpected(closed.error());
        if (*closed) out.push_back(each.row.key);
    }
    return out;
}

}  // namespace brygga::billing
