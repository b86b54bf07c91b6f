// brygga replay FILE, brygga rebuild DATE
#include "connectors/intake/redelivery.hpp"

#include <memory>

#include <fmt/format.h>

#include "formats/inspection/printable.hpp"
#include "tools/brygga/pipelines.hpp"
#include "tools/brygga/terminal.hpp"

namespace brygga::command {

namespace {

struct replay_command {
    books_options where;
    std::string file;
};

exit_code run_replay(session& with, const replay_command& options) {
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    const auto& [in, log, how] = **at;
    const auto who = chosen_tenant(in, options.where);
    if (!who) return complain(who.error());
    const auto name = intake::replay(in.with, *in.store, how, (*who)->id, options.file);
    if (!name) return complain(name.error());
    with.out.write(fmt::format("{} lies in the inbox of {} again: the next intake takes it as a new delivery\n",
                               inspection::printable(*name), (*who)->id));
    return exit_code::clean;
}

struct rebuild_command {
    books_options where;
    std::string day;
    intake::day_to_rebuild what;
};

void print(session& with, const intake::rebuilt_day& told, const rebuild_command& options) {
    with.out.write(fmt::format("{} {}: {} in the ledger, {} {}\n", options.what.tenant, options.day, counted(told.known, "file"),
                               told.taken.size(), options.what.dry ? "would be booked again" : "taken back for the next intake"));
    for (const std::string& each : told.taken)
        with.out.write(fmt::format("  claim {}\n", each));
    for (const std::string& each : told.handed_on)
        with.out.write(fmt::format(
            "  claim {} is left: a route has handed it on, and its receiver would get it twice (--hand-on-again)\n", each));
    for (const std::string& each : told.foreign)
        with.out.write(fmt::format(
            "  {} is left: it cannot be read, or its file is gone, has other bytes or belongs elsewhere by the ledger\n",
            inspection::printable(each)));
}

exit_code run_rebuild(session& with, rebuild_command options) {
    const auto day = parse_iso_date(options.day);
    if (!day) return complain(fmt::format("'{}' is no date; write 2026-11-20", inspection::printable(options.day)));
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    const auto& [in, log, how] = **at;
    const auto who = chosen_tenant(in, options.where);
    if (!who) return complain(who.error());
    options.what.tenant = (*who)->id;
    options.what.day = *day;
    const auto told = intake::rebuild(in.with, *in.store, how, options.what);
    if (!told) return complain(told.error());
    print(with, *told, options);
    return told->handed_on.empty() && told->foreign.empty() ? exit_code::clean : exit_code::found;
}

}  // namespace

void add_redelivery_commands(CLI::App& app, session& with) {
    CLI::App* const replay =
        add_command(app, "replay", "Lay a rejected file into the inbox once more", "Operation",
                    "  brygga replay 0SA94VZJP77RS --config brygga.toml\n"
                    "\n"
                    "Its original, byte for byte: after a deviation profile or a bankgiro number was added to the configuration. "
                    "FILE is the\n"
                    "claim id, the file id or the delivered name. What was booked or waits for a decision is not taken again.");
    const auto file = std::make_shared<replay_command>();
    file->where.add_config(*replay);
    file->where.add_tenant(*replay);
    replay->add_option("file", file->file, "Rejected file: claim id, file id or name")->required()->type_name("FILE");
    replay->callback([&with, file] { with.chosen = [&with, file] { return run_replay(with, *file); }; });

    CLI::App* const rebuild = add_command(
        app, "rebuild", "Book again what came on a day and a restored ledger does not have", "Operation",
        "  brygga rebuild 2026-11-20 --dry-run --config brygga.toml\n"
        "  brygga rebuild 2026-11-20 --config brygga.toml && brygga intake --once --config brygga.toml\n"
        "\n"
        "After the ledger was restored from a backup: files in archive/, held/ and rejected/ whose claim it does not "
        "know go back\n"
        "to work/, and the next intake books them under their own claims. Decisions on what was held are made anew, "
        "and what was\n"
        "sent since the backup is not known: compare with the partners. What a route has handed on is left, unless\n"
        "--hand-on-again says that its receiver will not read it twice. It goes by the receipts: [retention] archive_days and\n"
        "rejected_days must be longer than the oldest backup is old.\n"
        "Exit status: 0 done, 1 something was left, 2 it could not be tried.");
    const auto day = std::make_shared<rebuild_command>();
    day->where.add_config(*rebuild);
    day->where.add_tenant(*rebuild);
    day->where.add_die_at(*rebuild);
    rebuild->add_option("date", day->day, "Swedish day on which the files came")->required()->type_name("DATE");
    rebuild->add_flag("--dry-run", day->what.dry, "Only tell what would be done");
    rebuild->add_flag("--hand-on-again", day->what.hand_on_again, "Also what a route has handed on");
    rebuild->callback([&with, day] { with.chosen = [&with, day] { return run_rebuild(with, *day); }; });
}

}  // namespace brygga::command
