// brygga init, brygga intake --once | --watch
#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "connectors/filedrop/file_system.hpp"
#include "connectors/intake/fetching.hpp"
#include "formats/inspection/printable.hpp"
#include "tools/brygga/pipelines.hpp"
#include "tools/brygga/stop_on_signal.hpp"

namespace brygga::command {

namespace {

using inspection::printable;

struct intake_command {
    books_options where;
    bool once = false, watch = false, json = false;
};

void print_file(session& with, const intake::file_report& file) {
    with.out.write(fmt::format("{} {}/{}  claim {}{}{}\n", name(file.outcome), file.tenant, printable(file.name), file.claim,
                               file.reasons.empty() ? "" : "  because of ", fmt::join(file.reasons, ", ")));
    if (!file.first_received_at.empty())
        with.out.write(fmt::format("    the same content came first at {}\n", file.first_received_at));
    if (file.already_there != 0)
        with.out.write(fmt::format("    {} booked before, from another channel\n", counted(file.already_there, "deposit")));
    for (const intake::held_section& each : file.held)
        with.out.write(fmt::format("    waits: section {} of logical file {}, bankgiro {}, {}, {}\n", each.section_no,
                                   each.logical_no, printable(each.bankgiro), amount_text(each.amount_ore, each.currency),
                                   fmt::join(each.reasons, ", ")));
    if (!file.held.empty())
        with.out.write(fmt::format(
            "    to do: compare with the bank statement, then brygga intake release or refuse {} --section N --actor WHO "
            "--reason WHY (brygga rules {} says what a rule means)\n",
            file.claim, file.format));
    print_routes(with, file.routes);
}

}  // namespace

std::string deposit_text(const intake::left_out_deposit& deposit) {
    return fmt::format("section {}, bankgiro {}, {}, number {}, {}: {}", deposit.section_no, printable(deposit.bankgiro),
                       printable(deposit.payment_date), printable(deposit.serial),
                       amount_text(deposit.amount_ore, deposit.currency), printable(deposit.why));
}

void print_routes(session& with, const std::vector<intake::routed>& routes) {
    for (const intake::routed& each : routes) {
        if (!each.error.empty())
            with.out.write(fmt::format("    not handed on as {}: {}\n", each.to, printable(each.error)));
        else if (each.file.empty() && each.left_out.empty())
            with.out.write(fmt::format("    nothing to hand on as {}\n", each.to));
        else if (!each.file.empty())
            with.out.write(fmt::format("    handed on as {}: {}, {}\n", each.to, each.file, counted(each.sections, "deposit")));
        const std::size_t taken_back = intake::taken_back(each);
        if (each.left_out.size() != taken_back)
            with.out.write(fmt::format("    {} booked and not handed on as {}: enter by hand in the receiving system\n",
                                       counted(each.left_out.size() - taken_back, "deposit"), each.to));
        if (taken_back != 0)
            with.out.write(fmt::format(
                "    {} taken back by the bank and not handed on as {}: the receiving system may have got the payment "
                "before, and must take it back\n",
                counted(taken_back, "receipt"), each.to));
        for (const intake::left_out_deposit& deposit : each.left_out)
            with.out.write(fmt::format("      {}\n", deposit_text(deposit)));
        for (const std::string& note : each.notes)
            with.out.write(fmt::format("      {}\n", note));
        if (each.notes.size() < each.notes_total)
            with.out.write(fmt::format("      and {} more\n", each.notes_total - each.notes.size()));
    }
}

namespace {

void print_report(session& with, const intake::day_report& report, bool json) {
    if (json) {
        with.out.write(intake::to_json(report) + '\n');
        with.out.flush();
        return;
    }
    const intake::totals sums = report.sums();
    for (const intake::fetched_folder& each : report.fetched)
        with.out.write(fmt::format("fetched {} for {} from {}{}{}{}\n", counted(each.fetched, "file"), each.tenant, each.partner,
                                   each.folder.empty() ? "" : ":", printable(each.folder),
                                   each.changing == 0 ? "" : fmt::format(", {} still changing", each.changing)));
    for (const intake::file_report& each : report.files)
        print_file(with, each);
    for (const intake::failure& each : report.failures)
        with.out.write(fmt::format("failed {}{}{} at {}: {} (it is tried again)\n", each.tenant, each.name.empty() ? "" : "/",
                                   printable(each.name), each.at, printable(each.why.text)));
    for (const intake::left_file& each : report.left)
        with.out.write(fmt::format("left {}/{}: {}\n", each.tenant, printable(each.name), name(each.why)));
    with.out.write(fmt::format("{}: {} archived, {} held, {} rejected, {} failed\n", counted(report.files.size(), "file"),
                               report.count(ledger::file_outcome::archived), report.count(ledger::file_outcome::held),
                               report.count(ledger::file_outcome::rejected), report.failures.size()));
    with.out.write(fmt::format("{}, {}: {} matched, {} unmatched, {} held, {} not booked; {} with an advance\n",
                               counted(sums.payments, "payment"), counted(sums.deductions, "deduction"), sums.matched,
                               sums.unmatched, sums.held_payments, sums.not_booked(), sums.advances));
    if (sums.by_currency.empty()) with.out.write("booked nothing\n");
    for (const auto& [currency, each] : sums.by_currency) {
        with.out.write(fmt::format("booked {} = matched {} + suspense {} + advances {}\n", amount_text(each.booked_ore, currency),
                                   format_decimal_amount(each.matched_ore), format_decimal_amount(each.suspense_ore),
                                   format_decimal_amount(each.advances_ore)));
        if (!(each.difference_ore == 0))
            with.out.write(
                fmt::format("deposits differ from their payments by {}\n", amount_text(each.difference_ore, currency)));
    }
    with.out.flush();
}

}  // namespace

exit_code intake_once(session& with, const office& at, bool json, const std::stop_token& stop) {
    intake::day_report report;
    intake::fetch_once(at.in.with, *at.in.store, at.how, partners::connect, stop, report);
    intake::day_report booked = intake::intake_runner(at.in.with, *at.in.store, at.how).once(stop);
    booked.fetched = std::move(report.fetched);
    booked.failures.insert(booked.failures.begin(), report.failures.begin(), report.failures.end());
    report = std::move(booked);
    print_report(with, report, json);
    if (!report.failures.empty()) return exit_code::cannot_run;
    const bool all_booked = report.count(ledger::file_outcome::archived) == report.files.size() && report.left.empty();
    const bool all_handed_on = std::all_of(report.files.begin(), report.files.end(), [](const intake::file_report& file) {
        return std::all_of(file.routes.begin(), file.routes.end(),
                           [](const intake::routed& each) { return each.left_out.empty(); });
    });
    return all_booked && all_handed_on ? exit_code::clean : exit_code::found;
}

namespace {

exit_code run_watching(session& with, const office& at, bool json) {
    const stop_on_signal stop;
    intake::intake_runner runner(at.in.with, *at.in.store, at.how);
    const auto ended = runner.run(stop.token(), [&](const intake::day_report& report) { print_report(with, report, json); });
    return ended ? exit_code::clean : complain(ended.error());
}

exit_code run_intake(session& with, const intake_command& options) {
    if (options.where.config.empty()) return complain("--config is required; see brygga intake --help");
    if (options.once == options.watch) return complain("say --once or --watch; see brygga intake --help");
    if (options.watch && with.set_time) return complain("a clock that stands still cannot watch: --now goes with --once");
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    if (options.watch) return run_watching(with, **at, options.json);
    const stop_on_signal stop;
    return intake_once(with, **at, options.json, stop.token());
}

exit_code init(session& with, const books_options& where) {
    const auto config = config::load(where.config);
    if (!config) return complain(config.error());
    if (const auto made = config::init_folders(*config, filedrop::posix_file_system()); !made) return complain(made.error());
    const auto in = open_books(where, with, ledger_file::may_be_new);
    if (!in) return complain(in.error());
    for (const config::tenant& each : in->with.tenants)
        with.out.write(fmt::format("{}: deliver into {}\n", each.id, printable(each.inbox().string())));
    with.out.write(fmt::format("ledger: {}\n", printable(in->with.store.string())));
    return exit_code::clean;
}

}  // namespace

void add_intake_commands(CLI::App& app, session& with) {
    CLI::App* const init_command =
        add_command(app, "init", "Make the folders and the ledger that a configuration names", "Operation",
                    "  brygga init --config brygga.toml\n"
                    "\n"
                    "What is there stays. brygga config doc prints a configuration to begin with.");
    const auto init_where = std::make_shared<books_options>();
    init_where->add_config(*init_command);
    init_command->callback([&with, init_where] { with.chosen = [&with, init_where] { return init(with, *init_where); }; });

    CLI::App* const command = add_command(
        app, "intake", "Book the files in the inboxes, once or whenever one arrives, and decide what is held", "Operation",
        "  brygga intake --once --config brygga.toml\n"
        "  brygga intake --watch --json --config brygga.toml\n"
        "  brygga intake release in.txt --actor eva --reason 'agrees with the statement' --config brygga.toml\n"
        "\n"
        "--once first fetches what partners have for us ([[tenant.partner.fetch]]).\n"
        "Each file ends in archive/, held/ or rejected/ with a receipt that says why. Cut off at any point, the next run goes "
        "on.\n"
        "--watch ends at SIGINT or SIGTERM after the file at hand.\n"
        "Exit status of --once: 0 every file was booked whole and handed on as the routes say, 1 something was held, rejected "
        "or\n"
        "left in an inbox, or a deposit was booked and could not be handed on (brygga status shows it until it is\n"
        "acknowledged), 2 a file could not be worked on or handed over (it is tried again at the next run).");
    const auto options = std::make_shared<intake_command>();
    command->add_option("--config", options->where.config, "Configuration file (TOML)")
        ->envname("BRYGGA_CONFIG")
        ->type_name("FILE");
    options->where.add_die_at(*command);
    command->add_flag("--once", options->once, "Wait until what lies in the inboxes is whole, book it, and end");
    command->add_flag("--watch", options->watch, "Book whatever arrives until stopped");
    command->add_flag("--json", options->json, "Print each report as one JSON object on one line");
    command->require_subcommand(0, 1);
    add_decision_commands(*command, with);
    command->callback([&with, command, options] {
        if (command->get_subcommands().empty()) with.chosen = [&with, options] { return run_intake(with, *options); };
    });
}

}  // namespace brygga::command
