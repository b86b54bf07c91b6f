// brygga intake release | refuse FILE: a person's word on a held section.
#include <memory>

#include <fmt/format.h>

#include "connectors/intake/decisions.hpp"
#include "formats/layout/printable.hpp"
#include "tools/brygga/intake.hpp"

namespace brygga::command {

namespace {

struct decide_command {
    books_options where;
    intake::section_decision what;
    bool release = false;
};

// The sections of the file that wait, and that --logical and --section do not leave out.
result<std::vector<inbound::section_key>> waiting_sections(ledger::transaction& in, const intake::section_decision& what) {
    const auto claimed = in.file_with_claim(what.file);
    if (!claimed) return tl::unexpected(claimed.error());
    const auto id = ledger::parse_id(what.file);
    const auto holds = in.undecided_holds();
    if (!holds) return tl::unexpected(holds.error());
    std::vector<inbound::section_key> out;
    for (const ledger::held_item& each : *holds) {
        const bool same_file =
            each.file_name == what.file || (id && each.row.file_id == *id) || (*claimed && each.row.file_id == (*claimed)->id);
        const bool same_section = (what.section.section_no == 0 || what.section.section_no == each.row.section_no) &&
                                  (what.section.logical_no == 0 || what.section.logical_no == each.row.logical_no);
        if (each.row.subject == ledger::hold_subject::section && same_file && same_section)
            out.push_back({each.row.logical_no, each.row.section_no});
    }
    return out;
}

// Fills in what was not said when only one section can be meant; a section that is named in full needs no search.
result<void> settle_section(ledger::transaction& in, intake::section_decision& what) {
    if (what.section.section_no != 0 && what.section.logical_no != 0) return {};
    const auto waiting = waiting_sections(in, what);
    if (!waiting) return tl::unexpected(waiting.error());
    if (waiting->size() == 1) {
        what.section = waiting->front();
        return {};
    }
    // A decision that was made before is found again by its number: repeating it does no harm.
    if (waiting->empty() && what.section.section_no != 0) {
        what.section.logical_no = 1;
        return {};
    }
    if (waiting->empty()) return fail(error_code::not_found, fmt::format("no section of {} waits for a decision", what.file));
    std::string list;
    for (const inbound::section_key& each : *waiting)
        list += fmt::format(" --logical {} --section {};", each.logical_no, each.section_no);
    return fail(error_code::invalid_argument, fmt::format("several sections of {} wait, name one:{}", what.file, list));
}

exit_code decide(session& with, decide_command options) {
    const auto in = open_books(options.where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenant(*in, options.where);
    if (!who) return complain(who.error());
    auto log = intake::event_log::open(in->with.log);
    if (!log) return complain(log.error());
    const auto how = intake_options(options.where, with, &*log);
    if (!how) return complain(how.error());
    options.what.tenant = (*who)->id;
    {
        const auto look = in->store->begin_read((*who)->id);
        if (!look) return complain(look.error());
        if (const auto settled = settle_section(**look, options.what); !settled) return complain(settled.error());
    }
    const auto done = options.release ? intake::release(in->with, *in->store, *how, options.what)
                                      : intake::refuse(in->with, *in->store, *how, options.what);
    if (!done) return complain(done.error());
    const auto booked = done->booked.booked_ore.value();
    with.out.write(
        fmt::format("section {} of logical file {} {}{}: {} payments, {} booked; the file is {}\n",
                    options.what.section.section_no, options.what.section.logical_no, options.release ? "released" : "refused",
                    done->repeated ? " (it was before)" : "", done->booked.payments,
                    booked ? format_decimal_amount(*booked) : done->booked.booked_ore.text() + " öre", name(done->place)));
    if (!done->move_failed.empty())
        with.out.write(
            fmt::format("the file could not be moved yet: {}; the next intake does it\n", layout::printable(done->move_failed)));
    return exit_code::clean;
}

void add_decision(CLI::App& intake, session& with, const std::string& name, const std::string& what, bool release) {
    CLI::App* const command = add_command(
        intake, name, what, "Decisions",
        "  brygga intake " + name +
            " in.txt --section 2 --actor eva --reason 'as on the bank statement' --config brygga.toml\n"
            "\n"
            "FILE is the claim id, the file id or the name in held/. The section need not be named when only one waits.\n"
            "When no section of the file waits any more it moves from held/ to archive/ or rejected/.");
    const auto options = std::make_shared<decide_command>();
    options->release = release;
    options->where.add_config(*command);
    options->where.add_tenant(*command);
    options->where.add_die_at(*command);
    command->add_option("file", options->what.file, "Held file: claim id, file id or name")->required()->type_name("FILE");
    command->add_option("--section", options->what.section.section_no, "Section, as receipt and report number it")
        ->type_name("N");
    command->add_option("--logical", options->what.section.logical_no, "Logical file, when there are several in the file")
        ->type_name("N");
    command->add_option("--actor", options->what.actor, "Who decides; kept in the ledger, never logged")
        ->required()
        ->type_name("A");
    command->add_option("--reason", options->what.reason, "Why; kept in the ledger, never logged")->required()->type_name("R");
    command->callback([&with, options] { with.chosen = [&with, options] { return decide(with, *options); }; });
}

}  // namespace

void add_decision_commands(CLI::App& intake, session& with) {
    add_decision(intake, with, "release", "Book a held section after all", true);
    add_decision(intake, with, "refuse", "Refuse a held section: nothing of it is booked", false);
}

}  // namespace brygga::command
