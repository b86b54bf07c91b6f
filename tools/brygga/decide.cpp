// brygga intake release | refuse FILE: a person's word on a held section; acknowledge, hand-over FILE: on what was not handed on.
#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "connectors/filedrop/claim.hpp"
#include "connectors/intake/decisions.hpp"
#include "connectors/intake/handovers.hpp"
#include "formats/inspection/printable.hpp"
#include "tools/brygga/pipelines.hpp"

namespace brygga::command {

namespace {

struct decide_command {
    books_options where;
    intake::section_decision what;
    std::vector<std::string> other_than;  // ids
    bool release = false;
};

// By claim id, file id, name as delivered, or name in held/.
bool is_named(const ledger::held_item& hold, const ledger::exchanged_file& file, const std::string& text) {
    if (text == file.claim || text == hold.file_name || text == ledger::format_id(file.id)) return true;
    if (const auto claimed = filedrop::parse_claimed_name(text)) return claimed->claim == file.claim;
    return filedrop::readable_name(filedrop::unescape_name(text)) == hold.file_name;
}

struct held_section {
    std::string claim;
    inbound::section_key section{};
    bool decided = false;
};

// The held sections that the command line can mean.
result<std::vector<held_section>> named_sections(ledger::transaction& in, const intake::section_decision& what) {
    std::vector<held_section> out;
    const auto done = in.each_hold([&](const ledger::held_item& each) -> result<void> {
        if (each.row.subject != ledger::hold_subject::section) return {};
        if (what.section.section_no != 0 && what.section.section_no != each.row.section_no) return {};
        if (what.section.logical_no != 0 && what.section.logical_no != each.row.logical_no) return {};
        const auto file = in.file_with_id(each.row.file_id);
        if (!file) return tl::unexpected(file.error());
        if (*file && is_named(each, **file, what.file))
            out.push_back({(*file)->claim, {each.row.logical_no, each.row.section_no}, each.verdict.has_value()});
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return out;
}

// Fills in what was not said when only one section can be meant. One that waits goes before one that was decided; to repeat a
// decision does no harm.
result<void> settle_section(ledger::transaction& in, intake::section_decision& what) {
    auto named = named_sections(in, what);
    if (!named) return tl::unexpected(named.error());
    const bool any_waits = std::any_of(named->begin(), named->end(), [](const held_section& each) { return !each.decided; });
    if (any_waits) std::erase_if(*named, [](const held_section& each) { return each.decided; });
    if (named->empty())
        return fail(error_code::not_found,
                    fmt::format("nothing that waits or waited is called {}; brygga status lists what waits", what.file));
    if (named->size() == 1) {
        what.file = named->front().claim;
        what.section = named->front().section;
        return {};
    }
    std::string list;
    for (const held_section& each : *named)
        list += fmt::format(" {} --logical {} --section {};", each.claim, each.section.logical_no, each.section.section_no);
    return fail(error_code::invalid_argument, fmt::format("{} can mean several sections, name one:{}", what.file, list));
}

// ": 3 payments, 1200.00 SEK booked"
std::string what_came(const intake::decision_outcome& done) {
    if (done.repeated) return " (it was before)";
    if (done.currency.empty()) return {};
    const inbound::booked_sums sums = done.booked.in(done.currency);
    const std::string off = sums.difference_ore == 0 ? std::string()
                                                     : fmt::format(", the deposit differs from its payments by {}",
                                                                   amount_text(sums.difference_ore, done.currency));
    return fmt::format(": {}, {} booked{}", counted(done.booked.payments + done.booked.deductions, "payment"),
                       amount_text(sums.booked_ore, done.currency), off);
}

exit_code decide(session& with, decide_command options) {
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    const auto& [in, log, how] = **at;
    const auto who = chosen_tenant(in, options.where);
    if (!who) return complain(who.error());
    options.what.tenant = (*who)->id;
    for (const std::string& each : options.other_than) {
        const auto id = ledger::parse_id(each);
        if (!id) return complain({error_code::invalid_argument, fmt::format("{} is no id of a deposit", each)});
        options.what.other_than.push_back(*id);
    }
    {
        const auto look = in.store->begin_read((*who)->id);
        if (!look) return complain(look.error());
        if (const auto settled = settle_section(**look, options.what); !settled) return complain(settled.error());
    }
    const auto done = options.release ? intake::release(in.with, *in.store, how, options.what)
                                      : intake::refuse(in.with, *in.store, how, options.what);
    if (!done) return complain(done.error());
    with.out.write(fmt::format("section {} of logical file {} {}{}; the file is {}\n", options.what.section.section_no,
                               options.what.section.logical_no, options.release ? "released" : "refused", what_came(*done),
                               name(done->place)));
    print_routes(with, done->routes);
    for (const std::string& each : done->not_handed_on)
        with.out.write(fmt::format("not handed over yet: {}; the next intake tries again\n", inspection::printable(each)));
    if (!done->move_failed.empty())
        with.out.write(fmt::format("the file could not be moved yet: {}; the next intake does it\n",
                                   inspection::printable(done->move_failed)));
    const bool all_handed_on =
        std::all_of(done->routes.begin(), done->routes.end(), [](const intake::routed& each) { return each.left_out.empty(); });
    return all_handed_on ? exit_code::clean : exit_code::found;
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
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N");
    command->add_option("--logical", options->what.section.logical_no, "Logical file, when there are several in the file")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N");
    command->add_option("--actor", options->what.actor, "Who decides; kept in the ledger, never logged")
        ->required()
        ->check(says_something())
        ->type_name("A");
    command->add_option("--reason", options->what.reason, "Why; kept in the ledger, never logged")
        ->required()
        ->check(says_why())
        ->type_name("R");
    if (release)
        command
            ->add_option("--other-than", options->other_than,
                         "Deposit that may be the same, as the error names it: it is other money. May be repeated")
            ->allow_extra_args(false)
            ->type_name("ID");
    command->callback([&with, options] { with.chosen = [&with, options] { return decide(with, *options); }; });
}

struct acknowledge_command {
    books_options where;
    intake::acknowledgement what;
};

exit_code acknowledge(session& with, acknowledge_command options) {
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    const auto& [in, log, how] = **at;
    const auto who = chosen_tenant(in, options.where);
    if (!who) return complain(who.error());
    options.what.tenant = (*who)->id;
    const auto done = intake::acknowledge(in.with, *in.store, how, options.what);
    if (!done) return complain(done.error());
    std::vector<std::string> what;
    if (done->deposits != 0) what.push_back(counted(done->deposits, "deposit"));
    if (done->notices != 0) what.push_back(counted(done->notices, "notice"));
    with.out.write(fmt::format("{} of {} acknowledged: brygga status no longer shows {}\n", fmt::join(what, " and "),
                               inspection::printable(options.what.file), done->deposits + done->notices == 1 ? "it" : "them"));
    return exit_code::clean;
}

void add_acknowledge(CLI::App& intake, session& with) {
    CLI::App* const command = add_command(
        intake, "acknowledge", "Say that what status shows of a file has been seen to", "Decisions",
        "  brygga intake acknowledge in.xml --actor eva --reason 'entered by hand in the old system' --config brygga.toml\n"
        "\n"
        "A deposit that was booked, or a receipt that the bank took back, and that a route could not hand on stands in brygga\n"
        "status until somebody says that it has been seen to; so do statements that are missing before one that came, and\n"
        "deposits that a statement names and that are not booked with its amount. This is for all of the file; nothing of the\n"
        "books changes.");
    const auto options = std::make_shared<acknowledge_command>();
    options->where.add_config(*command);
    options->where.add_tenant(*command);
    command->add_option("file", options->what.file, "Claim id, file id or delivered name, as in brygga status")
        ->required()
        ->type_name("FILE");
    command->add_option("--actor", options->what.actor, "Who says so; kept in the ledger, never logged")
        ->required()
        ->check(says_something())
        ->type_name("A");
    command->add_option("--reason", options->what.reason, "What was done; kept in the ledger, never logged")
        ->required()
        ->check(says_why())
        ->type_name("R");
    command->callback([&with, options] { with.chosen = [&with, options] { return acknowledge(with, *options); }; });
}

struct hand_over_command {
    books_options where;
    intake::handing_over what;
};

exit_code hand_over(session& with, hand_over_command options) {
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    const auto& [in, log, how] = **at;
    const auto who = chosen_tenant(in, options.where);
    if (!who) return complain(who.error());
    options.what.tenant = (*who)->id;
    const auto done = intake::hand_over_again(in.with, *in.store, how, options.what);
    if (!done) return complain(done.error());
    for (const std::string& each : done->files)
        with.out.write(fmt::format("{} {}\n", each, options.what.received ? "is taken for handed over" : "was made again"));
    for (const std::string& each : done->not_handed_on)
        with.out.write(fmt::format("not handed over yet: {}; the next intake tries again\n", inspection::printable(each)));
    return done->not_handed_on.empty() ? exit_code::clean : exit_code::found;
}

void add_hand_over(CLI::App& intake, session& with) {
    CLI::App* const command = add_command(
        intake, "hand-over", "Hand over again what was made for another system and is missing", "Decisions",
        "  brygga intake hand-over in.xml --actor eva --reason 'the folder was replaced' --config brygga.toml\n"
        "  brygga intake hand-over in.xml --received --actor eva --reason 'it is in the old system' --config brygga.toml\n"
        "\n"
        "Ask first whether the other system has the file: what it reads twice it may book twice. The file is made again from\n"
        "the archived original, byte for byte, and lies where the route leads now. With --received nothing is handed over, and\n"
        "brygga status no longer shows it. One that was handed over is handed over once more with --again.");
    const auto options = std::make_shared<hand_over_command>();
    options->where.add_config(*command);
    options->where.add_tenant(*command);
    command->add_option("file", options->what.file, "Its name, or claim id, file id or delivered name, as in brygga status")
        ->required()
        ->type_name("FILE");
    CLI::Option* const received = command->add_flag("--received", options->what.received, "The other system has it");
    command->add_flag("--again", options->what.again, "Also when it was handed over")->excludes(received);
    command->add_option("--actor", options->what.actor, "Who says so; kept in the ledger, never logged")
        ->required()
        ->check(says_something())
        ->type_name("A");
    command->add_option("--reason", options->what.reason, "Why; kept in the ledger, never logged")
        ->required()
        ->check(says_why())
        ->type_name("R");
    command->callback([&with, options] { with.chosen = [&with, options] { return hand_over(with, *options); }; });
}

}  // namespace

void add_decision_commands(CLI::App& intake, session& with) {
    add_decision(intake, with, "release", "Book a held section after all", true);
    add_decision(intake, with, "refuse", "Refuse a held section: nothing of it is booked", false);
    add_acknowledge(intake, with);
    add_hand_over(intake, with);
}

}  // namespace brygga::command
