// A company with invoice runs, for tests of dispatch: customers, invoices, the run that has them, and where each document is.
#pragma once

#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "mapping/billing/receipts.hpp"
#include "mapping/billing/take_run.hpp"
#include "tests/dispatch/office.hpp"

namespace brygga::dispatch::test {

using nlohmann::json;

inline constexpr ledger::timestamp_ms on_the_day = 1'793'869'200'000;  // 2026-11-05 10:00 in Sweden
inline constexpr ledger::timestamp_ms hour = 3'600'000;

template <class T>
T value(result<T> outcome) {
    if (!outcome) throw std::runtime_error(outcome.error().text);
    return std::move(*outcome);
}

inline void done(const result<void>& outcome) {
    if (!outcome) throw std::runtime_error(outcome.error().text);
}

inline json customer(std::string_view id, std::string_view identity, std::string_view category = "consumer") {
    return {{"type", "customer"},   {"customer_id", id},        {"name", "Berit Björk"}, {"identity_number", identity},
            {"category", category}, {"street", "Storgatan 2"},  {"postcode", "12346"},   {"town", "Exempelstad"},
            {"foreign", false},     {"telephone", "010123450"}, {"email", "b@x.org"}};
}

// 1.25 times 100 kronor of water for each of `tens`.
inline json invoice(std::string_view number, std::string_view who, std::string_view reference, int tens = 1) {
    return {{"type", "invoice"},
            {"number", number},
            {"customer_id", who},
            {"reference", reference},
            {"issue_date", "2026-11-05"},
            {"due_date", "2026-11-30"},
            {"total_ore", 12'500 * tens},
            {"buyer_reference", "4711"},
            {"lines",
             {{{"utility", "VA"},
               {"supply_point", "VA-1"},
               {"text", "Vatten"},
               {"amount_ore", 12'500 * tens},
               {"quantity", std::to_string(10 * tens)},
               {"unit", "MTQ"},
               {"price", "10.00"},
               {"vat", {{"category", "S"}, {"rate", "25"}}}}}}};
}

inline const std::vector<json> three_customers = [] {
    json business = customer("K2", "169922345674", "business");
    business["invoices"] = {{"endpoint", "0007:9922345674"}};
    return std::vector<json>{
        customer("K1", "198112289874"), business, customer("K3", "193806013888"),
        json{{"type", "registration"}, {"kind", "registered"}, {"receiver", "198112289874.NB.SE"}, {"day", "2026-10-01"}}};
}();
inline const std::vector<json> three_invoices = {invoice("1001", "K1", "100164"), invoice("1002", "K2", "100263", 2),
                                                 invoice("1003", "K3", "100362", 4)};

class invoice_office : public office {
 public:
    // `more` lines behind those of the send rule.
    invoice_office(const std::filesystem::path& folder, const std::string& more) : office(folder, more) {
        clock.now_ms = on_the_day;
    }

    [[nodiscard]] billing::run_terms terms() const {
        return with.tenants.front().invoices->terms(*parse_iso_date("2026-11-05")).run;
    }
    void import(const std::vector<json>& lines) {
        std::istringstream stream(joined(lines));
        ledger::import_options options = usual();
        const auto report = value(ledger::import_lines(
            stream, [this] { return store->begin("energi"); }, options));
        ASSERT_EQ(report.bad, 0u) << report.notes.front().text;
    }
    void take(const std::vector<json>& invoices, std::string_view run_id = "2026-11-A") {
        std::int64_t total = 0;
        for (const json& each : invoices)
            total += each.at("total_ore").get<std::int64_t>();
        std::vector<json> lines = {{{"type", "run"},
                                    {"run_id", run_id},
                                    {"tenant", "energi"},
                                    {"invoice_month", "2026-11"},
                                    {"kind", "ORDINARY"},
                                    {"invoices", invoices.size()},
                                    {"credit_notes", 0},
                                    {"sum_ore", {{"VA", total}, {"total", total}}}}};
        lines.insert(lines.end(), invoices.begin(), invoices.end());
        const std::string text = joined(lines);
        std::istringstream first(text), second(text);
        const auto checked = value(billing::check_run(first, terms(), *value(store->begin_read("energi"))));
        ASSERT_EQ(checked.faults_total, 0u) << checked.faults.front().text;
        value(billing::take_run(
            second, checked, [this] { return store->begin("energi"); }, usual(), {}, terms()));
    }
    void receipt(std::string_view number, ledger::channel by, ledger::delivery_state outcome) {
        const auto into = value(store->begin("energi"));
        ledger::told_receipt told;
        told.number = number;
        told.by = by;
        told.outcome = outcome;
        told.key = fmt::format("{}{}", number, name(outcome));
        ASSERT_NE(value(billing::take_receipt(told, terms(), *into)).id, 0);
        done(into->commit());
    }
    // Active since 1 November.
    void give_mandate(std::string_view customer_id, std::string_view identity) {
        const auto into = value(store->begin("energi"));
        ledger::mandate given{0, "9912346", "7003"};
        done(into->direct_debit().add_mandate(given));
        ledger::mandate_event active;
        active.state = ledger::mandate_state::active;
        active.customer_id = customer_id;
        active.account = "3300008112289874";
        active.identity = identity;
        active.day = *parse_iso_date("2026-11-01");
        done(into->direct_debit().add_mandate_event(given.id, active));
        done(into->commit());
    }
    // "1001 bank queued EINV_5566778899_2026-11-A_2.xml", in the order of the run.
    [[nodiscard]] std::vector<std::string> documents(std::string_view run_id = "2026-11-A") const {
        const auto in = value(store->begin_read("energi"));
        std::vector<std::string> out;
        const auto run = value(in->invoice_runs().run_with_key(run_id));
        done(in->invoice_runs().each_run_document(run.value().row.id, [&](const ledger::run_document_item& each) -> result<void> {
            const auto& now = each.now;
            std::string line =
                fmt::format("{} {} {}", each.row.number, now.row.by ? name(*now.row.by) : "none", name(now.newest.state));
            if (!now.newest.code.empty()) line += " " + now.newest.code;
            if (now.newest.outgoing_id != 0)
                line += " " + value(in->exchange().outgoing_with_id(now.newest.outgoing_id)).value().row.name;
            out.push_back(line);
            return {};
        }));
        return out;
    }

 private:
    static std::string joined(const std::vector<json>& lines) {
        std::string out;
        for (const json& each : lines)
            out += each.dump() + "\n";
        return out;
    }
    static ledger::import_options usual() {
        ledger::import_options out;
        out.today = *parse_iso_date("2026-11-05");
        return out;
    }
};

}  // namespace brygga::dispatch::test
