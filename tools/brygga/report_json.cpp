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
    out["findings_total"] = report.findings->total();
    out["findings"] = json::array();
    for (const finding& each : report.findings->kept())
        out["findings"].push_back(finding_json(each, in_clear));
    // Bytes of a damaged file, and file names, may be no UTF-8: they are printed with U+FFFD.
    return out.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
}

}  // namespace brygga::command
