// brygga protected list | add | answer | propose | lift | print: persons whose identity is protected (protected-identity.md).
#include <chrono>
#include <memory>

#include <fmt/format.h>

#include "connectors/dispatch/protected_letters.hpp"
#include "formats/inspection/keyed_hash.hpp"
#include "formats/inspection/printable.hpp"
#include "mapping/protection/protection.hpp"
#include "tools/brygga/ledger.hpp"

namespace brygga::command {

namespace {

using inspection::printable;
using protection::register_flag;

constexpr ledger::timestamp_ms year_ms = std::chrono::milliseconds(std::chrono::days(365)).count();

struct protected_options {
    books_options where;
    std::string customer, kind = "MANUAL", source = "OPERATOR", actor, reason;
    std::string confidential = "missing", registration = "missing";
    bool in_clear = false, is_named = false, is_deregistered = false, set_by_register = false, has_box = false;
};

// The company, its terms, and a transaction that commits when `work` is content.
exit_code decide(session& with, const protected_options& options,
                 const std::function<result<std::string>(const billing::run_terms&, ledger::transaction&)>& work) {
    const auto in = open_books(options.where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenant(*in, options.where);
    if (!who) return complain(who.error());
    billing::run_terms terms;
    if ((*who)->invoices) terms = (*who)->invoices->terms(with.today()).run;
    const auto into = in->store->begin((*who)->id);
    if (!into) return complain(into.error());
    const auto done = work(terms, **into);
    if (!done) return complain(done.error());
    if (auto committed = (*into)->commit(); !committed) return complain(committed.error());
    warn_of_head(*in);
    with.out.write(*done + "\n");
    return exit_code::clean;
}

std::string text_of(const protection::followed& what) {
    return fmt::format("protected: {} documents go by the tax agency, {} files were taken back, {} documents may have left",
                       what.documents, what.files, what.left);
}

// In place of the customer's number on a screen (section 3.3).
result<std::function<std::string(std::string_view)>> shown_as(const config::tenant& who, bool in_clear) {
    using shown = std::function<std::string(std::string_view)>;
    if (in_clear) return shown([](std::string_view id) { return printable(id); });
    if (!who.protected_persons || !who.protected_persons->hash_key.given())
        return shown([](std::string_view) { return "[SKYDDAD]"; });
    const auto key = secrets::read(who.protected_persons->hash_key, filedrop::posix_file_system());
    if (!key) return tl::unexpected(key.error());
    const auto hash = std::make_shared<inspection::keyed_hash>(key->text());
    return shown([hash](std::string_view id) { return inspection::hashed_id(*hash, id); });
}

exit_code list(session& with, const protected_options& options) {
    const auto in = open_books(options.where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenant(*in, options.where);
    if (!who) return complain(who.error());
    const auto show = shown_as(**who, options.in_clear);
    if (!show) return complain(show.error());
    const auto from = in->store->begin_read((*who)->id);
    if (!from) return complain(from.error());
    const auto all = (*from)->protections().protected_customers();
    if (!all) return complain(all.error());
    for (const std::string& each : *all) {
        const auto newest = (*from)->protections().newest_protection(each);
        if (!newest) return complain(newest.error());
        with.out.write(*newest ? fmt::format("{}  {}  since {}  {}  epoch {}\n", (*show)(each), name((*newest)->now),
                                             format_iso_date((*newest)->since), name((*newest)->source), (*newest)->epoch)
                               : fmt::format("{}  MANUAL\n", (*show)(each)));
    }
    const auto unchecked = (*from)->protections().unchecked_since(with.time().now() - year_ms);
    if (!unchecked) return complain(unchecked.error());
    if (!unchecked->empty())
        with.out.write(fmt::format("PRO-R17: of {} no register has answered for a year\n", unchecked->size()));
    return unchecked->empty() ? exit_code::clean : exit_code::found;
}

exit_code add(session& with, const protected_options& options) {
    return decide(with, options, [&](const billing::run_terms& terms, ledger::transaction& into) -> result<std::string> {
        ledger::protection_event event;
        event.customer_id = options.customer;
        event.now = ledger::parse_protection(options.kind).value_or(ledger::protection::manual);
        event.source = ledger::parse_protection_source(options.source).value_or(ledger::protection_source::operator_);
        event.since = with.today();
        event.actor = options.actor;
        event.reason = options.reason;
        const auto done = protection::protect(event, terms, into);
        return done ? result<std::string>(text_of(*done)) : tl::unexpected(done.error());
    });
}

register_flag flag_of(const std::string& text) {
    if (text == "yes") return register_flag::yes;
    if (text == "no") return register_flag::no;
    return text == "not-in-use" ? register_flag::not_in_use : register_flag::missing;
}

exit_code answer(session& with, const protected_options& options) {
    return decide(with, options, [&](const billing::run_terms& terms, ledger::transaction& into) -> result<std::string> {
        protection::register_answer told;
        told.confidential = flag_of(options.confidential);
        told.protected_registration = flag_of(options.registration);
        told.set_by_register = options.set_by_register;
        told.has_name = options.is_named;
        told.is_deregistered = options.is_deregistered;
        told.has_forwarding_address = options.has_box;
        const auto source = ledger::parse_protection_source(options.source).value_or(ledger::protection_source::spar);
        const auto done = protection::take_answer(options.customer, told, source, with.time().now(), terms, into);
        if (!done) return tl::unexpected(done.error());
        const auto who = into.find_customer(options.customer);
        if (!who) return tl::unexpected(who.error());
        if (!*who) return fail(error_code::not_found, "there is no such customer");
        return (*who)->protected_identity ? text_of(*done) : std::string("not protected");
    });
}

exit_code propose(session& with, const protected_options& options) {
    return decide(with, options, [&](const billing::run_terms&, ledger::transaction& into) -> result<std::string> {
        const auto done = protection::propose_lifting(options.customer, options.actor, options.reason, with.today(), into);
        return done ? result<std::string>("proposed: a second person lifts it, today") : tl::unexpected(done.error());
    });
}

exit_code lift(session& with, const protected_options& options) {
    return decide(with, options, [&](const billing::run_terms&, ledger::transaction& into) -> result<std::string> {
        const auto done = protection::lift(options.customer, options.actor, options.reason, with.today(), into);
        return done ? result<std::string>("no longer protected") : tl::unexpected(done.error());
    });
}

exit_code print(session& with, const protected_options& options) {
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    const auto who = chosen_tenant((*at)->in, options.where);
    if (!who) return complain(who.error());
    const bool is_here =
        (*who)->invoices && (*who)->protected_persons && (*who)->protected_persons->by == config::forwarding_by::office;
    if (!is_here) return complain(fmt::format("{} has no [tenant.protected] with print = \"office\"", (*who)->id));
    const auto made = dispatch::print_protected(**who, *(*at)->in.store, (*at)->how);
    if (!made) return complain(made.error());
    warn_of_head((*at)->in);
    with.out.write(fmt::format("{} letters, {} held, {} waiting\n", made->letters, made->held, made->waiting));
    for (const std::string& each : made->files)
        with.out.write("  " + each + "\n");
    return made->held == 0 ? exit_code::clean : exit_code::found;
}

std::shared_ptr<protected_options> add_books(CLI::App& command) {
    auto options = std::make_shared<protected_options>();
    options->where.add_config(command);
    options->where.add_tenant(command);
    return options;
}

std::shared_ptr<protected_options> add_one(CLI::App& group, session& with, const std::string& name, const std::string& what,
                                           const std::string& examples, exit_code (*run)(session&, const protected_options&)) {
    CLI::App* const command = add_command(group, name, what, "Protected persons", examples);
    auto options = add_books(*command);
    command->add_option("customer", options->customer, "Customer id")->required()->type_name("ID");
    command->callback([&with, options, run] { with.chosen = [&with, options, run] { return run(with, *options); }; });
    return options;
}

CLI::App* last_of(CLI::App& group) {
    return group.get_subcommands([](CLI::App*) { return true; }).back();
}

void add_changes(CLI::App& group, session& with) {
    const auto added =
        add_one(group, with, "add", "Say that a customer is protected, from now on",
                "  brygga protected add 7001 --actor eva --reason 'called the customer' --config brygga.toml\n"
                "\n"
                "What is on its way to them goes by the tax agency, files that hold them and never left are made anew without\n"
                "them, and what may have left is told (brygga matters).",
                add);
    last_of(group)
        ->add_option("--kind", added->kind, "What the register calls it")
        ->check(CLI::IsMember({"CONFIDENTIAL", "PROTECTED_REG", "MANUAL"}));
    last_of(group)
        ->add_option("--source", added->source, "Who says so")
        ->check(CLI::IsMember({"SPAR", "NAVET", "CUSTOMER", "PARTNER", "OPERATOR"}));
    add_person(*last_of(group), added->actor, added->reason);
    const auto told =
        add_one(group, with, "answer", "Note what a population register has answered",
                "  brygga protected answer 7001 --confidential no --registration no --named --source SPAR --config brygga.toml\n"
                "\n"
                "Whatever is missing protects (PRO-R01). An answer without protection lifts none: see propose and lift.",
                answer);
    const auto flags = CLI::IsMember({"yes", "no", "missing", "not-in-use"});
    last_of(group)->add_option("--confidential", told->confidential, "Sekretessmarkering")->check(flags);
    last_of(group)->add_option("--registration", told->registration, "Skyddad folkbokföring")->check(flags);
    last_of(group)->add_flag("--set-by-register", told->set_by_register, "sattAvSPAR");
    last_of(group)->add_flag("--named", told->is_named, "The answer has a name");
    last_of(group)->add_flag("--deregistered", told->is_deregistered, "The answer has a code of deregistration");
    last_of(group)->add_flag("--forwarding-address", told->has_box, "Its address is that of the tax agency's forwarding");
    last_of(group)->add_option("--source", told->source, "Which register")->check(CLI::IsMember({"SPAR", "NAVET"}))->required();
    for (const bool is_first : {true, false}) {
        const auto word =
            add_one(group, with, is_first ? "propose" : "lift",
                    is_first ? "Propose that a protection is lifted: the first of two persons (PRO-R07)"
                             : "Lift a protection: the second person, after a register's negative answer of today",
                    fmt::format("  brygga protected {} 7001 --actor eva --reason 'SPAR says no' --config brygga.toml",
                                is_first ? "propose" : "lift"),
                    is_first ? propose : lift);
        add_person(*last_of(group), word->actor, word->reason);
    }
}

}  // namespace

void add_protected_commands(CLI::App& app, session& with) {
    CLI::App* const group =
        add_command(app, "protected", "Persons whose identity is protected (skyddade personuppgifter)", "Decisions",
                    "  brygga protected list --config brygga.toml\n"
                    "  brygga protected print --config brygga.toml\n"
                    "\n"
                    "The flag itself comes by brygga import or brygga protected add. Names and addresses of protected persons "
                    "are shown by no\n"
                    "command, and letters to them go by the tax agency alone.");
    group->require_subcommand(1);
    CLI::App* const listing =
        add_command(*group, "list", "Who is protected, since when, and by whose word", "Protected persons",
                    "  brygga protected list --config brygga.toml\n"
                    "\n"
                    "Exit status: 0 each was checked within a year, 1 some were not, 2 the command could not run.");
    const auto listed = add_books(*listing);
    listing->add_flag("--show-personal", listed->in_clear, "Print customer ids in clear");
    listing->callback([&with, listed] { with.chosen = [&with, listed] { return list(with, *listed); }; });
    add_changes(*group, with);
    CLI::App* const printing =
        add_command(*group, "print", "Draw the letters that the office encloses and posts itself", "Protected persons",
                    "  brygga protected print --config brygga.toml\n"
                    "\n"
                    "One file for each letter and one of labels, in the folder of [tenant.protected]. When a letter is posted:\n"
                    "brygga run-invoices delivered ID --actor ... --reason posted. Exit status: 0 all drawn, 1 some are held, 2 "
                    "it could not run.");
    const auto printed = add_books(*printing);
    printed->where.add_die_at(*printing);
    printing->callback([&with, printed] { with.chosen = [&with, printed] { return print(with, *printed); }; });
}

}  // namespace brygga::command
