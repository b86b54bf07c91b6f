#include "tools/brygga/report_json.hpp"

#include <charconv>

#include <nlohmann/json.hpp>

namespace brygga::command {

namespace {

using json = nlohmann::ordered_json;

json text_or_null(std::string_view text) {
    return text.empty() ? json(nullptr) : json(text);
}

json sum_json(const std::string& digits) {
    std::int64_t value = 0;
    const auto [stop, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return failed == std::errc() && stop == digits.data() + digits.size() ? json(value) : json(digits);
}

json finding_json(const finding& item, bool in_clear) {
    json out;
    out["rule"] = item.rule->id;
    out["severity"] = name(item.level);
    out["line"] = item.where.line == 0 ? json(nullptr) : json(item.where.line);
    out["columns"] = item.where.first_column == 0 ? json(nullptr) : json{item.where.first_column, item.where.last_column};
    out["offset"] = item.where.line == 0 ? json(nullptr) : json(item.where.offset);
    out["path"] = text_or_null(item.path);
    out["record"] = text_or_null(item.record);
    out["field"] = text_or_null(item.field);
    out["section"] = item.section == 0 ? json(nullptr) : json(item.section);
    out["serial"] = text_or_null(item.serial);
    out["found"] = item.personal && !in_clear ? masked(item.found) : item.found;
    out["expected"] = item.expected;
    out["help"] = item.rule->help;
    return out;
}

void add_findings(json& to, const finding_list& findings, bool in_clear) {
    to["findings_total"] = findings.total();
    to["findings"] = json::array();
    for (const finding& each : findings.kept())
        to["findings"].push_back(finding_json(each, in_clear));
}

std::string line_of(const json& object) {
    // Bytes of a damaged file, and file names, may be no UTF-8: they are printed with U+FFFD.
    return object.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
}

}  // namespace

std::string report_json(std::string_view file_name, const format& which, std::string_view profile, const check_report& report,
                        bool in_clear) {
    json out;
    out["file"] = file_name;
    out["logical_no"] = report.logical_no;
    out["format"] = which.id();
    out["version"] = report.version;
    out["accepted"] = report.accepted;
    out["profile"] = text_or_null(profile);
    out["records"] = json::object();
    for (const auto& [code, count] : report.records)
        out["records"][code] = count;
    out["sums_ore"] = json::object();
    for (const auto& [what, sum] : report.sums_ore)
        out["sums_ore"][what] = sum_json(sum);
    add_findings(out, *report.findings, in_clear);
    return line_of(out);
}

std::string seal_json(std::string_view file_name, const seal::verification& what) {
    const auto digits_or_null = [](const std::optional<seal::mac>& value) { return value ? json(value->text()) : json(nullptr); };
    json out;
    out["file"] = file_name;
    out["verdict"] = name(what.is);
    out["accepted"] = what.is == seal::verdict::ok;
    out["opening_date"] = text_or_null(what.opening_date);
    out["closing_date"] = text_or_null(what.closing_date);
    out["kvv"] = digits_or_null(what.kvv);
    out["mac"] = digits_or_null(what.found);
    out["expected_mac"] = digits_or_null(what.expected);
    out["records"] = what.records;
    out["inner"] = {what.inner_begin, what.inner_end};
    add_findings(out, what.findings, true);
    return line_of(out);
}

}  // namespace brygga::command
