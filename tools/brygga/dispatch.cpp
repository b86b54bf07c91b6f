// brygga dispatch --once, brygga resend
#include "connectors/dispatch/dispatch.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "connectors/intake/kept_original.hpp"
#include "formats/inspection/printable.hpp"
#include "mapping/outbound/file_decisions.hpp"
#include "tools/brygga/pipelines.hpp"
#include "tools/brygga/stop_on_signal.hpp"
#include "tools/brygga/terminal.hpp"

namespace brygga::command {

namespace {

using inspection::printable;
using ledger::sending;

struct dispatch_command {
    books_options where;
    bool once = false;
};

struct decision_command {
    books_options where;
    std::string id, actor, reason;
    bool not_received = false;  // close: the partner says so
};

exit_code print_report(session& with, const dispatch::dispatch_report& report) {
    exit_code outcome = exit_code::clean;
    for (const dispatch::refused_file& each : report.refused) {
        with.out.write(
            fmt::format("refused {}/{} for {}: {}\n", each.tenant, printable(each.name), each.partner, printable(each.why)));
        outcome = worse(outcome, exit_code::found);
    }
    for (const dispatch::left_out_instruction& each : report.left_out) {
        with.out.write(fmt::format("not sent to {} for {}: {}  {}, {}: expected {}\n", each.partner, each.tenant, each.id,
                                   each.rule, each.field, each.expected));
        outcome = worse(outcome, exit_code::found);
    }
    for (const dispatch::sent_file& each : report.files) {
        with.out.write(fmt::format("{} {}/{} to {}  {}  {}\n", name(each.state), each.tenant, printable(each.name), each.partner,
                                   each.id, each.reason));
        const bool needs_a_person = each.state == sending::failed || each.state == sending::held;
        const bool is_settled = each.state == sending::sent || each.state == sending::closed;
        if (!is_settled) outcome = worse(outcome, needs_a_person ? exit_code::found : exit_code::cannot_run);
    }
    for (const dispatch::trouble& each : report.troubles) {
        with.out.write(fmt::format("failed {} with {} at {}: {} (it is tried again)\n", each.tenant, each.partner, each.at,
                                   printable(each.text)));
        outcome = exit_code::cannot_run;
    }
    if (report.waiting != 0) with.out.write(fmt::format("{} waiting\n", counted(report.waiting, "file")));
    if (outcome == exit_code::clean && report.files.empty() && report.waiting == 0) with.out.write("nothing to send\n");
    return outcome;
}

}  // namespace

exit_code dispatch_once(session& with, const office& at, const std::stop_token& stop) {
    dispatch::options how;
    how.base = at.how;
    return print_report(with, dispatch::dispatch_once(at.in.with, *at.in.store, how, stop));
}

namespace {

exit_code run_dispatch(session& with, const dispatch_command& options) {
    if (!options.once) return complain("say --once; see brygga dispatch --help");
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    const stop_on_signal stop;
    return dispatch_once(with, **at, stop.token());
}

// How a person's decision changes a file: from one of these states to another.
struct decision {
    std::vector<sending> from;
    sending to{};
    std::string_view told;
};

// Of a partner that the configuration no longer names nobody sends it any more, whatever a dead process had begun.
bool is_abandoned(const ledger::outgoing_item& file, const config::tenant& who) {
    const sending state = file.newest.state;
    return (state == sending::sending || state == sending::uploaded) &&
           std::none_of(who.partners.begin(), who.partners.end(),
                        [&](const partners::partner& each) { return each.id == file.row.partner; });
}

// Why it may not be queued again; empty when it may.
result<std::string> objection_to_queueing(const ledger::outgoing_item& file, date today, ledger::transaction& in) {
    const auto events = in.exchange().events_of(file.row.id);
    if (!events) return tl::unexpected(events.error());
    if (events->front().state == sending::refused) return std::string("was refused: lay a mended one into the outbox");
    auto objection = outbound::objection_to_leaving(file.row.id, today, in);
    if (!objection || !objection->empty()) return objection;
    const auto removed = in.retention().removal_of(file.row.sha256);
    if (!removed) return tl::unexpected(removed.error());
    return *removed ? fmt::format("cannot be sent again: its original was {}", intake::text_of(**removed)) : std::string();
}

// Whether closing means that it has not arrived: it never left, or the partner says so.
result<bool> not_arrived(const ledger::outgoing_item& file, const decision_command& options, ledger::transaction& in) {
    return options.not_received ? result<bool>(true) : outbound::never_left(file.row.id, in);
}

result<std::string> objection_to(const decision& wish, const decision_command& options, const ledger::outgoing_item& file,
                                 const config::tenant& who, date today, ledger::transaction& in) {
    if (wish.to == sending::queued)
        if (auto objection = objection_to_queueing(file, today, in); !objection || !objection->empty()) return objection;
    const auto withdrawn = wish.to == sending::closed ? not_arrived(file, options, in) : result<bool>(false);
    if (!withdrawn) return tl::unexpected(withdrawn.error());
    if (*withdrawn)
        if (auto objection = outbound::objection_to_not_arrived(file.row.id, in); !objection || !objection->empty())
            return objection;
    const bool fits = std::find(wish.from.begin(), wish.from.end(), file.newest.state) != wish.from.end();
    const bool said_later = options.not_received && file.newest.state == sending::closed;
    if (fits || said_later || (wish.to == sending::closed && is_abandoned(file, who))) return std::string();
    return fmt::format("is {} already", name(file.newest.state));
}

// What the ledger had put into it, for the person who closed it.
result<std::string> closing_text(const ledger::outgoing_item& file, const decision_command& options, date today,
                                 ledger::transaction& into) {
    const auto never_left = outbound::never_left(file.row.id, into);
    if (!never_left) return tl::unexpected(never_left.error());
    const auto done =
        outbound::note_closed(file.row.id, *never_left || options.not_received, {options.actor, options.reason, today}, into);
    if (!done) return tl::unexpected(done.error());
    std::string text;
    if (done->taken_back != 0)
        text += fmt::format("{} of it {} taken back: the next daily run asks for what is right then\n",
                            counted(done->taken_back, "request"), done->taken_back == 1 ? "is" : "are");
    if (done->mandates != 0)
        text += fmt::format(
            "{} of it {} for an answer of Bankgirot; only when that has not got the file close it with --not-received\n",
            counted(done->mandates, "mandate"), done->mandates == 1 ? "waits" : "wait");
    if (done->collections != 0)
        text += fmt::format(
            "{} of it {} for an answer of Bankgirot; only when that has not got the file close it with --not-received\n",
            counted(done->collections, "collection"), done->collections == 1 ? "waits" : "wait");
    if (done->payouts != 0)
        text += fmt::format("{} of it {} still on the way: brygga payout settle {} says what became of it\n",
                            counted(done->payouts, "payout"), done->payouts == 1 ? "is" : "are", ledger::format_id(file.row.id));
    return text;
}

exit_code decide(session& with, const decision_command& options, const decision& wish) {
    const auto in = open_books(options.where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenant(*in, options.where);
    if (!who) return complain(who.error());
    const auto id = ledger::parse_id(options.id);
    if (!id) return complain(fmt::format("'{}' is no id of a file; brygga status lists them", printable(options.id)));
    const auto into = in->store->begin((*who)->id);
    if (!into) return complain(into.error());
    const auto known = (*into)->exchange().outgoing_with_id(*id);
    if (!known) return complain(known.error());
    if (!*known) return complain(fmt::format("no file that was to be sent has the id {}", options.id));
    const ledger::outgoing_item& file = **known;
    const auto objection = objection_to(wish, options, file, **who, with.today(), **into);
    if (!objection) return complain(objection.error());
    if (!objection->empty()) return complain(fmt::format("file {} {}", options.id, *objection));
    const ledger::timestamp_ms due = file.newest.state == sending::held ? file.row.not_before : 0;
    const auto added = (*into)->exchange().add_event(*id, {wish.to, 0, options.reason, options.actor, due});
    if (!added) return complain(added.error());
    const auto closing =
        wish.to == sending::closed ? closing_text(file, options, with.today(), **into) : result<std::string>(std::string());
    if (!closing) return complain(closing.error());
    if (const auto done = (*into)->commit(); !done) return complain(done.error());
    warn_of_head(*in);
    with.out.write(fmt::format("{} to {} {}\n{}", printable(file.row.name), file.row.partner, wish.told, *closing));
    return exit_code::clean;
}

exit_code run_resend(session& with, const decision_command& options) {
    return decide(with, options,
                  {{sending::sent, sending::failed, sending::confirmed, sending::rejected, sending::closed},
                   sending::queued,
                   "is queued again, with the same name and bytes"});
}

exit_code run_hold(session& with, const decision_command& options) {
    return decide(with, options, {{sending::queued}, sending::held, "waits until brygga release"});
}

exit_code run_release(session& with, const decision_command& options) {
    return decide(with, options, {{sending::held}, sending::queued, "is queued again"});
}

exit_code run_close(session& with, const decision_command& options) {
    return decide(with, options,
                  {{sending::queued, sending::held, sending::failed, sending::rejected, sending::refused, sending::sent},
                   sending::closed,
                   "is closed"});
}

std::shared_ptr<decision_command> add_decision(CLI::App& command, session& with,
                                               exit_code (*run)(session&, const decision_command&)) {
    const auto what = std::make_shared<decision_command>();
    what->where.add_config(command);
    what->where.add_tenant(command);
    command.add_option("ID", what->id, "Of the file, as brygga status or dispatch prints it")->required();
    command.add_option("--actor", what->actor, "Who decides")->required()->check(says_something());
    command.add_option("--reason", what->reason, "Why")->required()->check(says_why());
    command.callback([&with, what, run] { with.chosen = [&with, what, run] { return run(with, *what); }; });
    return what;
}

}  // namespace

void add_dispatch_commands(CLI::App& app, session& with) {
    CLI::App* const command = add_command(
        app, "dispatch", "Send what lies in the outboxes and what is due, to partners' servers", "Operation",
        "  brygga dispatch --once --config brygga.toml\n"
        "\n"
        "What is laid into the outbox of a [[tenant.partner.send]] is checked by Brygga's own reader, kept, queued and sent:\n"
        "under a temporary name, read back, renamed, looked at again. The same bytes are not sent to a partner twice by\n"
        "mistake. Cut off at any point, the next run goes on. The day's file of Autogiro ([tenant.autogiro]) is made and sent\n"
        "when its time has come. A file that was never tried and that something has overtaken is taken back (closed): the\n"
        "next daily run asks for what is right then.\n"
        "Exit status: 0 everything due was sent, 1 a person must look: a file was refused, failed for good, is held because\n"
        "something has overtaken it since it was tried, or lacks what could not be written into it, 2 a partner could not be "
        "reached or a file is\n"
        "tried again later.");
    const auto options = std::make_shared<dispatch_command>();
    options->where.add_config(*command);
    options->where.add_die_at(*command);
    command->add_flag("--once", options->once, "Queue what is whole, send what is due, and end");
    command->callback([&with, options] { with.chosen = [&with, options] { return run_dispatch(with, *options); }; });

    CLI::App* const resend = add_command(app, "resend", "Send a file once more, with the same name and bytes", "Operation",
                                         "  brygga resend 00M5X... --actor eva --reason 'the bank lost it' --config brygga.toml\n"
                                         "\n"
                                         "A file that is still there under its name with the same bytes is left as it is.");
    add_decision(*resend, with, run_resend);
    add_decision(*add_command(app, "hold", "Let a queued file wait until brygga release", "Operation",
                              "  brygga hold 00M5X... --actor eva --reason 'wrong due date' --config brygga.toml\n"
                              "\n"
                              "Neither its time nor a restart sends it; brygga close withdraws it."),
                 with, run_hold);
    add_decision(*add_command(app, "release", "Let a file go that brygga hold keeps", "Operation",
                              "  brygga release 00M5X... --actor eva --reason 'is right after all' --config brygga.toml\n"
                              "\n"
                              "It goes at its time, or at once when that has passed. (For a section of a bank file that waits:\n"
                              "brygga intake release.)"),
                 with, run_release);
    CLI::App* const close = add_command(
        app, "close", "Say that a person has seen to a file that failed, was refused or was rejected", "Operation",
        "  brygga close 00M5X... --actor eva --reason 'paid by hand' --config brygga.toml\n"
        "\n"
        "status no longer tells of it, and it is not sent again unless brygga resend says so. A file that waits to\n"
        "be sent is withdrawn so, and one whose answer does not come can be closed too.\n"
        "\n"
        "Mandates and collections of a file that never left are as they were before it, and the next daily run asks\n"
        "for what is right then; of one that may have arrived they wait for their answer. Its payouts wait for brygga\n"
        "payout settle.");
    const auto closed = add_decision(*close, with, run_close);
    close->add_flag("--not-received", closed->not_received,
                    "The partner says that it has not got the file and will not: mandates and collections are asked for "
                    "anew, and if it was wrong, customers are debited twice");
}

}  // namespace brygga::command
