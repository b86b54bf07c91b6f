#include "connectors/intake/report.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "connectors/intake/detail/routed_json.hpp"
#include "connectors/intake/detail/totals_json.hpp"

namespace brygga::intake {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 5> left_names = {"growing", "empty", "not a regular file", "vanished", "in other hands"};

json base_of(const file_report& file) {
    return {
        {"tenant", file.tenant}, {"claim", file.claim}, {"file_id", file.file_id}, {"name", file.name}, {"format", file.format}};
}

void add_held(const file_report& file, json& into) {
    for (const held_section& each : file.held) {
        json row = base_of(file);
        row["logical_no"] = each.logical_no;
        row["section_no"] = each.section_no;
        row["bankgiro"] = each.bankgiro;
        row["currency"] = each.currency;
        row["amount_ore"] = each.amount_ore;
        row["reasons"] = each.reasons;
        into.push_back(std::move(row));
    }
}

json rejected_row(const file_report& file) {
    json row = base_of(file);
    row["reasons"] = file.reasons;
    if (!file.first_received_at.empty()) row["first_received_at"] = file.first_received_at;
    return row;
}

}  // namespace

std::uint64_t totals::not_booked() const noexcept {
    const std::uint64_t all = payments + deductions;
    const std::uint64_t booked = matched + unmatched + held_payments;
    return all > booked ? all - booked : 0;
}

inbound::booked_sums totals::in(std::string_view currency) const {
    const auto at = by_currency.find(currency);
    return at == by_currency.end() ? inbound::booked_sums() : at->second;
}

totals& totals::operator+=(const totals& other) {
    logical_files += other.logical_files;
    accepted_files += other.accepted_files;
    payments += other.payments;
    deductions += other.deductions;
    matched += other.matched;
    unmatched += other.unmatched;
    held_payments += other.held_payments;
    advances += other.advances;
    for (const auto& [currency, sums] : other.by_currency)
        by_currency[currency] += sums;
    return *this;
}

totals totals_of(const inbound::logical_result& file) {
    totals out;
    out.logical_files = 1;
    out.accepted_files = file.accepted ? 1 : 0;
    out.payments = file.payments;
    out.deductions = file.deductions;
    out.matched = file.matched;
    out.unmatched = file.unmatched;
    out.held_payments = file.held;
    out.advances = file.advances;
    out.by_currency = file.sums;
    return out;
}

std::string_view name(left_reason why) noexcept {
    return left_names[static_cast<std::size_t>(why)];
}

totals day_report::sums() const {
    totals all;
    for (const file_report& file : files)
        all += file.sums;
    return all;
}

std::uint64_t day_report::count(ledger::file_outcome outcome) const noexcept {
    return static_cast<std::uint64_t>(
        std::count_if(files.begin(), files.end(), [outcome](const file_report& file) { return file.outcome == outcome; }));
}

json handed_on(const day_report& report) {
    json out = json::array();
    for (const file_report& file : report.files)
        for (const routed& each : file.routes) {
            json row = detail::to_json(each);
            row.erase("sha256");
            row.erase("notes");
            row["tenant"] = file.tenant;
            row["claim"] = file.claim;
            out.push_back(std::move(row));
        }
    return out;
}

std::size_t taken_back(const routed& item) {
    return static_cast<std::size_t>(std::count_if(item.left_out.begin(), item.left_out.end(),
                                                  [](const left_out_deposit& each) { return each.amount_ore < 0; }));
}

std::string to_json(const day_report& report) {
    json out = detail::to_json(report.sums());
    out["files"] = report.files.size();
    for (const auto outcome : {ledger::file_outcome::archived, ledger::file_outcome::held, ledger::file_outcome::rejected})
        out[std::string(ledger::name(outcome))] = report.count(outcome);
    json held = json::array();
    json rejected = json::array();
    for (const file_report& file : report.files) {
        add_held(file, held);
        if (file.outcome == ledger::file_outcome::rejected) rejected.push_back(rejected_row(file));
    }
    out["held_sections"] = std::move(held);
    out["rejected_files"] = std::move(rejected);
    out["handed_on"] = handed_on(report);
    json failures = json::array();
    for (const failure& each : report.failures)
        failures.push_back({{"tenant", each.tenant},
                            {"claim", each.claim},
                            {"name", each.name},
                            {"step", each.at},
                            {"error", brygga::name(each.why.code)},
                            {"text", each.why.text}});
    out["failures"] = std::move(failures);
    json left = json::array();
    for (const left_file& each : report.left)
        left.push_back({{"tenant", each.tenant}, {"name", each.name}, {"why", name(each.why)}});
    out["left"] = std::move(left);
    json fetched = json::array();
    for (const fetched_folder& each : report.fetched)
        fetched.push_back({{"tenant", each.tenant},
                           {"partner", each.partner},
                           {"folder", each.folder},
                           {"fetched", each.fetched},
                           {"changing", each.changing}});
    if (!fetched.empty()) out["fetched"] = std::move(fetched);
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace brygga::intake
