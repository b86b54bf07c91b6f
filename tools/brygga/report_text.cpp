#include "tools/brygga/report_text.hpp"

#include <charconv>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "formats/inspection/printable.hpp"
#include "tools/brygga/terminal.hpp"

namespace brygga::command {

namespace {

std::string_view colour_of(severity level) noexcept {
    switch (level) {
        case severity::info:
            return "\x1B[2m";
        case severity::warning:
            return "\x1B[33m";
        case severity::hold:
            return "\x1B[35m";
        case severity::error:
            return "\x1B[31m";
    }
    return {};
}

std::string kronor(const std::string& ore) {
    std::int64_t value = 0;
    const auto [stop, failed] = std::from_chars(ore.data(), ore.data() + ore.size(), value);
    return failed == std::errc() && stop == ore.data() + ore.size() ? format_decimal_amount(value) : ore + " öre";
}

}  // namespace

std::string report_text(const std::string& file_name, const format& which, const check_report& report, bool in_clear,
                        bool colour) {
    const std::uint64_t total = report.findings->total();
    std::string out = fmt::format("{}: file {}, {}{}{}, {}, {}\n", inspection::printable(file_name), report.logical_no,
                                  which.id(), report.version.empty() ? "" : " ", inspection::printable(report.version),
                                  report.accepted ? "accepted" : "refused", counted(total, "finding"));
    if (!report.records.empty()) {
        out += "  records ";
        for (const auto& [code, count] : report.records)
            out += fmt::format(" {}: {}", inspection::printable(code), count);
        out += '\n';
    }
    if (!report.sums_ore.empty() && !report.records.empty()) {
        out += "  sums    ";
        for (const auto& [what, sum] : report.sums_ore)
            out += fmt::format(" {} {}", what, kronor(sum));
        out += '\n';
    }
    for (const finding& each : report.findings->kept()) {
        const std::string text = inspection::printable(describe(each, in_clear));
        out += colour ? fmt::format("  {}{}\x1B[0m\n", colour_of(each.level), text) : fmt::format("  {}\n", text);
    }
    const std::size_t kept = report.findings->kept().size();
    if (kept < total) out += fmt::format("  and {} more\n", total - kept);
    return out;
}

}  // namespace brygga::command
