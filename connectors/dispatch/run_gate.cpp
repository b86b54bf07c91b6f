#include "connectors/dispatch/detail/run_gate.hpp"

#include "mapping/billing/run_progress.hpp"

namespace brygga::dispatch::detail {

result<run_gate::known_run> run_gate::run_of(ledger::row_id run_id) {
    if (const auto found = runs_.find(run_id); found != runs_.end()) return found->second;
    const auto in = books_.begin_read(terms_.tenant);
    if (!in) return tl::unexpected(in.error());
    const auto run = (*in)->invoice_runs().run_with_id(run_id);
    if (!run) return tl::unexpected(run.error());
    if (!*run) return fail(error_code::not_found, "a document has no run");
    known_run out{(*run)->row.key, (*run)->newest.state != ledger::run_state::receiving, false};
    if (out.is_received) {
        const auto over = billing::einvoices_are_over(**run, terms_, now_, **in);
        if (!over) return tl::unexpected(over.error());
        out.einvoices_are_over = *over;
    }
    runs_.emplace(run_id, out);
    return out;
}

}  // namespace brygga::dispatch::detail
