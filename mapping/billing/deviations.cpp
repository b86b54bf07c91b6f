#include "mapping/billing/deviations.hpp"

#include <nlohmann/json.hpp>

namespace brygga::billing {

namespace {

constexpr std::size_t looked_at = 10'000;  // runs

// The import has seen to the types.
void add(const std::string& document, std::map<deviation, std::uint64_t>& to) {
    const nlohmann::json members = document.empty() ? nlohmann::json() : nlohmann::json::parse(document, nullptr, false);
    const auto found = members.find("deviations");
    if (found == members.end()) return;
    for (const nlohmann::json& each : *found)
        ++to[{each.at("kind"), each.at("reason"), each.at("by")}];
}

}  // namespace

result<std::map<deviation, std::uint64_t>> deviations_of(date month, ledger::transaction& in) {
    std::map<deviation, std::uint64_t> out;
    const auto runs = in.invoice_runs().runs(looked_at);
    if (!runs) return tl::unexpected(runs.error());
    for (const ledger::run_item& run : *runs) {
        if (run.row.month != month) continue;
        auto done = in.invoice_runs().each_run_document(run.row.id, [&](const ledger::run_document_item& each) -> result<void> {
            if (each.row.is_credit_note || each.row.document_id == 0) return {};
            const auto invoice = in.find_invoice(each.row.document_id);
            if (!invoice) return tl::unexpected(invoice.error());
            if (*invoice) add((*invoice)->document, out);
            return {};
        });
        if (!done) return tl::unexpected(std::move(done.error()));
    }
    return out;
}

}  // namespace brygga::billing
