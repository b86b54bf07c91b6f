#include "connectors/intake/receipt.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "connectors/filedrop/claim.hpp"
#include "connectors/intake/detail/json_fields.hpp"
#include "connectors/intake/detail/routed_json.hpp"
#include "connectors/intake/detail/totals_json.hpp"
#include "connectors/intake/swedish_day.hpp"

namespace brygga::intake {

namespace {

using detail::list_of;
using detail::number_of;
using detail::text_of;
using detail::texts_of;
using nlohmann::json;

constexpr int receipt_version = 1;
constexpr std::array<std::string_view, 4> state_names = {"booked", "held", "refused", "already-there"};

std::string written(const json& object) {
    // A found text cut from damaged input may not be UTF-8 in spite of its contract: it must not stop the receipt.
    return object.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

void add_reason(std::vector<std::string>& to, std::string_view reason) {
    if (std::find(to.begin(), to.end(), reason) == to.end()) to.emplace_back(reason);
}

json finding_json(const finding& item) {
    return {{"rule", item.rule->id},       {"severity", name(item.level)},
            {"line", item.where.line},     {"columns", {item.where.first_column, item.where.last_column}},
            {"offset", item.where.offset}, {"path", item.path.empty() ? json(nullptr) : json(item.path)},
            {"record", item.record},       {"field", item.field},
            {"section", item.section},     {"found", item.personal ? masked(item.found) : item.found},
            {"expected", item.expected},   {"help", item.rule->help}};
}

json section_json(const inbound::section_result& section) {
    return {{"section_no", section.section_no},
            {"bankgiro", section.bankgiro},
            {"payment_date", section.payment_date},
            {"serial", section.serial},
            {"currency", section.currency},
            {"amount_ore", section.amount_ore},
            {"payments", section.payments},
            {"deductions", section.deductions},
            {"state", state_names[static_cast<std::size_t>(section.state)]},
            {"reasons", section.reasons}};
}

json logical_json(const inbound::logical_result& file) {
    json sections = json::array();
    for (const auto& section : file.sections)
        sections.push_back(section_json(section));
    json findings = json::array();
    for (const auto& item : file.findings)
        findings.push_back(finding_json(item));
    json out = {{"logical_no", file.logical_no},
                {"accepted", file.accepted},
                {"batch", file.batch_id == 0 ? json(nullptr) : json(ledger::format_id(file.batch_id))},
                {"totals", detail::to_json(totals_of(file))},
                {"sections", std::move(sections)},
                {"findings_total", file.findings_total},
                {"findings", std::move(findings)}};
    if (!file.outcomes.empty()) out["outcomes"] = file.outcomes;
    return out;
}

// Rules that refused a logical file, then reasons of sections that were not booked; each once, in file order.
void add_reasons(const inbound::logical_result& file, std::vector<std::string>& to) {
    if (!file.accepted)
        for (const finding& item : file.findings)
            if (item.level == severity::error) add_reason(to, item.rule->id);
    for (const auto& section : file.sections)
        if (section.state != inbound::section_state::booked)
            for (const std::string& reason : section.reasons)
                add_reason(to, reason);
}

json routes_json(const std::vector<routed>& from) {
    json out = json::array();
    for (const routed& each : from)
        out.push_back(detail::to_json(each));
    return out;
}

json base_json(const receipt_input& from) {
    const ledger::exchanged_file& file = *from.file;
    const auto received = filedrop::time_of_claim(file.claim);
    return {{"receipt", receipt_version},
            {"claim", file.claim},
            {"file_id", ledger::format_id(file.id)},
            {"tenant", from.tenant},
            {"received_at", received ? utc_text(*received) : std::string()},
            {"size_bytes", file.size_bytes},
            {"sha256", file.sha256},
            {"format", file.format.empty() ? json(nullptr) : json(file.format)},
            {"profile", file.profile.empty() ? json(nullptr) : json(file.profile)},
            {"log", {{"log_no", from.log.log_no}, {"sha256", from.log.hash}}},
            {"outcome", ledger::name(file.outcome)}};
}

json parsed(std::string_view text) {
    return json::parse(text.begin(), text.end(), nullptr, false);
}

json decision_json(const ledger::held_item& hold, const std::vector<ledger::handover_item>& handovers) {
    const json detail = parsed(hold.row.detail);
    json out = {{"logical_no", hold.row.logical_no},
                {"section_no", hold.row.section_no},
                {"verdict", *hold.verdict == ledger::hold_verdict::released ? "released" : "refused"},
                {"amount_ore", number_of<std::int64_t>(detail, "amount_ore")},
                {"counted_ore", detail.is_object() ? detail.value("counted_ore", json(0)) : json(0)},
                {"payments", number_of<std::uint64_t>(detail, "payments")},
                {"deductions", number_of<std::uint64_t>(detail, "deductions")}};
    for (const ledger::handover_item& each : handovers)
        if (each.row.logical_no == hold.row.logical_no && each.row.section_no == hold.row.section_no)
            out["routes"].push_back(detail::to_json(detail::routed_from(parsed(each.row.told))));
    return out;
}

bool decided(const json& receipt, std::uint32_t logical_no, std::uint32_t section_no) {
    const json& decisions = list_of(receipt, "decisions");
    return std::any_of(decisions.begin(), decisions.end(), [&](const json& each) {
        return number_of<std::uint32_t>(each, "logical_no") == logical_no &&
               number_of<std::uint32_t>(each, "section_no") == section_no;
    });
}

std::vector<held_section> held_sections(const json& receipt) {
    std::vector<held_section> out;
    for (const json& file : list_of(receipt, "logical_files")) {
        const auto logical_no = number_of<std::uint32_t>(file, "logical_no");
        for (const json& section : list_of(file, "sections")) {
            const auto section_no = number_of<std::uint32_t>(section, "section_no");
            if (text_of(section, "state") != "held" || decided(receipt, logical_no, section_no)) continue;
            out.push_back({logical_no, section_no, text_of(section, "bankgiro"), text_of(section, "currency"),
                           number_of<std::int64_t>(section, "amount_ore"), texts_of(section, "reasons")});
        }
    }
    return out;
}

std::optional<ledger::file_outcome> parse_outcome(std::string_view text) {
    for (const auto outcome : {ledger::file_outcome::archived, ledger::file_outcome::held, ledger::file_outcome::rejected})
        if (text == ledger::name(outcome)) return outcome;
    return std::nullopt;
}

}  // namespace

std::string make_receipt(const receipt_input& from) {
    json out = base_json(from);
    std::vector<std::string> reasons = from.reasons;
    totals sums;
    json logical_files = json::array();
    if (from.content != nullptr) {
        for (const auto& file : from.content->files) {
            add_reasons(file, reasons);
            sums += totals_of(file);
            logical_files.push_back(logical_json(file));
        }
    }
    out["reasons"] = reasons;
    if (!from.error.empty()) out["error"] = from.error;
    if (from.first) out["first_delivery"] = {{"claim", from.first->claim}, {"received_at", from.first->received_at}};
    if (!from.routes.empty()) out["routes"] = routes_json(from.routes);
    out["totals"] = detail::to_json(sums);
    out["logical_files"] = std::move(logical_files);
    return written(out);
}

std::string with_decisions(std::string_view receipt, ledger::file_outcome now, const std::vector<ledger::held_item>& holds,
                           const std::vector<ledger::handover_item>& handovers) {
    json out = parsed(receipt);
    if (!out.is_object()) return std::string(receipt);
    json decisions = json::array();
    for (const ledger::held_item& hold : holds)
        if (hold.row.subject == ledger::hold_subject::section && hold.verdict)
            decisions.push_back(decision_json(hold, handovers));
    if (decisions.empty()) return std::string(receipt);
    out["outcome"] = ledger::name(now);
    out["decisions"] = std::move(decisions);
    return written(out);
}

result<file_report> read_receipt(std::string_view text) {
    const json receipt = parsed(text);
    const auto outcome = receipt.is_object() ? parse_outcome(text_of(receipt, "outcome")) : std::nullopt;
    if (!outcome || number_of<int>(receipt, "receipt") != receipt_version)
        return fail(error_code::invalid_content, "the text is no receipt of this version");
    file_report out;
    out.tenant = text_of(receipt, "tenant");
    out.claim = text_of(receipt, "claim");
    out.file_id = text_of(receipt, "file_id");
    out.format = text_of(receipt, "format");
    out.outcome = *outcome;
    out.reasons = texts_of(receipt, "reasons");
    out.held = held_sections(receipt);
    for (const json& file : list_of(receipt, "logical_files"))
        for (const json& section : list_of(file, "sections"))
            if (text_of(section, "state") == "already-there") ++out.already_there;
    for (const json& each : list_of(receipt, "routes"))
        out.routes.push_back(detail::routed_from(each));
    if (const auto at = receipt.find("totals"); at != receipt.end()) out.sums = detail::totals_from(*at);
    if (const auto at = receipt.find("first_delivery"); at != receipt.end()) out.first_received_at = text_of(*at, "received_at");
    return out;
}

ledger::file_outcome place_of(const ledger::exchanged_file& file, const std::vector<ledger::held_item>& holds) {
    using ledger::file_outcome;
    if (file.outcome != file_outcome::held) return file.outcome;
    bool refused = false;
    for (const ledger::held_item& hold : holds) {
        if (hold.row.subject != ledger::hold_subject::section) continue;
        if (!hold.verdict) return file_outcome::held;
        refused = refused || *hold.verdict == ledger::hold_verdict::refused;
    }
    const auto content = read_receipt(file.receipt);
    const bool whole_file_refused = content && content->sums.accepted_files != content->sums.logical_files;
    return refused || whole_file_refused ? file_outcome::rejected : file_outcome::archived;
}

}  // namespace brygga::intake
