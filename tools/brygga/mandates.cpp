// brygga mandate list | show | ask | approve | decline | assign | unsay | cancel: mandates of Autogiro, and a person's words on
// them.
#include "tools/brygga/mandates.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "formats/core/bankgiro.hpp"
#include "formats/core/finding.hpp"
#include "formats/core/lines.hpp"
#include "formats/core/personal_number.hpp"
#include "formats/inspection/printable.hpp"
#include "mapping/outbound/mandate_words.hpp"
#include "tools/brygga/input.hpp"
#include "tools/brygga/ledger.hpp"

namespace brygga::command {

namespace {

using inspection::printable;
using ledger::mandate_event;
using ledger::mandate_item;

struct mandate_options {
    books_options where;
    std::string bankgiro, state, id, customer, payer_number, payer_file, actor, reason;
};

// Some companies let payers enter their own identity number.
std::string payer_text(const std::string& payer_number) {
    return may_hold_personal_number(payer_number) ? masked(payer_number) : payer_number;
}

std::string line_of(const mandate_item& item) {
    return fmt::format(
        "{}  {}  payer {}  {}  {}{} since {}", ledger::format_id(item.row.id), display_bankgiro(item.row.bankgiro),
        payer_text(item.row.payer_number),
        item.newest.customer_id.empty() ? "no customer" : fmt::format("customer {}", printable(item.newest.customer_id)),
        item.row.is_change ? "change of account " : "", name(item.newest.state), format_iso_date(item.newest.day));
}

exit_code list_mandates(session& with, const mandate_options& options) {
    const auto in = open_books(options.where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenant(*in, options.where);
    if (!who) return complain(who.error());
    const auto from = in->store->begin_read((*who)->id);
    if (!from) return complain(from.error());
    for (const inbound::receiver& each : (*who)->receivers) {
        if (!options.bankgiro.empty() && normalise_bankgiro(options.bankgiro) != each.bankgiro) continue;
        const auto all = (*from)->direct_debit().mandates_of_bankgiro(each.bankgiro);
        if (!all) return complain(all.error());
        for (const mandate_item& item : *all) {
            const bool wanted = (options.state.empty() || options.state == name(item.newest.state)) &&
                                (options.customer.empty() || options.customer == item.newest.customer_id);
            if (wanted) with.out.write(line_of(item) + "\n");
        }
    }
    return exit_code::clean;
}

std::string told_by(const mandate_event& event) {
    if (!event.actor.empty()) return fmt::format("{}: {}", printable(event.actor), printable(event.reason));
    const std::string codes = event.information.empty() ? std::string() : fmt::format("{}/{} ", event.information, event.comment);
    return fmt::format("{}{}", codes, event.source_id == 0 ? std::string() : ledger::format_id(event.source_id));
}

exit_code show_mandate(session& with, const mandate_options& options) {
    const auto id = ledger::parse_id(options.id);
    if (!id) return complain({error_code::invalid_argument, fmt::format("'{}' is no id", options.id)});
    return in_ledger(with, options.where, false, [&](ledger::transaction& in) {
        const auto item = in.direct_debit().mandate_with_id(*id);
        if (!item) return complain(item.error());
        if (!*item) return complain(fmt::format("no mandate has the id {}", options.id));
        const auto events = in.direct_debit().mandate_events(*id);
        if (!events) return complain(events.error());
        with.out.write(line_of(**item) + "\n");
        const mandate_event& now = (*item)->newest;
        with.out.write(fmt::format("  account {}, identity {}\n", now.account.empty() ? "not told" : masked(now.account),
                                   now.identity.empty() ? "not told" : masked(now.identity)));
        for (const mandate_event& each : *events)
            with.out.write(fmt::format("  {}  {:<10}  {}\n", format_iso_date(each.day), name(each.state), told_by(each)));
        return exit_code::clean;
    });
}

// Account and identity number in two lines: on a command line others could read them.
result<void> read_payer(const std::string& file, outbound::mandate_application& into) {
    if (file.empty()) return {};
    const auto source = open_input(file);
    if (!source) return tl::unexpected(source.error());
    line_cutter lines(source->bytes());
    std::vector<std::string> found;
    for (physical_line line; lines.next(line);)
        if (!line.bytes.empty()) found.emplace_back(line.bytes);
    if (found.size() != 2)
        return fail(error_code::invalid_content, "the payer's file must have two lines: the account, and the identity number");
    into.account = std::move(found[0]);
    into.identity = std::move(found[1]);
    return {};
}

std::string_view warning_of(account_verdict verdict) {
    switch (verdict) {
        case account_verdict::unknown_clearing:
            return "; no bank is known to have this clearing number";
        case account_verdict::doubtful:
            return "; its check digit fails, as that of some older accounts does";
        case account_verdict::valid:
        case account_verdict::untested:
        case account_verdict::length:
        case account_verdict::all_zeros:
        case account_verdict::check_digit:
            return "";
    }
    return "";
}

exit_code ask(session& with, const mandate_options& options) {
    outbound::mandate_application what{{}, options.customer, options.payer_number, {}, {}};
    if (const auto read = read_payer(options.payer_file, what); !read) return complain(read.error());
    const auto in = open_books(options.where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenant(*in, options.where);
    if (!who) return complain(who.error());
    auto bankgiro = chosen_bankgiro(**who, options.bankgiro);
    if (!bankgiro) return complain(bankgiro.error());
    what.bankgiro = std::move(*bankgiro);
    const auto into = in->store->begin((*who)->id);
    if (!into) return complain(into.error());
    const auto done = outbound::ask_for_mandate(what, {options.actor, options.reason, with.today()}, **into);
    if (!done) return complain(done.error());
    if (const auto committed = (*into)->commit(); !committed) return complain(committed.error());
    warn_of_head(*in);
    with.out.write(
        fmt::format("{} is asked for by the next daily run{}\n", ledger::format_id(done->mandate_id), warning_of(done->account)));
    return exit_code::clean;
}

// What a word led to, for the user.
using saying = std::function<result<std::string>(ledger::row_id, const outbound::speaker&, ledger::transaction&)>;

exit_code say(session& with, const mandate_options& options, const saying& word) {
    const auto id = ledger::parse_id(options.id);
    if (!id) return complain({error_code::invalid_argument, fmt::format("'{}' is no id", options.id)});
    return in_ledger(with, options.where, true, [&](ledger::transaction& into) {
        const auto told = word(*id, {options.actor, options.reason, with.today()}, into);
        if (!told) return complain(told.error());
        if (const auto done = into.commit(); !done) return complain(done.error());
        with.out.write(fmt::format("{} {}\n", options.id, *told));
        return exit_code::clean;
    });
}

result<std::string> told(const result<void>& done, std::string_view text) {
    if (!done) return tl::unexpected(done.error());
    return std::string(text);
}

void add_word(CLI::App& command, mandate_options& options) {
    options.where.add_config(command);
    options.where.add_tenant(command);
    add_person(command, options.actor, options.reason);
}

void add_answer(CLI::App& mandates, session& with, const std::string& name, const std::string& what, const std::string& more,
                const std::function<saying(const mandate_options&)>& word) {
    CLI::App* const command = add_command(
        mandates, name, what, "Decisions",
        fmt::format("  brygga mandate {} 0DV0T9KC1M2AB{} --actor eva --reason 'talked to the payer' --config brygga.toml\n{}",
                    name, name == "assign" ? " --customer 7001" : "", more));
    const auto options = std::make_shared<mandate_options>();
    add_word(*command, *options);
    command->add_option("id", options->id, "As brygga mandate list shows it")->required()->type_name("ID");
    if (name == "approve" || name == "assign")
        command->add_option("--customer", options->customer, "Whose it is, where nobody knows")
            ->required(name == "assign")
            ->type_name("ID");
    command->callback(
        [&with, options, word] { with.chosen = [&with, options, word] { return say(with, *options, word(*options)); }; });
}

void add_list_and_show(CLI::App& mandates, session& with) {
    CLI::App* const list = add_command(mandates, "list", "Mandates with their newest state", "Decisions",
                                       "  brygga mandate list --state proposed --config brygga.toml");
    const auto listed = std::make_shared<mandate_options>();
    listed->where.add_config(*list);
    listed->where.add_tenant(*list);
    list->add_option("--bankgiro", listed->bankgiro, "Only of this one of ours")->type_name("NUMBER");
    list->add_option("--customer", listed->customer, "Only of this customer")->type_name("ID");
    list->add_option("--state", listed->state, "Only these")
        ->check(CLI::IsMember({"proposed", "applied", "active", "suspended", "cancelling", "rejected", "cancelled"}));
    list->callback([&with, listed] { with.chosen = [&with, listed] { return list_mandates(with, *listed); }; });
    CLI::App* const show = add_command(mandates, "show", "One with all that happened to it", "Decisions",
                                       "  brygga mandate show 0DV0T9KC1M2AB --config brygga.toml");
    const auto shown = std::make_shared<mandate_options>();
    shown->where.add_config(*show);
    shown->where.add_tenant(*show);
    show->add_option("id", shown->id, "As brygga mandate list shows it")->required()->type_name("ID");
    show->callback([&with, shown] { with.chosen = [&with, shown] { return show_mandate(with, *shown); }; });
}

void add_ask(CLI::App& mandates, session& with) {
    CLI::App* const command = add_command(
        mandates, "ask", "Ask Bankgirot for a mandate that the payer has signed", "Decisions",
        "  brygga mandate ask --customer 7001 --payer payer.txt --actor eva --reason 'signed on paper' --config brygga.toml\n"
        "  brygga mandate ask --customer 7001 --payer-number 991-2346 --actor eva --reason 'signed' --config brygga.toml\n"
        "\n"
        "The file has two lines: the payer's account with its clearing number, and the payer's identity number; - is standard\n"
        "input. Without it the payer number is the payer's bankgiro number. Asked for once more before the daily run has sent\n"
        "it, it is mended.");
    const auto options = std::make_shared<mandate_options>();
    add_word(*command, *options);
    command->add_option("--customer", options->customer, "Whose invoices are collected")->required()->type_name("ID");
    command->add_option("--payer", options->payer_file, "File with account and identity number")->type_name("FILE");
    command->add_option("--payer-number", options->payer_number, "The customer's id when it is not given")->type_name("NUMBER");
    command->add_option("--bankgiro", options->bankgiro, "Of ours; needed when several collect")->type_name("NUMBER");
    command->callback([&with, options] { with.chosen = [&with, options] { return ask(with, *options); }; });
}

}  // namespace

result<std::string> chosen_bankgiro(const config::tenant& who, const std::string& given) {
    if (!who.autogiro) return fail(error_code::invalid_config, fmt::format("{} has no [tenant.autogiro]", who.id));
    const auto& all = who.autogiro->bankgiros;
    if (given.empty() && all.size() == 1) return all.front();
    if (given.empty()) return fail(error_code::invalid_argument, "several bankgiro numbers collect: name one with --bankgiro");
    const auto digits = normalise_bankgiro(given);
    if (!digits || std::find(all.begin(), all.end(), *digits) == all.end())
        return fail(error_code::invalid_argument, fmt::format("{} is no bankgiro number of [tenant.autogiro]", given));
    return *digits;
}

void add_mandate_commands(CLI::App& app, session& with) {
    CLI::App* const mandates = add_command(
        app, "mandate", "Mandates of Autogiro: see them, and say what becomes of them", "Decisions",
        "  brygga mandate list --config brygga.toml\n"
        "  brygga mandate approve 0DV0T9KC1M2AB --actor eva --reason 'talked to the payer' --config brygga.toml\n"
        "\n"
        "What is said is sent by the next daily run (brygga autogiro run); what Bankgirot answers comes through the intake.\n"
        "A payer number is changed by cancelling the old mandate and asking for the new one.");
    mandates->require_subcommand(1);
    add_list_and_show(*mandates, with);
    add_ask(*mandates, with);
    add_answer(*mandates, with, "approve", "Say yes to a mandate from an internet bank, or to a change of account", "",
               [](const mandate_options& options) {
                   return saying([customer = options.customer](auto id, const auto& who, auto& into) {
                       return told(outbound::approve_mandate(id, customer, who, into), "is approved by the next daily run");
                   });
               });
    add_answer(*mandates, with, "decline", "Say no to a mandate from an internet bank, or to a change of account", "",
               [](const mandate_options&) {
                   return saying([](auto id, const auto& who, auto& into) {
                       return told(outbound::decline_mandate(id, who, into), "is declined by the next daily run");
                   });
               });
    add_answer(*mandates, with, "assign", "Say whose invoices a mandate collects that is nobody's", "",
               [](const mandate_options& options) {
                   return saying([customer = options.customer](auto id, const auto& who, auto& into) {
                       return told(outbound::assign_mandate(id, customer, who, into), "is the customer's");
                   });
               });
    add_answer(*mandates, with, "unsay", "Take back what was said of a mandate and has not left", "", [](const mandate_options&) {
        return saying(
            [](auto id, const auto& who, auto& into) { return told(outbound::unsay(id, who, into), "is as it was before"); });
    });
    add_answer(*mandates, with, "cancel", "End a mandate", "\nOne that was asked for and has not left yet is only withdrawn.",
               [](const mandate_options&) {
                   return saying([](auto id, const auto& who, auto& into) -> result<std::string> {
                       const auto done = outbound::cancel_mandate(id, who, into);
                       if (!done) return tl::unexpected(done.error());
                       return std::string(*done == outbound::cancelled_how::never_sent ? "has not left yet, and is withdrawn"
                                                                                       : "is cancelled by the next daily run");
                   });
               });
}

}  // namespace brygga::command
