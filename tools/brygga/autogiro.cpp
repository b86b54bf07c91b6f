// brygga autogiro run: the day's file now, or what would be in it.
#include <memory>

#include <fmt/format.h>

#include "connectors/dispatch/autogiro_day.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/inspection/printable.hpp"
#include "tools/brygga/mandates.hpp"
#include "tools/brygga/pipelines.hpp"

namespace brygga::command {

namespace {

using dispatch::autogiro_hour;
using dispatch::made_end;
using inspection::printable;

struct run_options {
    books_options where;
    std::string bankgiro;
    bool dry = false;
};

void print_order(session& with, std::string_view bankgiro, const outbound::autogiro_order& order) {
    with.out.write(fmt::format("{}: {}, {}, {} of {}\n", display_bankgiro(bankgiro), counted(order.mandates, "mandate"),
                               counted(order.cancellations, "cancellation"), counted(order.collections, "collection"),
                               amount_text(order.collected_ore, "SEK")));
    if (order.payouts != 0)
        with.out.write(fmt::format("  {} of {}\n", counted(order.payouts, "payout"), amount_text(order.paid_back_ore, "SEK")));
    if (order.payouts_held != 0)
        with.out.write(fmt::format("  {} held: see brygga matters list\n", counted(order.payouts_held, "payout")));
    if (order.payouts_beyond_limit != 0)
        with.out.write(fmt::format("  {} beyond what may leave in a day\n", counted(order.payouts_beyond_limit, "payout")));
    for (const outbound::not_sent& each : order.left_out)
        with.out.write(fmt::format("  not sent: {}  {}, {}: expected {}\n", ledger::format_id(each.subject_id),
                                   autogiro::info(each.why.broken).id, each.why.field, each.why.expected));
}

bool all_sent(const outbound::autogiro_order& order) {
    return order.left_out.empty() && order.payouts_held == 0;
}

exit_code ended(session& with, const dispatch::autogiro_file& done, const std::string& partner) {
    switch (done.end.end) {
        case made_end::queued:
            with.out.write(fmt::format("  {} to {}  {}  queued\n", done.name, partner, ledger::format_id(done.end.id)));
            return all_sent(done.order) ? exit_code::clean : exit_code::found;
        case made_end::nothing:
            with.out.write("  nothing to send\n");
            return all_sent(done.order) ? exit_code::clean : exit_code::found;
        case made_end::refused:
            return exit_code::found;
        case made_end::already_there:
        case made_end::not_now:
            return exit_code::cannot_run;
    }
    return exit_code::cannot_run;
}

exit_code preview(session& with, const books& in, const config::tenant& who, const std::vector<std::string>& bankgiros) {
    exit_code outcome = exit_code::clean;
    for (const std::string& each : bankgiros) {
        const auto order = dispatch::preview_autogiro(who, each, with.time().now(), *in.store);
        if (!order) return complain(order.error());
        print_order(with, each, *order);
        if (!all_sent(*order)) outcome = exit_code::found;
    }
    return outcome;
}

exit_code make(session& with, const office& at, const config::tenant& who, const std::vector<std::string>& bankgiros) {
    dispatch::options how;
    how.base = at.how;
    exit_code outcome = exit_code::clean;
    for (const std::string& each : bankgiros) {
        dispatch::dispatch_report told;
        const auto done = dispatch::make_autogiro_now(at.in.with, who, each, *at.in.store, how, told);
        const bool made = done.end.end == made_end::queued || done.end.end == made_end::nothing;
        if (made) print_order(with, each, done.order);
        for (const dispatch::sent_file& gone : told.files)
            with.out.write(fmt::format("  {} {} to {}  {}  {}\n", name(gone.state), printable(gone.name), gone.partner, gone.id,
                                       gone.reason));
        outcome = worse(outcome, ended(with, done, who.autogiro->partner));
        for (const dispatch::trouble& why : told.troubles)
            complain(fmt::format("{}: {}", display_bankgiro(each), why.text));
    }
    warn_of_head(at.in);
    return outcome;
}

exit_code run(session& with, const run_options& options) {
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    const auto who = chosen_tenant((*at)->in, options.where);
    if (!who) return complain(who.error());
    if (!(*who)->autogiro) return complain(fmt::format("{} has no [tenant.autogiro]", (*who)->id));
    std::vector<std::string> bankgiros = (*who)->autogiro->bankgiros;
    if (!options.bankgiro.empty()) {
        auto one = chosen_bankgiro(**who, options.bankgiro);
        if (!one) return complain(one.error());
        bankgiros = {std::move(*one)};
    }
    switch (dispatch::hour_of(*(*who)->autogiro, with.time().now())) {
        case autogiro_hour::no_bank_day:
            return complain("today is no bank day: nothing can be asked of Bankgirot");
        case autogiro_hour::closed:
            return complain("Bankgirot has closed for today, at 19:00: the next bank day has what is left");
        case autogiro_hour::early:
        case autogiro_hour::open:
            break;
    }
    return options.dry ? preview(with, (*at)->in, **who, bankgiros) : make(with, **at, **who, bankgiros);
}

}  // namespace

void add_autogiro_commands(CLI::App& app, session& with) {
    CLI::App* const autogiro = add_command(
        app, "autogiro", "Autogiro: the day's file to Bankgirot", "Operation",
        "  brygga autogiro run --dry-run --config brygga.toml\n"
        "  brygga autogiro run --config brygga.toml\n"
        "\n"
        "brygga dispatch and brygga run make the day's file by themselves when its time has come ([tenant.autogiro]).");
    autogiro->require_subcommand(1);
    CLI::App* const command = add_command(
        *autogiro, "run", "Make the file now, or tell what would be in it", "Operation",
        "  brygga autogiro run --dry-run --config brygga.toml\n"
        "  brygga autogiro run --bankgiro 991-2346 --config brygga.toml\n"
        "\n"
        "Answers and applications for mandates, cancellations, collections of invoices that fall due, and payouts, as the "
        "ledger\n"
        "has them:\n"
        "written, read by Brygga's own reader, sealed where the [[tenant.partner.send]] has a seal, and queued. brygga dispatch\n"
        "or brygga run sends it. Nothing is asked for twice: the day's own file has what is left then. What cannot be sent\n"
        "is told, and stands in brygga matters.\n"
        "Exit status: 0 made, or nothing to send, 1 something could not be sent, 2 no file could be made now.");
    const auto options = std::make_shared<run_options>();
    options->where.add_config(*command);
    options->where.add_tenant(*command);
    options->where.add_die_at(*command);
    command->add_option("--bankgiro", options->bankgiro, "Only of this one of ours")->type_name("NUMBER");
    command->add_flag("--dry-run", options->dry, "Write nothing: only tell what there is");
    command->callback([&with, options] { with.chosen = [&with, options] { return run(with, *options); }; });
}

}  // namespace brygga::command
