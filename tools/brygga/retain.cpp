// brygga retain --once | --dry-run
#include <memory>

#include <fmt/format.h>

#include "connectors/retention/retention.hpp"
#include "formats/inspection/printable.hpp"
#include "tools/brygga/books.hpp"
#include "tools/brygga/stop_on_signal.hpp"
#include "tools/brygga/terminal.hpp"

namespace brygga::command {

namespace {

struct retain_command {
    books_options where;
    bool once = false, dry_run = false;
};

std::string amount_of(const retention::amount& of, bool dry_run) {
    return fmt::format("{} {}, {}", counted(of.files, "file"), dry_run ? "would be removed" : "removed",
                       counted(of.bytes, "byte"));
}

std::string unknown_text(std::uint64_t names) {
    return names == 0 ? std::string() : fmt::format("; {} unknown, kept", names);
}

exit_code print_report(session& with, const retention::retention_report& told, bool dry_run) {
    bool speaks_of_originals = false;
    for (const retention::kind_report& each : told.kinds) {
        with.out.write(fmt::format("{} {}: {}{}\n", each.tenant, name(each.what), amount_of(each.removed, dry_run),
                                   unknown_text(each.unknown)));
        speaks_of_originals = speaks_of_originals || each.what == retention::kind::originals;
    }
    if (speaks_of_originals)
        with.out.write(
            fmt::format("folder of originals: {}{}\n", amount_of(told.originals, dry_run), unknown_text(told.unknown_originals)));
    for (const retention::trouble& each : told.troubles)
        with.out.write(fmt::format("failed {}{}{}: {} (it is tried again)\n", each.tenant, each.tenant.empty() ? "" : " ",
                                   name(each.what), inspection::printable(each.why.text)));
    return told.troubles.empty() ? exit_code::clean : exit_code::found;
}

exit_code run_retain(session& with, const retain_command& options) {
    if (options.once == options.dry_run) return complain("say --once or --dry-run; see brygga retain --help");
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    const config::settings& what = (*at)->in.with;
    if (what.retention.empty()) {
        with.out.write("the configuration says nothing in [retention]: everything is kept\n");
        return exit_code::clean;
    }
    const stop_on_signal stop;
    const auto told = retention::retain(what, *(*at)->in.store, (*at)->how,
                                        options.dry_run ? retention::extent::nothing : retention::extent::all, stop.token());
    return print_report(with, told, options.dry_run);
}

}  // namespace

void add_retain_command(CLI::App& app, session& with) {
    CLI::App* const command = add_command(
        app, "retain", "Remove what has been kept as long as [retention] says", "Operation",
        "  brygga retain --dry-run --config brygga.toml\n"
        "  brygga retain --once --config brygga.toml\n"
        "\n"
        "Originals of files that came or were sent, and the copies with their receipts in archive/ and rejected/. What waits "
        "for\n"
        "somebody stays: held, in suspense, left out of a handover, queued, failed, refused, rejected, unanswered. An original "
        "that "
        "several\n"
        "companies use goes when the last of them may let it go. The ledger says of each that retention removed it, and brygga\n"
        "verify tells it from one that is lost. What the ledger does not know is counted and never touched.\n"
        "brygga run does this each night at 03:00 Swedish time.\n"
        "Exit status: 0 done, 1 something could not be removed now, 2 it could not be tried.");
    const auto options = std::make_shared<retain_command>();
    options->where.add_config(*command);
    options->where.add_die_at(*command);
    command->add_flag("--once", options->once, "Remove it");
    command->add_flag("--dry-run", options->dry_run, "Only tell how much it is");
    command->callback([&with, options] { with.chosen = [&with, options] { return run_retain(with, *options); }; });
}

}  // namespace brygga::command
