// brygga payout ask | list | show | account | approve | withdraw | settle | run: customers' credit, back to them.
#include <memory>

#include <fmt/format.h>

#include "connectors/dispatch/payout_files.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "formats/core/finding.hpp"
#include "formats/core/lines.hpp"
#include "formats/core/money.hpp"
#include "formats/core/personal_number.hpp"
#include "formats/inspection/printable.hpp"
#include "mapping/payouts/outcome.hpp"
#include "mapping/payouts/request.hpp"
#include "tools/brygga/input.hpp"
#include "tools/brygga/ledger.hpp"
#include "tools/brygga/pipelines.hpp"

namespace brygga::command {

namespace {

using dispatch::made_end;
using inspection::printable;
using ledger::payout_event;
using ledger::payout_item;
using ledger::payout_state;

struct payout_options {
    books_options where;
    std::string id, customer, amount, purpose = "overpayment", key, state, account_file, outcome, day, actor, reason;
    bool net = false, dry = false;
};

std::string goes_text(ledger::payout_route route, const ledger::payee_account& to) {
    if (route == ledger::payout_route::none) return "nobody knows where to";
    return fmt::format("by {}{}", name(route),
                       to.kind == ledger::payee_account_kind::none ? std::string() : " to " + payouts::masked(to));
}

std::string line_of(const payout_item& item) {
    return fmt::format("{}  customer {}  {}  {}  {}, {}", ledger::format_id(item.row.id), printable(item.row.customer_id),
                       amount_text(item.row.amount_ore, item.row.currency), item.row.purpose, name(item.newest.state),
                       goes_text(item.newest.route, item.newest.to));
}

exit_code commit(session& with, ledger::transaction& into, const std::string& told, exit_code outcome = exit_code::clean) {
    if (const auto done = into.commit(); !done) return complain(done.error());
    with.out.write(told + "\n");
    return outcome;
}

// The company, its terms of today, and its ledger.
exit_code with_terms(session& with, const books_options& where,
                     const std::function<exit_code(const payouts::payout_terms&, ledger::transaction&)>& work) {
    const auto in = open_books(where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenant(*in, where);
    if (!who) return complain(who.error());
    if (!(*who)->payouts) return complain(fmt::format("{} has no [tenant.payouts]", (*who)->id));
    exit_code outcome = exit_code::cannot_run;
    {
        const auto into = in->store->begin((*who)->id);
        if (!into) return complain(into.error());
        outcome = work((*who)->payouts->terms(with.today()), **into);
    }
    warn_of_head(*in);
    return outcome;
}

exit_code ask(session& with, const payout_options& options) {
    payouts::payout_wish wish;
    wish.customer_id = options.customer;
    wish.purpose = options.purpose;
    wish.net_against_debt = options.net;
    wish.key = options.key;
    wish.actor = options.actor;
    wish.reason = options.reason;
    if (!options.amount.empty()) {
        const auto ore = parse_decimal_amount(options.amount);
        if (!ore) return complain(ore.error());
        wish.amount_ore = *ore;
    }
    return with_terms(with, options.where, [&](const payouts::payout_terms& terms, ledger::transaction& into) {
        const auto asked = payouts::ask(wish, terms, into);
        if (!asked) return complain(asked.error());
        std::string told;
        if (asked->netted_ore != 0)
            told = fmt::format("{} paid on open invoices\n", amount_text(asked->netted_ore, wish.currency));
        if (asked->id == 0) return commit(with, into, told + "nothing is left to pay out");
        const bool waits = asked->state == payout_state::draft;
        told += fmt::format("{}  {} {}; {}", ledger::format_id(asked->id), amount_text(asked->amount_ore, wish.currency),
                            goes_text(asked->goes.route, asked->goes.to),
                            waits ? std::string("it waits for somebody to approve it")
                                  : fmt::format("it was asked for before, and is {}", name(asked->state)));
        return commit(with, into, told);
    });
}

exit_code list(session& with, const payout_options& options) {
    return in_ledger(with, options.where, false, [&](ledger::transaction& in) {
        for (int state = 0; state <= static_cast<int>(payout_state::withdrawn); ++state) {
            const auto now = static_cast<payout_state>(state);
            const bool wanted =
                options.state.empty() ? ledger::is_pending(now) : options.state == name(now) || options.state == "all";
            if (!wanted) continue;
            const auto all = in.payouts().payouts_in_state(now);
            if (!all) return complain(all.error());
            for (const payout_item& each : *all)
                if (options.customer.empty() || options.customer == each.row.customer_id) with.out.write(line_of(each) + "\n");
        }
        return exit_code::clean;
    });
}

std::string told_by(const payout_event& event) {
    if (!event.actor.empty()) return fmt::format("{}: {}", printable(event.actor), printable(event.reason));
    return fmt::format("{}{}{}", printable(event.code), event.code.empty() || event.source_id == 0 ? "" : " ",
                       event.source_id == 0 ? std::string() : ledger::format_id(event.source_id));
}

// The id as it was typed, and the payout that has it.
exit_code of_payout(session& with, const payout_options& options, bool writes,
                    const std::function<exit_code(const payout_item&, ledger::transaction&)>& work) {
    const auto id = ledger::parse_id(options.id);
    if (!id) return complain({error_code::invalid_argument, fmt::format("'{}' is no id", options.id)});
    return in_ledger(with, options.where, writes, [&](ledger::transaction& in) {
        const auto item = in.payouts().payout_with_id(*id);
        if (!item) return complain(item.error());
        if (!*item) return complain(fmt::format("no payout has the id {}", options.id));
        return work(**item, in);
    });
}

exit_code show(session& with, const payout_options& options) {
    return of_payout(with, options, false, [&](const payout_item& item, ledger::transaction& in) {
        const auto events = in.payouts().payout_events(item.row.id);
        if (!events) return complain(events.error());
        with.out.write(line_of(item) + "\n");
        for (const payout_event& each : *events)
            with.out.write(fmt::format("  {}  {:<9}  {}\n", format_iso_date(each.day), name(each.state), told_by(each)));
        return exit_code::clean;
    });
}

exit_code approve(session& with, const payout_options& options) {
    const auto id = ledger::parse_id(options.id);
    if (!id) return complain({error_code::invalid_argument, fmt::format("'{}' is no id", options.id)});
    return with_terms(with, options.where, [&](const payouts::payout_terms& terms, ledger::transaction& into) {
        const auto done = payouts::approve(*id, options.actor, options.reason, terms, into);
        if (!done) return complain(done.error());
        if (done->approved)
            return commit(with, into,
                          fmt::format("{} is approved: it leaves with the next file that has room for it, {}", options.id,
                                      goes_text(done->goes.route, done->goes.to)));
        std::string told = fmt::format("{} is held until these are closed:", options.id);
        for (const ledger::row_id each : done->held_by) {
            const auto matter = into.matters().matter_with_id(each);
            if (!matter) return complain(matter.error());
            told += "\n  " + matter_text(**matter);
        }
        return commit(with, into, told, exit_code::found);
    });
}

exit_code withdraw(session& with, const payout_options& options) {
    return of_payout(with, options, true, [&](const payout_item& item, ledger::transaction& into) {
        if (const auto done = payouts::withdraw(item.row.id, options.actor, options.reason, into); !done)
            return complain(done.error());
        return commit(with, into, fmt::format("{} is withdrawn: the customer has the credit again", options.id));
    });
}

// The file of a payout as far as it has come; nothing for one that left in no file of ours.
result<std::optional<ledger::sending>> file_state(const payout_item& item, ledger::transaction& in) {
    const auto events = in.payouts().payout_events(item.row.id);
    if (!events) return tl::unexpected(events.error());
    for (const payout_event& each : *events) {
        if (each.state != payout_state::exported) continue;
        const auto file = in.exchange().outgoing_with_id(each.source_id);
        if (!file) return tl::unexpected(file.error());
        if (*file) return std::optional((*file)->newest.state);
    }
    return std::optional<ledger::sending>{};
}

bool may_still_leave(ledger::sending state) {
    return state == ledger::sending::queued || state == ledger::sending::sending || state == ledger::sending::uploaded ||
           state == ledger::sending::held;
}

result<void> settle_one(const payout_item& item, const payout_options& options, date day, ledger::transaction& into) {
    const payouts::told_by who{{}, 0, options.actor, options.reason};
    const bool exported = item.newest.state == payout_state::exported || item.newest.state == payout_state::accepted;
    if (!exported && !(options.outcome == "returned" && item.newest.state == payout_state::executed))
        return fail(error_code::conflict,
                    fmt::format("payout {} is {}", ledger::format_id(item.row.id), name(item.newest.state)));
    const auto file = file_state(item, into);
    if (!file) return tl::unexpected(file.error());
    if (*file && may_still_leave(**file))
        return fail(error_code::conflict, fmt::format("the file of payout {} is {}: withdraw it first, with brygga close",
                                                      ledger::format_id(item.row.id), name(**file)));
    if (options.outcome == "executed") return payouts::executed(item, day, who, into);
    return options.outcome == "rejected" ? payouts::rejected(item, who, into) : payouts::returned(item, day, who, into);
}

// One payout, or those of a file that are still on their way.
result<std::vector<payout_item>> payouts_meant(ledger::row_id id, ledger::transaction& in) {
    auto one = in.payouts().payout_with_id(id);
    if (!one) return tl::unexpected(std::move(one.error()));
    if (*one) return std::vector<payout_item>{std::move(**one)};
    auto all = in.payouts().payouts_of_file(id);
    if (!all) return all;
    std::erase_if(*all, [](const payout_item& each) { return !ledger::is_pending(each.newest.state); });
    return all;
}

// Where no report of the bank tells: SUS has none that Brygga reads.
exit_code settle(session& with, const payout_options& options) {
    const auto id = ledger::parse_id(options.id);
    if (!id) return complain({error_code::invalid_argument, fmt::format("'{}' is no id", options.id)});
    const auto day = options.day.empty() ? std::optional(with.today()) : parse_iso_date(options.day);
    if (!day) return complain(fmt::format("'{}' is no day such as 2026-11-30", options.day));
    if (*day > with.today()) return complain("a day that is to come tells of nothing yet");
    return in_ledger(with, options.where, true, [&](ledger::transaction& into) {
        const auto meant = payouts_meant(*id, into);
        if (!meant) return complain(meant.error());
        if (meant->empty())
            return complain(fmt::format("no payout, and no file with payouts on their way, has the id {}", options.id));
        std::string told;
        for (const payout_item& each : *meant) {
            if (const auto done = settle_one(each, options, *day, into); !done) return complain(done.error());
            told += fmt::format("{}{} is {}", told.empty() ? "" : "\n", ledger::format_id(each.row.id), options.outcome);
        }
        return commit(with, into, told);
    });
}

// In a file: on a command line others could read it.
exit_code enter_account(session& with, const payout_options& options) {
    const auto source = open_input(options.account_file);
    if (!source) return complain(source.error());
    line_cutter lines(source->bytes());
    physical_line line;
    const std::string text(lines.next(line) ? line.bytes : std::string_view());
    auto account = payouts::parse_payee_account(text);
    if (!account) return complain({account.error().code, "what the file has in its first line " + account.error().text});
    return with_terms(with, options.where, [&](const payouts::payout_terms& terms, ledger::transaction& into) {
        ledger::customer_account row{0, options.customer, std::move(*account), options.actor, options.reason, 0};
        const auto reached = payouts::enter_account(row, terms, into);
        if (!reached) return complain(reached.error());
        const std::string to = payouts::masked(row.account);
        return commit(
            with, into,
            *reached ? fmt::format("customer {} is paid to {}", options.customer, to)
                     : fmt::format("customer {} has given {}, which no way of [tenant.payouts] leads to", options.customer, to));
    });
}

void print_file(session& with, ledger::payout_route route, const outbound::payout_file& file) {
    with.out.write(fmt::format("{}: {} of {}\n", name(route), counted(file.payouts, "payout"), amount_text(file.sum_ore, "SEK")));
    if (file.held != 0) with.out.write(fmt::format("  {} held: see brygga matters list\n", file.held));
    if (file.sent_back != 0) with.out.write(fmt::format("  {} could not be written: see brygga matters list\n", file.sent_back));
    if (file.beyond_daily_limit != 0)
        with.out.write(fmt::format("  {} beyond what may leave in a day\n", file.beyond_daily_limit));
}

exit_code ended(session& with, const dispatch::made_payouts& done) {
    switch (done.end.end) {
        case made_end::queued:
            with.out.write(fmt::format("  {}  {}  queued\n", done.name, ledger::format_id(done.end.id)));
            break;
        case made_end::nothing:
            with.out.write("  nothing to send\n");
            break;
        case made_end::refused:
            return exit_code::found;
        case made_end::already_there:
        case made_end::not_now:
            return exit_code::cannot_run;
    }
    return done.file.held + done.file.sent_back == 0 ? exit_code::clean : exit_code::found;
}

exit_code run(session& with, const payout_options& options) {
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    const auto who = chosen_tenant((*at)->in, options.where);
    if (!who) return complain(who.error());
    const auto routes = dispatch::payout_routes_of(**who);
    if (routes.empty())
        return complain(fmt::format(
            "{} has no [tenant.payouts] with a partner; what goes back by Autogiro goes with brygga autogiro run", (*who)->id));
    dispatch::options how;
    how.base = (*at)->how;
    exit_code outcome = exit_code::clean;
    for (const ledger::payout_route each : routes) {
        if (options.dry) {
            const auto file = dispatch::preview_payouts(**who, each, *(*at)->in.store, with.time().now());
            if (!file) return complain(file.error());
            print_file(with, each, *file);
            if (file->held + file->sent_back != 0) outcome = exit_code::found;
            continue;
        }
        dispatch::dispatch_report told;
        const auto done = dispatch::make_payouts_now((*at)->in.with, **who, each, *(*at)->in.store, how, told);
        if (done.end.end == made_end::queued || done.end.end == made_end::nothing) print_file(with, each, done.file);
        outcome = worse(outcome, ended(with, done));
        for (const dispatch::trouble& why : told.troubles)
            complain(fmt::format("{}: {}", name(each), why.text));
    }
    warn_of_head((*at)->in);
    return outcome;
}

using work = exit_code (*)(session&, const payout_options&);

CLI::App* add(CLI::App& group, session& with, std::string name, std::string what, std::string more,
              const std::shared_ptr<payout_options>& options, work then, std::string_view heading = "Decisions") {
    CLI::App* const command = add_command(group, std::move(name), std::move(what), std::string(heading), std::move(more));
    options->where.add_config(*command);
    options->where.add_tenant(*command);
    command->callback([&with, options, then] { with.chosen = [&with, options, then] { return then(with, *options); }; });
    return command;
}

void add_id(CLI::App& command, payout_options& options) {
    command.add_option("id", options.id, "As brygga payout list shows it")->required()->type_name("ID");
}

void add_ask(CLI::App& group, session& with) {
    const auto options = std::make_shared<payout_options>();
    CLI::App* const command = add(
        group, with, "ask", "Ask for a payout: the money is taken off the customer's credit at once",
        "  brygga payout ask --customer 7001 --actor eva --reason 'moved out' --config brygga.toml\n"
        "  brygga payout ask --customer 7001 --amount 300.50 --net --actor eva --reason 'called' --config brygga.toml\n"
        "\n"
        "It goes to the account that the money came from when that is known, else to the account that the customer has given,\n"
        "else back through the customer's Autogiro mandate, else by civic number where that is agreed (RF-R03). Somebody else\n"
        "approves it.",
        options, ask);
    add_person(*command, options->actor, options->reason);
    command->add_option("--customer", options->customer, "Whose credit it is")->required()->type_name("ID");
    command->add_option("--amount", options->amount, "In kronor, 300.50; everything that is free without it")->type_name("KR");
    command->add_option("--purpose", options->purpose, "What it is (default overpayment)")
        ->check(CLI::IsMember({"overpayment", "credit-balance", "deposit"}));
    command->add_option("--key", options->key, "The same again is the same payout")->type_name("TEXT");
    command->add_flag("--net", options->net, "Pay the customer's open invoices first");
}

void add_readers(CLI::App& group, session& with) {
    const auto listed = std::make_shared<payout_options>();
    CLI::App* const all = add(group, with, "list", "Payouts that are on their way, or of a state",
                              "  brygga payout list --state draft --config brygga.toml", listed, list);
    all->add_option("--customer", listed->customer, "Only of this customer")->type_name("ID");
    all->add_option("--state", listed->state, "Only these")
        ->check(
            CLI::IsMember({"draft", "approved", "exported", "accepted", "executed", "rejected", "returned", "withdrawn", "all"}));
    const auto shown = std::make_shared<payout_options>();
    add_id(*add(group, with, "show", "One with all that happened to it",
                "  brygga payout show 0DV0T9KC1M2AB --config brygga.toml", shown, show),
           *shown);
}

void add_words(CLI::App& group, session& with) {
    const auto approved = std::make_shared<payout_options>();
    CLI::App* const yes = add(
        group, with, "approve", "Release a payout: somebody else than who asked for it, but for small amounts",
        "  brygga payout approve 0DV0T9KC1M2AB --actor nils --reason 'seen' --config brygga.toml\n"
        "\n"
        "A protected identity, an estate and an account that the customer changed not long ago hold it until the matter that\n"
        "tells of it is closed.\n"
        "Exit status: 0 approved, 1 held, 2 refused.",
        approved, approve);
    add_person(*yes, approved->actor, approved->reason);
    add_id(*yes, *approved);
    const auto withdrawn = std::make_shared<payout_options>();
    CLI::App* const no =
        add(group, with, "withdraw", "Take back a payout that has not left",
            "  brygga payout withdraw 0DV0T9KC1M2AB --actor eva --reason 'wants it on the next invoice' --config "
            "brygga.toml",
            withdrawn, withdraw);
    add_person(*no, withdrawn->actor, withdrawn->reason);
    add_id(*no, *withdrawn);
    const auto settled = std::make_shared<payout_options>();
    CLI::App* const outcome =
        add(group, with, "settle", "Say what became of a payout, where no report of the bank does",
            "  brygga payout settle 0DV0T9KC1M2AB executed --actor eva --reason 'on the statement' --config brygga.toml\n"
            "\n"
            "The id may be that of a file: then it is said of all its payouts that are still on their way. What is rejected or\n"
            "comes back is the customer's credit again. Not for what a report of the bank has brought into suspense: that\n"
            "would be booked twice.",
            settled, settle);
    add_person(*outcome, settled->actor, settled->reason);
    add_id(*outcome, *settled);
    outcome->add_option("outcome", settled->outcome, "What became of it")
        ->required()
        ->check(CLI::IsMember({"executed", "rejected", "returned"}));
    outcome->add_option("--day", settled->day, "When, 2026-11-30 (default today)")->type_name("DAY");
    const auto entered = std::make_shared<payout_options>();
    CLI::App* const account = add(
        group, with, "account", "Enter the account that a customer has given",
        "  brygga payout account --customer 7001 --account account.txt --actor eva --reason 'by BankID' --config brygga.toml\n"
        "\n"
        "The file has the account in its first line: clearing number and account number, an IBAN, bankgiro:991-2346 or\n"
        "plusgiro:2857-1; - is standard input.",
        entered, enter_account);
    add_person(*account, entered->actor, entered->reason);
    account->add_option("--customer", entered->customer, "Whose account it is")->required()->type_name("ID");
    account->add_option("--account", entered->account_file, "File with the account")->required()->type_name("FILE");
}

}  // namespace

void add_payout_commands(CLI::App& app, session& with) {
    CLI::App* const group =
        add_command(app, "payout", "Pay customers back: ask, approve, follow", "Decisions",
                    "  brygga payout ask --customer 7001 --actor eva --reason 'moved out' --config brygga.toml\n"
                    "  brygga payout approve 0DV0T9KC1M2AB --actor nils --reason 'seen' --config brygga.toml\n"
                    "\n"
                    "What is approved leaves at the time of [tenant.payouts] with brygga dispatch and brygga run, or with brygga "
                    "payout run;\n"
                    "what the bank answers comes through the intake.");
    group->require_subcommand(1);
    add_ask(*group, with);
    add_readers(*group, with);
    add_words(*group, with);
    const auto options = std::make_shared<payout_options>();
    CLI::App* const now =
        add(*group, with, "run", "Make the files of what is approved now, or tell what would be in them",
            "  brygga payout run --dry-run --config brygga.toml\n"
            "  brygga payout run --config brygga.toml\n"
            "\n"
            "Exit status: 0 made, or nothing to send, 1 something could not be sent, 2 no file could be made now.",
            options, run, "Operation");
    options->where.add_die_at(*now);
    now->add_flag("--dry-run", options->dry, "Write nothing: only tell what there is");
}

}  // namespace brygga::command
