// brygga check FILE...
#include <memory>

#include <fmt/format.h>

#include "tools/brygga/input.hpp"
#include "tools/brygga/report_json.hpp"
#include "tools/brygga/report_text.hpp"
#include "tools/brygga/session.hpp"

namespace brygga::command {

namespace {

struct check_options {
    std::vector<std::string> files;
    reading_options how;
    bool json = false;
    bool in_clear = false;
};

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
