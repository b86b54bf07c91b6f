// The command: reads the command line, runs what it chose, and turns every end into an exit status (README.md).
#include <cerrno>
#include <cstring>
#include <exception>
#include <filesystem>
#include <sstream>

#include <fmt/format.h>

#include "connectors/config/settings.hpp"
#include "tools/brygga/layout_files.hpp"
#include "tools/brygga/session.hpp"

namespace {

using brygga::command::complain;
using brygga::command::exit_code;
using brygga::command::session;

void describe(CLI::App& app, session& with) {
    app.set_version_flag("--version", "brygga " BRYGGA_VERSION);
    app.add_option("--now", with.now)->group("");  // a clock that stands there, for tests and demonstrations
    app.add_option("--layouts", with.layouts,
                   "Folder whose files *.layout describe more formats (else those of the configuration, or of a folder layouts)")
        ->envname("BRYGGA_LAYOUTS")
        ->type_name("FOLDER");
    app.require_subcommand(1);
    app.footer(
        "Each command has examples: brygga COMMAND --help.\n"
        "FILE may be - for standard input. Exit status: 0 clean, 1 something was found or waits for a person, 2 the command "
        "could "
        "not run.\n"
        "Colours are used on a terminal only; NO_COLOR=1 turns them off.");
    brygga::command::add_catalogue_commands(app, with);
    brygga::command::add_layout_commands(app, with);
    brygga::command::add_check_command(app, with);
    brygga::command::add_inspection_commands(app, with);
    brygga::command::add_conversion_commands(app, with);
    brygga::command::add_convert_command(app, with);
    brygga::command::add_generate_command(app, with);
    brygga::command::add_seal_commands(app, with);
    brygga::command::add_exchange_commands(app, with);
    brygga::command::add_intake_commands(app, with);
    brygga::command::add_dispatch_commands(app, with);
    brygga::command::add_run_command(app, with);
    brygga::command::add_config_commands(app, with);
    brygga::command::add_ledger_commands(app, with);
    brygga::command::add_autogiro_commands(app, with);
    brygga::command::add_mandate_commands(app, with);
    brygga::command::add_payout_commands(app, with);
    brygga::command::add_registration_commands(app, with);
    brygga::command::add_letter_command(app, with);
    brygga::command::add_protected_commands(app, with);
    brygga::command::add_claim_commands(app, with);
    brygga::command::add_invoice_run_commands(app, with);
    brygga::command::add_matter_commands(app, with);
    brygga::command::add_originals_commands(app, with);
    brygga::command::add_redelivery_commands(app, with);
    brygga::command::add_retain_command(app, with);
    brygga::command::add_operation_commands(app, with);
}

// "brygga ledger why", as far as the command line was understood.
std::string command_of(const CLI::App& app) {
    std::string name = app.get_name();
    for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
        at = at->get_subcommands().front();
        name += " " + at->get_name();
    }
    return name;
}

// Help and version are no errors; anything else wrong with the command line is one sentence.
exit_code parse_failure(CLI::App& app, const CLI::ParseError& failure, session& with) {
    if (failure.get_exit_code() != 0) {
        const std::vector<std::string> unknown = app.remaining();
        const std::string help = command_of(app) + " --help";
        if (!unknown.empty()) return complain(fmt::format("'{}' is no command or option; see {}", unknown.front(), help));
        return complain(fmt::format("{}; see {}", failure.what(), help));
    }
    std::ostringstream text;
    app.exit(failure, text, text);
    with.out.write(text.str());
    return exit_code::clean;
}

// Of the command that was chosen; empty where it has none.
std::string config_of(const CLI::App& app) {
    const CLI::App* chosen = &app;
    while (!chosen->get_subcommands().empty())
        chosen = chosen->get_subcommands().front();
    const CLI::Option* const config = chosen->get_option_no_throw("--config");
    return config == nullptr || config->results().empty() ? std::string() : config->results().front();
}

// Of the option, else of the configuration, else of the folder of that name.
exit_code load_layouts(const CLI::App& app, const session& with) {
    constexpr std::string_view usual = "layouts";
    if (with.describes_layouts) return exit_code::clean;
    if (!with.layouts.empty()) return brygga::command::load_layouts(with.layouts);
    const std::filesystem::path configured = brygga::config::layouts_in(config_of(app));
    if (!configured.empty()) return brygga::command::load_layouts(configured);
    std::error_code none;
    return std::filesystem::is_directory(usual, none) ? brygga::command::load_layouts(usual) : exit_code::clean;
}

exit_code run(int argc, char** argv, session& with) {
    CLI::App app("Swedish bank files and a receivables ledger: check, show, convert, book.", "brygga");
    describe(app, with);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& failure) {
        return parse_failure(app, failure, with);
    }
    if (const auto set = with.set_the_clock(); !set) return complain(set.error());
    if (const exit_code loaded = load_layouts(app, with); loaded != exit_code::clean) return loaded;
    return with.chosen();
}

}  // namespace

int main(int argc, char** argv) {
    brygga::command::prepare_process();
    exit_code outcome = exit_code::cannot_run;
    try {
        session with;
        outcome = run(argc, argv, with);
        with.out.flush();
    } catch (const brygga::command::output_failure& failure) {
        // Who closed the pipe has seen enough: no message.
        outcome = exit_code::cannot_run;
        if (failure.error_number != EPIPE)
            complain(fmt::format("cannot write the output: {}", std::strerror(failure.error_number)));
    } catch (const std::exception& failure) {
        outcome = complain(failure.what());
    }
    return static_cast<int>(outcome);
}
