// brygga check FILE...
#include <charconv>
#include <memory>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "formats/inspection/printable.hpp"
#include "tools/brygga/input.hpp"
#include "tools/brygga/report_json.hpp"
#include "tools/brygga/session.hpp"

namespace brygga::command {

namespace {

struct check_options {
    std::vector<std::string> files;
    reading_options how;
    bool json = false;
    bool in_clear = false;
};

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

exit_code check_file(session& with, const check_options& options, const std::string& name) {
    auto source = open_input(name);
    if (!source) return complain(source.error());
    const std::string shown_name = name == standard_input_name ? "standard input" : name;
    const auto which = choose_format(options.how, source->bytes(), shown_name);
    if (!which) return complain(which.error());
    auto settings = settings_of(options.how, **which, with);
    if (!settings) return complain(settings.error());
    progress shown(shown_name, source->bytes().size());
    follow(*settings, *source, shown);
    exit_code outcome = exit_code::clean;
    const bool colour = colours_wanted();
    (*which)->check(source->bytes(), *settings, [&](const check_report& report) {
        if (report.findings->refused()) outcome = exit_code::found;
        with.out.write(options.json ? report_json(name, **which, settings->policy.profile.name, report, options.in_clear)
                                    : report_text(shown_name, **which, report, options.in_clear, colour));
    });
    return outcome;
}

// A file that cannot be read does not stop the others.
exit_code check_files(session& with, const check_options& options) {
    exit_code outcome = exit_code::clean;
    for (const std::string& name : options.files)
        outcome = worse(outcome, check_file(with, options, name));
    return outcome;
}

}  // namespace

void add_check_command(CLI::App& app, session& with) {
    CLI::App* const check =
        add_command(app, "check", "Check files against every rule of their format and print what is found", "Files",
                    "  brygga check in.txt\n"
                    "  brygga check --json archive/*.txt | jq .findings\n"
                    "  zcat in.txt.gz | brygga check --rules BGMAX-R32,BGMAX-R37 -\n"
                    "\n"
                    "Exit status: 0 nothing of level error, 1 findings of level error, 2 a file could not be read.\n"
                    "Severities: info, warning, hold (a payment or section waits for a person),\n"
                    "error (the file is refused).");
    const auto options = std::make_shared<check_options>();
    check->add_option("file", options->files, "Files to check; - is standard input")->required()->type_name("FILE");
    options->how.add_format(*check);
    options->how.add_profile(*check);
    options->how.add_profile_config(*check);
    options->how.add_encoding(*check);
    check->add_option("--rules", options->how.rules, "Evaluate only these rules")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("ID,ID");
    check->add_flag("--test-system", options->how.test_system,
                    "Check as a test system does: test files are welcome, others warn");
    check->add_flag("--json", options->json, "Print one JSON object per logical file, one per line");
    check->add_flag("--show-personal", options->in_clear, "Print names, accounts and other personal data of findings in clear");
    check->callback([&with, options] { with.chosen = [&with, options] { return check_files(with, *options); }; });
}

}  // namespace brygga::command
