#include "mapping/inbound/sections.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "mapping/inbound/reasons.hpp"
#include "mapping/inbound/sum_json.hpp"

namespace brygga::inbound {

namespace {

using nlohmann::json;

section_state state_of(const section_plan& section) {
    if (section.already_in != 0) return section_state::already_there;
    return section.held_by.empty() ? section_state::booked : section_state::held;
}

result<void> hold_section(const section_plan& section, const ledger::exchanged_file& file, std::uint32_t logical_no,
                          ledger::transaction& into) {
    ledger::hold item;
    item.file_id = file.id;
    item.subject = ledger::hold_subject::section;
    item.logical_no = logical_no;
    item.section_no = section.row.section_no;
    item.reasons = fmt::format("{}", fmt::join(section.held_by, ","));
    json detail{{"bankgiro", section.row.bankgiro},
                {"payment_date", section.has_date ? format_iso_date(section.row.payment_date) : std::string()},
                {"serial", section.row.serial},
                {"currency", section.row.currency},
                {"amount_ore", section.row.amount_ore},
                {"counted_ore", as_json(section.counted_ore)},
                {"payments", section.payments},
                {"deductions", section.deductions}};
    if (!section.may_repeat.empty()) detail["may_repeat"] = section.may_repeat;
    item.detail = detail.dump();
    auto added = into.add_hold(item);
    if (!added) return added;
    const json logged{{"logical_no", logical_no}, {"section_no", item.section_no}, {"reasons", item.reasons}};
    return into.append_log("section-held", item.id, logged.dump());
}

// {"SEK": 204950}
json booked_json(const logical_result& told) {
    json out = json::object();
    for (const auto& [currency, sums] : told.sums)
        out[currency] = as_json(sums.booked_ore);
    return out;
}

}  // namespace

const receiver* receiver_of(const settings& with, std::string_view bankgiro) noexcept {
    for (const receiver& each : with.receivers)
        if (each.bankgiro == bankgiro) return &each;
    return nullptr;
}

void add_once(std::vector<std::string_view>& ids, std::string_view id) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

result<open_section> begin_section(section_plan& section, ledger::row_id batch_id, const settings& with,
                                   ledger::transaction& into) {
    section.row.batch_id = batch_id;
    auto added = into.add_deposit(section.row);
    if (!added) return tl::unexpected(added.error());
    const receiver* ours = receiver_of(with, section.row.bankgiro);
    return open_section{{batch_id, section.row.id, section.row.bankgiro, section.row.currency, section.row.payment_date},
                        {ours == nullptr ? ocr_agreement{} : ours->ocr, with.advance_covers_overdue}};
}

bool same_money(const section_plan& section, const ledger::known_deposit& known) noexcept {
    return known.amount_ore == section.row.amount_ore && known.currency == section.row.currency;
}

section_result result_of(const section_plan& section, section_state state) {
    section_result made;
    made.section_no = section.row.section_no;
    made.bankgiro = section.row.bankgiro;
    made.payment_date = section.has_date ? format_iso_date(section.row.payment_date) : std::string();
    made.serial = section.row.serial;
    made.currency = section.row.currency;
    made.amount_ore = section.row.amount_ore;
    made.payments = section.payments;
    made.deductions = section.deductions;
    made.repeated = section.repeated;
    made.state = state;
    made.reasons.assign(section.held_by.begin(), section.held_by.end());
    return made;
}

void tell_sections(std::span<const section_plan> sections, bool accepted, logical_result& into) {
    for (const section_plan& each : sections) {
        into.sections.push_back(result_of(each, accepted ? state_of(each) : section_state::refused));
        into.payments += each.payments;
        into.deductions += each.deductions;
    }
}

void tell_findings(std::initializer_list<const finding_list*> lists, logical_result& into) {
    for (const finding_list* list : lists) {
        into.findings.insert(into.findings.end(), list->kept().begin(), list->kept().end());
        into.findings_total += list->total();
    }
}

result<void> post_difference(const section_plan& section, ledger::transaction& into, logical_result& counts) {
    ore_sum difference;
    difference += section.row.amount_ore;
    difference -= section.counted_ore;
    if (!section.has_amount || difference == 0) return {};
    const auto off_ore = difference.value();
    if (!off_ore)
        return fail(error_code::invalid_content,
                    fmt::format("deposit and payments of section {} differ by more than an amount can hold: refuse it",
                                section.row.section_no));
    const std::int64_t off = *off_ore;
    ledger::entry item;
    item.kind = ledger::entry_kind::difference;
    item.source_id = section.row.id;
    item.value_date = section.row.payment_date;
    item.postings = {{ledger::account::bank, off, section.row.currency, section.row.id, 0, {}, reason::deposit_differs},
                     {ledger::account::difference, -off, section.row.currency, section.row.id, 0, {}, reason::deposit_differs}};
    counts.sums[section.row.currency].difference_ore += off;
    return into.add_entry(item);
}

result<void> hold_sections(std::span<const section_plan> sections, const ledger::exchanged_file& file, std::uint32_t logical_no,
                           ledger::transaction& into) {
    for (const section_plan& each : sections) {
        if (state_of(each) != section_state::held) continue;
        auto held = hold_section(each, file, logical_no, into);
        if (!held) return held;
    }
    return {};
}

result<void> record_skipped(std::span<const section_plan> sections, ledger::row_id batch_id, std::string_view rule,
                            ledger::transaction& into) {
    for (const section_plan& each : sections) {
        if (each.already_in == 0) continue;
        auto added = into.add_skipped({batch_id, each.row.section_no, each.already_in, std::string(rule)});
        if (!added) return added;
    }
    return {};
}

result<void> log_refused(const logical_result& told, const ledger::exchanged_file& file, ledger::transaction& into) {
    json rules = json::array();
    for (const finding& each : told.findings)
        if (each.level == severity::error && std::find(rules.begin(), rules.end(), each.rule->id) == rules.end())
            rules.push_back(each.rule->id);
    const json logged{{"logical_no", told.logical_no}, {"rules", rules}};
    return into.append_log("file-refused", file.id, logged.dump());
}

result<void> log_accepted(const logical_result& told, const ledger::exchanged_file& file, ledger::transaction& into) {
    const auto in_state = [&](section_state wanted) {
        return std::count_if(told.sections.begin(), told.sections.end(),
                             [&](const section_result& each) { return each.state == wanted; });
    };
    json logged{
        {"logical_no", told.logical_no},  {"sections", told.sections.size()}, {"sections_held", in_state(section_state::held)},
        {"payments", told.payments},      {"deductions", told.deductions},    {"booked_ore", booked_json(told)},
        {"findings", told.findings_total}};
    if (const auto there = in_state(section_state::already_there); there != 0) logged["sections_already_there"] = there;
    if (told.skipped != 0) logged["skipped"] = told.skipped;
    return into.append_log("file-accepted", told.batch_id != 0 ? told.batch_id : file.id, logged.dump());
}

result<void> tell_released(const section_plan& section, const section_release& by,
                           std::initializer_list<const finding_list*> lists, ledger::transaction& into, logical_result& told) {
    told.sections.push_back(result_of(section, section_state::booked));
    told.payments = section.payments;
    told.deductions = section.deductions;
    tell_findings(lists, told);
    std::erase_if(told.findings, [&](const finding& each) { return each.section != section.row.section_no; });
    told.findings_total = told.findings.size();
    json logged{{"logical_no", told.logical_no}, {"section_no", section.row.section_no}, {"booked_ore", booked_json(told)}};
    for (const ledger::row_id each : by.other_than)
        logged["other_than"].push_back(ledger::format_id(each));
    return into.append_log("section-booked", told.batch_id, logged.dump());
}

result<void> is_ours(const section_plan& section, const settings& with) {
    if (with.receivers.empty() || receiver_of(with, section.row.bankgiro) != nullptr) return {};
    return fail(error_code::conflict,
                fmt::format("section {} was paid to a bankgiro that is not among this company's: refuse it and deliver the "
                            "file to the company whose it is, or add the bankgiro to the configuration",
                            section.row.section_no));
}

}  // namespace brygga::inbound
