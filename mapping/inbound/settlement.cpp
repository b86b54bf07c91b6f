#include "mapping/inbound/settlement.hpp"

#include <algorithm>
#include <utility>

#include "mapping/inbound/reasons.hpp"
#include "mapping/ledger/allocation.hpp"

namespace brygga::inbound {

namespace {

template <class Row>
std::size_t keep_once(std::vector<Row>& rows, Row&& found) {
    const auto same = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id == found.id; });
    if (same != rows.end()) return static_cast<std::size_t>(same - rows.begin());
    rows.push_back(std::move(found));
    return rows.size() - 1;
}

void leave_advance(settlement& into, const std::string& customer_id, std::int64_t amount_ore) {
    for (left_advance& each : into.advances) {
        if (each.customer_id != customer_id) continue;
        each.amount_ore += amount_ore;
        return;
    }
    into.advances.push_back({customer_id, amount_ore});
}

}  // namespace

void settlement::clear() noexcept {
    invoices.clear();
    credits.clear();
    parts.clear();
    uses.clear();
    advances.clear();
    suspense_ore = 0;
    reasons.clear();
}

std::int64_t settlement::settled_ore() const noexcept {
    std::int64_t sum = 0;
    for (const settled_part& each : parts)
        sum += each.amount_ore;
    for (const used_credit& each : uses)
        sum -= each.amount_ore;
    return sum;
}

std::int64_t settlement::total_ore() const noexcept {
    std::int64_t sum = settled_ore() + suspense_ore;
    for (const left_advance& each : advances)
        sum += each.amount_ore;
    return sum;
}

void settlement::suspend(std::int64_t amount_ore, std::string_view why) {
    suspense_ore += amount_ore;
    report(why);
}

void settlement::report(std::string_view why) {
    if (std::find(reasons.begin(), reasons.end(), why) == reasons.end()) reasons.push_back(why);
}

std::size_t settlement::keep(ledger::open_invoice&& found) {
    return keep_once(invoices, std::move(found));
}

std::size_t settlement::keep(ledger::open_credit&& found) {
    return keep_once(credits, std::move(found));
}

std::int64_t settlement::pay(std::size_t invoice, std::int64_t amount_ore, std::string_view why) {
    return take_shares(invoice, ledger::share(amount_ore, invoices[invoice].parts), amount_ore, why);
}

std::int64_t settlement::pay_undisputed(std::size_t invoice, std::int64_t amount_ore, std::string_view why) {
    std::vector<ledger::open_part> open = invoices[invoice].parts;
    for (ledger::open_part& each : open)
        if (each.is_disputed) each.open_ore = 0;
    // A part in credit that is disputed lowers what the invoice can take all the same.
    const std::int64_t most_ore = std::clamp<std::int64_t>(invoices[invoice].open_ore(), 0, amount_ore);
    return take_shares(invoice, ledger::share(most_ore, open), amount_ore, why);
}

std::int64_t settlement::take_shares(std::size_t invoice, const std::vector<std::int64_t>& shares, std::int64_t amount_ore,
                                     std::string_view why) {
    std::vector<ledger::open_part>& open = invoices[invoice].parts;
    for (std::size_t i = 0; i < open.size(); ++i) {
        if (shares[i] == 0) continue;
        parts.push_back({invoice, open[i].part.part_no, shares[i], why});
        open[i].open_ore -= shares[i];
        amount_ore -= shares[i];
    }
    return amount_ore;
}

std::int64_t settlement::use(std::size_t credit, std::int64_t amount_ore, std::string_view why) {
    const std::int64_t used_ore = std::clamp<std::int64_t>(credits[credit].open_ore, 0, amount_ore);
    if (used_ore != 0) uses.push_back({credit, used_ore, why});
    credits[credit].open_ore -= used_ore;
    return amount_ore - used_ore;
}

result<void> spend_surplus(settlement& into, std::string customer_id, std::int64_t surplus_ore, const surplus_policy& policy,
                           ledger::transaction& from) {
    if (policy.covers_overdue) {
        auto open = from.open_invoices_of(customer_id);
        if (!open) return tl::unexpected(open.error());
        for (ledger::open_invoice& each : *open) {
            if (surplus_ore == 0) break;
            if (each.currency != policy.currency || each.due_date >= policy.value_date) continue;
            surplus_ore = into.pay_undisputed(into.keep(std::move(each)), surplus_ore, reason::overdue_cover);
        }
    }
    if (surplus_ore != 0) leave_advance(into, customer_id, surplus_ore);
    return {};
}

}  // namespace brygga::inbound
