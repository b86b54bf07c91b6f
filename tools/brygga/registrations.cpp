// brygga registration list | show | assign | set-aside: registrations for e-invoices through the banks, and a person's words on
// those that fit no customer.
#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "formats/core/finding.hpp"
#include "formats/core/personal_number.hpp"
#include "formats/inspection/printable.hpp"
#include "mapping/ledger/registration_match.hpp"
#include "tools/brygga/ledger.hpp"

namespace brygga::command {

namespace {

using inspection::printable;
using ledger::registration_event;
using ledger::registration_item;

constexpr std::size_t most_listed = 10'000;

struct registration_options {
    books_options where;
    std::string id, customer, kind, actor, reason;
    bool in_clear = false, of_another_person = false;
};

std::string state_text(const registration_event& event) {
    return event.customer_id.empty() ? std::string(name(event.state))
                                     : fmt::format("{}, customer {}", name(event.state), printable(event.customer_id));
}

// An FMI is somebody's identity number and a bank.
std::string receiver_text(std::string_view receiver) {
    const std::size_t end = std::min(receiver.find('.'), receiver.size());
    return masked(receiver.substr(0, end)) + std::string(receiver.substr(end));
}

std::string line_of(const registration_item& item) {
    return fmt::format("{}  {}  {} {}  {}", ledger::format_id(item.row.id), format_iso_date(item.row.day), name(item.row.kind),
                       receiver_text(item.row.receiver), state_text(item.newest));
}

// Some consumers state their identity number where the customer number is asked for.
std::string number_text(const std::string& number) {
    if (number.empty()) return "not told";
    return may_hold_personal_number(number) ? masked(number) : printable(number);
}

exit_code list_registrations(session& with, const registration_options& options) {
    return in_ledger(with, options.where, false, [&](ledger::transaction& in) {
        const auto all = options.customer.empty()
                             ? in.registrations().registrations_in_state(ledger::registration_state::waiting, most_listed)
                             : registration_history(in, options.customer);
        if (!all) return complain(all.error());
        for (const registration_item& each : *all)
            with.out.write(line_of(each) + "\n");
        if (options.customer.empty()) return all->empty() ? exit_code::clean : exit_code::found;
        const auto active = receiver_on(in, options.customer, with.today());
        if (!active) return complain(active.error());
        with.out.write(*active ? fmt::format("invoices go to {}\n", receiver_text(**active)) : "no bank takes invoices\n");
        return exit_code::clean;
    });
}

exit_code show_registration(session& with, const registration_options& options) {
    const auto id = ledger::parse_id(options.id);
    if (!id) return complain({error_code::invalid_argument, fmt::format("'{}' is no id", options.id)});
    return in_ledger(with, options.where, false, [&](ledger::transaction& in) {
        const auto item = in.registrations().registration_with_id(*id);
        if (!item) return complain(item.error());
        if (!*item) return complain(fmt::format("no registration has the id {}", options.id));
        const auto events = in.registrations().registration_events(*id);
        if (!events) return complain(events.error());
        const ledger::registration& row = (*item)->row;
        with.out.write(line_of(**item) + "\n");
        with.out.write(fmt::format("  sender {}, customer number {}\n", row.sender.empty() ? "not told" : printable(row.sender),
                                   number_text(row.customer_number)));
        if (options.in_clear) with.out.write(fmt::format("  receiver {}, stated {}\n", row.receiver, printable(row.fields)));
        for (const registration_event& each : *events)
            with.out.write(fmt::format(
                "  {}{}\n", state_text(each),
                each.actor.empty() ? std::string() : fmt::format("  {}: {}", printable(each.actor), printable(each.reason))));
        return exit_code::clean;
    });
}

exit_code decide(session& with, const registration_options& options) {
    const auto id = ledger::parse_id(options.id);
    if (!id) return complain({error_code::invalid_argument, fmt::format("'{}' is no id", options.id)});
    return in_ledger(with, options.where, true, [&](ledger::transaction& into) {
        const ledger::registration_word word{options.customer, ledger::parse_registration_kind(options.kind), options.actor,
                                             options.reason, options.of_another_person};
        if (const auto done = decide_registration(into, *id, word); !done) return complain(done.error());
        if (const auto done = into.commit(); !done) return complain(done.error());
        with.out.write(fmt::format("{} {}\n", options.id,
                                   options.customer.empty() ? "is set aside" : "is the registration of the customer"));
        return exit_code::clean;
    });
}

std::shared_ptr<registration_options> add_books(CLI::App& command) {
    auto options = std::make_shared<registration_options>();
    options->where.add_config(command);
    options->where.add_tenant(command);
    return options;
}

void add_decision(CLI::App& registrations, session& with, const std::string& name, const std::string& what) {
    const bool assigns = name == "assign";
    CLI::App* const command = add_command(
        registrations, name, what, "Decisions",
        fmt::format("  brygga registration {} 0DV0T9KC1M2AB{} --actor eva --reason 'called the customer' --config brygga.toml",
                    name, assigns ? " --customer 7001" : ""));
    const auto options = add_books(*command);
    command->add_option("id", options->id, "As brygga registration list shows it")->required()->type_name("ID");
    if (assigns) {
        command->add_option("--customer", options->customer, "Whose it is")->required()->type_name("ID");
        command->add_option("--as", options->kind, "What it is, where the file does not say")
            ->check(CLI::IsMember({"registered", "from-payment", "cancelled"}));
        command->add_flag("--another-person", options->of_another_person,
                          "The receiver is another person than the customer, and right all the same");
    }
    add_person(*command, options->actor, options->reason);
    command->callback([&with, options] { with.chosen = [&with, options] { return decide(with, *options); }; });
}

}  // namespace

void add_registration_commands(CLI::App& app, session& with) {
    CLI::App* const registrations = add_command(
        app, "registration", "E-invoice registrations from the banks: see them, and say whose they are", "Decisions",
        "  brygga registration list --config brygga.toml\n"
        "  brygga registration assign 0DV0T9KC1M2AB --customer 7001 --actor eva --reason 'called' --config brygga.toml\n"
        "\n"
        "They come in by brygga import. One that fits exactly one customer holds by itself, and the latest decides where the\n"
        "customer's invoices go. One that fits none or several waits here and in brygga matters for a person.");
    registrations->require_subcommand(1);
    CLI::App* const list = add_command(*registrations, "list", "Those that wait, or all of a customer", "Decisions",
                                       "  brygga registration list --config brygga.toml\n"
                                       "  brygga registration list --customer 7001 --config brygga.toml\n"
                                       "\n"
                                       "Exit status: 0 none waits, 1 some do, 2 the command could not run.");
    const auto listed = add_books(*list);
    list->add_option("--customer", listed->customer, "All of this customer")->type_name("ID");
    list->callback([&with, listed] { with.chosen = [&with, listed] { return list_registrations(with, *listed); }; });
    CLI::App* const show = add_command(*registrations, "show", "One with all that happened to it", "Decisions",
                                       "  brygga registration show 0DV0T9KC1M2AB --config brygga.toml");
    const auto shown = add_books(*show);
    show->add_option("id", shown->id, "As brygga registration list shows it")->required()->type_name("ID");
    show->add_flag("--show-personal", shown->in_clear, "Print whose it is and what the record holds in clear");
    show->callback([&with, shown] { with.chosen = [&with, shown] { return show_registration(with, *shown); }; });
    add_decision(*registrations, with, "assign", "Say whose a registration is");
    add_decision(*registrations, with, "set-aside", "Say that a registration is nobody's");
}

}  // namespace brygga::command
