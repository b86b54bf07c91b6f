// brygga matters: what a person must see to, and that one has.
#include "mapping/ledger/matters.hpp"

#include <memory>

#include <fmt/format.h>

#include "formats/inspection/printable.hpp"
#include "tools/brygga/books.hpp"

namespace brygga::command {

namespace {

using inspection::printable;

constexpr std::size_t most_listed = 10'000;

struct close_options {
    books_options where;
    std::string id, actor, reason;
};

exit_code list_matters(session& with, const books_options& where) {
    const auto in = open_books(where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenants(*in, where);
    if (!who) return complain(who.error());
    bool any = false;
    for (const config::tenant* each : *who) {
        const auto from = in->store->begin_read(each->id);
        if (!from) return complain(from.error());
        const auto open = (*from)->matters().open_matters(most_listed);
        if (!open) return complain(open.error());
        any = any || !open->empty();
        for (const ledger::matter_item& item : *open)
            with.out.write(fmt::format("{}  {}\n", each->id, matter_text(item)));
    }
    return any ? exit_code::found : exit_code::clean;
}

exit_code close_matter(session& with, const close_options& options) {
    const auto id = ledger::parse_id(options.id);
    if (!id) return complain({error_code::invalid_argument, fmt::format("'{}' is no id", options.id)});
    const auto in = open_books(options.where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenant(*in, options.where);
    if (!who) return complain(who.error());
    const auto into = in->store->begin((*who)->id);
    if (!into) return complain(into.error());
    if (const auto closed = (*into)->matters().close_matter(*id, options.actor, options.reason); !closed)
        return complain(closed.error());
    if (const auto done = (*into)->commit(); !done) return complain(done.error());
    warn_of_head(*in);
    with.out.write(fmt::format("{} closed\n", options.id));
    return exit_code::clean;
}

}  // namespace

std::string matter_text(const ledger::matter_item& item) {
    return fmt::format(
        "{}  {}{}  {}", ledger::format_id(item.row.id), item.row.kind,
        item.row.customer_id.empty() ? std::string() : fmt::format(", customer {}", printable(item.row.customer_id)),
        printable(item.row.detail));
}

void add_matter_commands(CLI::App& app, session& with) {
    CLI::App* const matters =
        add_command(app, "matters", "What a person must see to: mandates, collections, payouts", "Decisions",
                    "  brygga matters list --config brygga.toml\n"
                    "  brygga matters close 0DV0T9KC1M2AB --actor eva --reason 'called the customer' --config brygga.toml\n"
                    "\n"
                    "A mandate that the bank refused, a collection that failed, a payment that its payer took back: each stands\n"
                    "here and in brygga status until somebody closes it.");
    matters->require_subcommand(1);
    CLI::App* const list = add_command(*matters, "list", "What is open, oldest first", "Decisions",
                                       "  brygga matters list --config brygga.toml\n"
                                       "\n"
                                       "Exit status: 0 nothing is open, 1 something is, 2 the command could not run.");
    const auto where = std::make_shared<books_options>();
    where->add_config(*list);
    where->add_tenant(*list);
    list->callback([&with, where] { with.chosen = [&with, where] { return list_matters(with, *where); }; });
    CLI::App* const close =
        add_command(*matters, "close", "Say that one has been seen to", "Decisions",
                    "  brygga matters close ID --actor eva --reason 'called the customer' --config brygga.toml");
    const auto options = std::make_shared<close_options>();
    options->where.add_config(*close);
    options->where.add_tenant(*close);
    close->add_option("id", options->id, "As brygga matters list shows it")->required()->type_name("ID");
    add_person(*close, options->actor, options->reason, "What was done");
    close->callback([&with, options] { with.chosen = [&with, options] { return close_matter(with, *options); }; });
}

}  // namespace brygga::command
