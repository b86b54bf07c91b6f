#include "tests/billing/run_desk.hpp"

#include <fmt/format.h>

#include "formats/core/sha256.hpp"

namespace brygga::billing::test {

using ledger::must;

json customer_line(std::string_view id, std::string_view identity) {
    return {{"type", "customer"},     {"customer_id", id},    {"name", "Berit Björk"}, {"identity_number", identity},
            {"category", "consumer"}, {"street", "Ågatan 1"}, {"postcode", "12345"},   {"town", "Exempelstad"},
            {"telephone", "0700"},    {"email", "b@x.org"},   {"foreign", false}};
}

json invoice_line(std::string_view number, std::string_view customer, std::int64_t amount_ore,
                  std::vector<std::string> utilities) {
    json lines = json::array();
    for (const std::string& each : utilities)
        lines.push_back({{"utility", each}, {"supply_point", each + "-1"}, {"text", "x"}, {"amount_ore", amount_ore}});
    return {{"type", "invoice"},        {"number", number},
            {"customer_id", customer},  {"issue_date", "2026-11-05"},
            {"due_date", "2026-11-30"}, {"total_ore", amount_ore * static_cast<std::int64_t>(utilities.size())},
            {"lines", std::move(lines)}};
}

json credit_line(std::string_view number, std::string_view customer, std::string_view invoice, std::int64_t amount_ore) {
    return {{"type", "credit_note"}, {"number", number},       {"customer_id", customer},    {"invoice_number", invoice},
            {"utility", "VA"},       {"supply_point", "VA-1"}, {"issue_date", "2026-11-05"}, {"amount_ore", amount_ore}};
}

json manifest_of(const std::vector<json>& lines, std::string_view run_id) {
    json sums = {{"total", 0}};
    int invoices = 0, credits = 0;
    const auto add = [&](const std::string& kind, std::int64_t amount) {
        sums[kind] = sums.value(kind, std::int64_t{}) + amount;
        sums["total"] = sums["total"].get<std::int64_t>() + amount;
    };
    for (const json& each : lines) {
        if (each.at("type") == "invoice") {
            ++invoices;
            for (const json& line : each.at("lines"))
                add(line.value("utility", "VA"), line.at("amount_ore").get<std::int64_t>());
            if (each.contains("rounding_ore")) add("VA", each.at("rounding_ore").get<std::int64_t>());
        } else if (each.at("type") == "credit_note") {
            ++credits;
            add(each.value("utility", "VA"), -each.at("amount_ore").get<std::int64_t>());
        }
    }
    return {{"type", "run"},      {"run_id", run_id},     {"tenant", ledger::tenant}, {"invoice_month", "2026-11"},
            {"kind", "ORDINARY"}, {"invoices", invoices}, {"credit_notes", credits},  {"sum_ore", sums}};
}

std::string text_of(const json& manifest, const std::vector<json>& lines) {
    std::string out = manifest.dump() + "\n";
    for (const json& each : lines)
        out += each.dump() + "\n";
    return out;
}

void run_desk::import(const std::vector<json>& lines) {
    std::string text;
    for (const json& each : lines)
        text += each.dump() + "\n";
    std::istringstream stream(text);
    ledger::import_options how;
    how.today = taken_on;
    const auto report = must(ledger::import_lines(
        stream, [&] { return ledger->begin(ledger::tenant); }, how));
    ASSERT_EQ(report.bad + report.conflict, 0U) << (report.notes.empty() ? "" : report.notes.front().text);
}

void run_desk::registered(std::string_view receiver, std::string_view day) {
    import({{ {"type", "registration"}, {"kind", "registered"}, {"receiver", receiver}, { "day", day } }});
}

checked_run run_desk::check(const std::string& text) {
    std::istringstream stream(text);
    auto from = read();
    return must(check_run(stream, terms, *from));
}

std::vector<std::string> run_desk::faults(const std::string& text) {
    std::vector<std::string> out;
    for (const auto& each : check(text).faults)
        out.push_back(fmt::format("{} line {} {} {}", each.rule, each.line, each.pointer, each.text));
    return out;
}

result<run_outcome> run_desk::try_take(const std::string& text, const ledger::transaction_source& begin) {
    const checked_run checked = check(text);
    if (checked.faults_total != 0) return fail(error_code::invalid_content, checked.faults.front().text);
    std::istringstream stream(text);
    ledger::import_options how;
    how.today = terms.today;
    how.lines_per_commit = lines_per_commit;
    return take_run(stream, checked, begin, how, {}, terms);
}

run_outcome run_desk::take_text(const std::string& text) {
    return must(try_take(text, [&] { return ledger->begin(ledger::tenant); }));
}

run_outcome run_desk::take(const std::vector<json>& lines, std::string_view run_id) {
    return take_text(text_of(manifest_of(lines, run_id), lines));
}

std::vector<std::string> run_desk::documents(std::string_view run_id) {
    std::vector<std::string> out;
    auto from = read();
    must(from->invoice_runs().each_run_document(run(run_id).row.id, [&](const ledger::run_document_item& each) -> result<void> {
        const auto& at = each.now;
        out.push_back(fmt::format("{} {} {}{}", each.row.number, at.row.by ? name(*at.row.by) : "none", name(at.newest.state),
                                  at.newest.code.empty() ? "" : " " + at.newest.code));
        return {};
    }));
    return out;
}

ledger::run_document_item run_desk::document(std::string_view number) {
    return must(read()->invoice_runs().run_documents_with_number(number)).at(0);
}

ledger::run_item run_desk::run(std::string_view run_id) {
    return must(read()->invoice_runs().run_with_key(run_id)).value();
}

std::vector<std::string> run_desk::steps(std::string_view number) {
    std::vector<std::string> out;
    for (const auto& each : must(read()->invoice_runs().deliveries_of(document(number).row.id)))
        out.push_back(fmt::format("{} {}{}", each.row.by ? name(*each.row.by) : "none", name(each.newest.state),
                                  each.newest.code.empty() ? "" : " " + each.newest.code));
    return out;
}

void run_desk::send(const ledger::run_document_item& item, ledger::sending state) {
    auto into = begin();
    ledger::outgoing file;
    file.key = fmt::format("delivery:{}", ledger::format_id(item.now.row.id));
    file.partner = "operator";
    file.name = item.row.number;
    file.sha256 = sha256_hex(file.key);
    must(into->exchange().add_outgoing(file));
    must(into->exchange().add_event(file.id, {state, 1, {}, {}, 0}));
    ledger::delivery_event event;
    event.state = ledger::delivery_state::queued;
    event.outgoing_id = file.id;
    must(into->invoice_runs().add_delivery_event(item.now.row.id, event));
    must(into->commit());
}

ledger::receipt_answer run_desk::receipt(std::string_view number, ledger::channel by, ledger::delivery_state outcome,
                                         std::string_view code, std::string_view key) {
    ledger::told_receipt told;
    told.number = number;
    told.by = by;
    told.outcome = outcome;
    told.code = code;
    told.key = key.empty() ? fmt::format("{}{}{}{}", number, name(by), name(outcome), code) : std::string(key);
    auto into = begin();
    auto answer = must(take_receipt(told, terms, *into));
    must(into->commit());
    return answer;
}

}  // namespace brygga::billing::test
