#include "connectors/service/metrics.hpp"

#include <algorithm>
#include <array>

namespace brygga::service {

namespace {

struct tenant_counts {
    std::string id;
    std::vector<ledger::delivery_count> deliveries;
    std::vector<ledger::sending_count> outgoing;
    std::int64_t sections{}, payments{}, handovers{};  // that wait for a person
};

result<tenant_counts> counts_of(const config::tenant& who, ledger::store& books) {
    const auto in = books.begin_read(who.id);
    if (!in) return tl::unexpected(in.error());
    auto deliveries = (*in)->count_deliveries();
    if (!deliveries) return tl::unexpected(deliveries.error());
    auto outgoing = (*in)->exchange().count_outgoing();
    if (!outgoing) return tl::unexpected(outgoing.error());
    const auto holds = (*in)->undecided_holds();
    if (!holds) return tl::unexpected(holds.error());
    const auto handovers = (*in)->open_handovers();
    if (!handovers) return tl::unexpected(handovers.error());
    tenant_counts out{who.id, std::move(*deliveries), std::move(*outgoing), 0, 0, std::ssize(*handovers)};
    for (const ledger::held_item& each : *holds)
        if (each.row.subject == ledger::hold_subject::section)
            ++out.sections;
        else if (each.amount_ore != 0)
            ++out.payments;
    return out;
}

void add_deliveries(const std::vector<tenant_counts>& all, exposition& to) {
    to.family("brygga_files_total", metric_kind::counter, "Files that came, by what became of them at first.");
    for (const tenant_counts& of : all)
        for (const ledger::delivery_count& each : of.deliveries)
            to.sample({{"tenant", of.id}, {"format", each.format}, {"outcome", name(each.outcome)}},
                      static_cast<std::int64_t>(each.files));
    to.family("brygga_file_newest_timestamp_seconds", metric_kind::gauge, "When the newest of them came.");
    for (const tenant_counts& of : all)
        for (const ledger::delivery_count& each : of.deliveries)
            to.moment({{"tenant", of.id}, {"format", each.format}, {"outcome", name(each.outcome)}}, each.newest);
}

void add_waiting(const std::vector<tenant_counts>& all, exposition& to) {
    to.family("brygga_waiting", metric_kind::gauge, "What waits for a person; brygga status tells each.");
    for (const tenant_counts& of : all) {
        to.sample({{"tenant", of.id}, {"what", "sections"}}, of.sections);
        to.sample({{"tenant", of.id}, {"what", "payments"}}, of.payments);
        to.sample({{"tenant", of.id}, {"what", "handovers"}}, of.handovers);
    }
}

void add_outgoing(const std::vector<tenant_counts>& all, exposition& to) {
    to.family("brygga_outgoing", metric_kind::gauge, "Files to partners, by how far they have come.");
    for (const tenant_counts& of : all)
        for (const ledger::sending_count& each : of.outgoing)
            to.sample({{"tenant", of.id}, {"partner", each.partner}, {"state", name(each.state)}},
                      static_cast<std::int64_t>(each.files));
    to.family("brygga_outgoing_oldest_timestamp_seconds", metric_kind::gauge,
              "Since when the oldest of them has come no further.");
    for (const tenant_counts& of : all)
        for (const ledger::sending_count& each : of.outgoing)
            to.moment({{"tenant", of.id}, {"partner", each.partner}, {"state", name(each.state)}}, each.oldest);
}

void add_visits(const std::vector<partner_visits>& all, exposition& to) {
    to.family("brygga_partner_visits_total", metric_kind::counter, "Visits to partners since the start.");
    for (const partner_visits& each : all) {
        to.sample({{"tenant", each.tenant}, {"partner", each.partner}, {"result", "reached"}},
                  static_cast<std::int64_t>(each.reached));
        to.sample({{"tenant", each.tenant}, {"partner", each.partner}, {"result", "missed"}},
                  static_cast<std::int64_t>(each.missed));
    }
    to.family("brygga_partner_reached_timestamp_seconds", metric_kind::gauge, "When the partner was reached last.");
    for (const partner_visits& each : all)
        if (each.last_reached)
            to.moment({{"tenant", each.tenant}, {"partner", each.partner}}, each.last_reached->time_since_epoch().count());
}

void add_removed(const std::vector<removed_count>& all, exposition& to) {
    to.family("brygga_retention_removed_total", metric_kind::counter, "Files that retention removed since the start.");
    for (const removed_count& each : all)
        to.sample({{"tenant", each.tenant}, {"kind", name(each.what)}}, static_cast<std::int64_t>(each.files));
}

void add_alarms(const std::vector<tenant_counts>& tenants, const std::vector<alarm>& all, exposition& to) {
    to.family("brygga_alarms", metric_kind::gauge, "Alarms that hold.");
    for (const tenant_counts& of : tenants)
        for (const alarm_kind kind : alarm_kinds)
            to.sample({{"tenant", of.id}, {"alarm", name(kind)}}, std::count_if(all.begin(), all.end(), [&](const alarm& each) {
                          return each.tenant == of.id && each.kind == kind;
                      }));
}

}  // namespace

result<exposition> metrics_of(const config::settings& with, ledger::store& books, const service_state& state) {
    std::vector<tenant_counts> all;
    for (const config::tenant& who : with.tenants) {
        auto counts = counts_of(who, books);
        if (!counts) return tl::unexpected(counts.error());
        all.push_back(std::move(*counts));
    }
    exposition out;
    out.family("brygga_start_timestamp_seconds", metric_kind::gauge, "When the service started.");
    out.moment({}, state.started.time_since_epoch().count());
    out.family("brygga_look_timestamp_seconds", metric_kind::gauge, "When these figures were taken.");
    out.moment({}, state.now.time_since_epoch().count());
    add_deliveries(all, out);
    add_waiting(all, out);
    add_outgoing(all, out);
    add_visits(state.visits, out);
    add_removed(state.removed, out);
    add_alarms(all, state.alarms, out);
    return out;
}

}  // namespace brygga::service
