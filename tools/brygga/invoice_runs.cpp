// brygga run-invoices take | list | show | send | generate | again | delivered | withdraw: invoice runs of the customer system on
// their way to the customers (billing-rules.md section 2).
#include <istream>
#include <memory>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "connectors/dispatch/invoice_files.hpp"
#include "formats/inspection/printable.hpp"
#include "mapping/billing/deviations.hpp"
#include "mapping/billing/receipts.hpp"
#include "mapping/billing/run_generator.hpp"
#include "mapping/billing/run_progress.hpp"
#include "mapping/billing/take_run.hpp"
#include "tools/brygga/import_report.hpp"
#include "tools/brygga/input.hpp"
#include "tools/brygga/ledger.hpp"

namespace brygga::command {

namespace {

using inspection::printable;
using ledger::run_document_item;
using ledger::run_item;

constexpr std::size_t most_listed = 1000;

struct run_options {
    books_options where;
    std::string file, run, id, by, actor, reason;
    bool all = false;
};

struct chosen_company {
    const config::tenant* who{};
    billing::run_terms terms;
};

result<chosen_company> company_of(const books& in, const run_options& options, session& with) {
    const auto who = chosen_tenant(in, options.where);
    if (!who) return tl::unexpected(who.error());
    if (!(*who)->invoices) return fail(error_code::invalid_argument, fmt::format("{} has no [tenant.invoices]", (*who)->id));
    return chosen_company{*who, (*who)->invoices->terms(with.today()).run};
}

std::string channel_text(const std::optional<ledger::channel>& by) {
    return by ? std::string(name(*by)) : "no channel";
}

void print_counts(session& with, const std::vector<ledger::run_count>& counts) {
    for (const ledger::run_count& each : counts)
        with.out.write(fmt::format("  {:<10} {:<23} {} of {}\n", channel_text(each.by), name(each.state),
                                   counted(each.documents, each.is_credit_note ? "credit note" : "invoice"),
                                   amount_text(each.amount_ore, "SEK")));
}

std::string run_line(const run_item& run) {
    return fmt::format("{}  {:%Y-%m}  {}  {}", run.row.key, std::chrono::sys_days(run.row.month), name(run.row.kind),
                       name(run.newest.state));
}

// Of a document: what its delivery says of why, which may quote the channel.
std::string document_line(const run_document_item& item) {
    const ledger::delivery_event& now = item.now.newest;
    std::string out = fmt::format("  {}  line {}  {} {}  {}  {}", ledger::format_id(item.row.id), item.row.line_no,
                                  item.row.is_credit_note ? "credit note" : "invoice", printable(item.row.number),
                                  channel_text(item.now.row.by), name(now.state));
    if (!now.code.empty()) out += "  " + printable(now.code);
    if (now.state == ledger::delivery_state::held && !now.text.empty()) out += ": " + printable(now.text);
    if (!now.actor.empty()) out += fmt::format("  {}: {}", printable(now.actor), printable(now.reason));
    return out + "\n";
}

bool waits_for_a_person(const run_document_item& item) noexcept {
    return item.now.newest.state == ledger::delivery_state::held || item.now.newest.state == ledger::delivery_state::rejected;
}

exit_code print_faults(session& with, const run_options& options, const billing::checked_run& checked) {
    for (const ledger::import_note& each : checked.faults)
        with.out.write(fmt::format("{} line {} {}: {}: {}\n", printable(options.file), each.line, printable(each.pointer),
                                   each.rule, printable(each.text)));
    if (checked.faults.size() < checked.faults_total)
        with.out.write(fmt::format("and {} more\n", checked.faults_total - checked.faults.size()));
    with.out.write("the run is refused: nothing of it is booked\n");
    return exit_code::found;
}

// BILL-R03. With a person's word it may begin; that is noted with the run.
result<bool> may_begin(const books& in, const chosen_company& company, const ledger::invoice_run& run, const run_options& options,
                       session& with) {
    if (run.kind != ledger::run_kind::ordinary) return true;
    const auto open = billing::first_open_before(*in.store, company.who->invoices->after, run.month);
    if (!open) return tl::unexpected(open.error());
    if (!*open) return true;
    with.out.write(fmt::format("BILL-R03: the run of {} for this month is not closed yet\n", **open));
    if (!options.reason.empty()) return true;
    with.out.write("the run is not begun: a person may say why it begins all the same (--actor, --reason)\n");
    return false;
}

exit_code take_checked(session& with, const run_options& options, const books& in, const chosen_company& company,
                       const byte_source& source, const billing::checked_run& checked) {
    const auto begin = [&] { return in.store->begin(company.who->id); };
    bytes_buffer buffer(source.bytes());
    std::istream lines(&buffer);
    const auto done = billing::take_run(lines, checked, begin, import_options_of(*company.who, with, source.bytes()),
                                        {options.actor, options.reason}, company.terms);
    if (!done) return complain(done.error());
    warn_of_head(in);
    if (done->was_there)
        with.out.write(fmt::format("the run {} is there already: nothing is done (BILL-R02)\n", checked.run.key));
    else
        print_report(with, options.file, "lines", done->report);
    const auto counts = [&]() -> result<std::vector<ledger::run_count>> {
        const auto from = in.store->begin_read(company.who->id);
        if (!from) return tl::unexpected(from.error());
        return (*from)->invoice_runs().count_documents(done->run_id);
    }();
    if (!counts) return complain(counts.error());
    print_counts(with, *counts);
    if (const auto closed = close_finished_runs(with, begin); !closed) return complain(closed.error());
    const bool all_well = std::none_of(counts->begin(), counts->end(),
                                       [](const ledger::run_count& each) { return each.state == ledger::delivery_state::held; });
    return all_well && done->report.bad + done->report.conflict == 0 ? exit_code::clean : exit_code::found;
}

exit_code take(session& with, const run_options& options) {
    const auto in = open_books(options.where, with);
    if (!in) return complain(in.error());
    const auto company = company_of(*in, options, with);
    if (!company) return complain(company.error());
    auto source = open_input(options.file);
    if (!source) return complain(source.error());
    const auto checked = [&]() -> result<billing::checked_run> {
        const auto from = in->store->begin_read(company->who->id);
        if (!from) return tl::unexpected(from.error());
        bytes_buffer buffer(source->bytes());
        std::istream lines(&buffer);
        return billing::check_run(lines, company->terms, **from);
    }();
    if (!checked) return complain(checked.error());
    if (checked->faults_total != 0) return print_faults(with, options, *checked);
    const auto begins = may_begin(*in, *company, checked->run, options, with);
    if (!begins) return complain(begins.error());
    return *begins ? take_checked(with, options, *in, *company, *source, *checked) : exit_code::found;
}

exit_code list(session& with, const run_options& options) {
    return in_ledger(with, options.where, false, [&](ledger::transaction& in) {
        const auto runs = in.invoice_runs().runs(most_listed);
        if (!runs) return complain(runs.error());
        bool waits = false;
        for (const run_item& each : *runs) {
            const auto ends = billing::ends_of(each.row, in);
            if (!ends) return complain(ends.error());
            waits = waits || each.newest.state != ledger::run_state::closed || ends->open != 0;
            with.out.write(fmt::format("{}  {} of {} documents at their end\n", run_line(each), ends->ended(), ends->documents));
        }
        return waits ? exit_code::found : exit_code::clean;
    });
}

void print_events(session& with, const std::vector<ledger::run_event>& events) {
    for (const ledger::run_event& each : events)
        if (!each.actor.empty())
            with.out.write(fmt::format("  {}  {}: {}\n", name(each.state), printable(each.actor), printable(each.reason)));
}

// What waits: of everything else only when it is asked for.
result<bool> print_documents(session& with, const run_options& options, ledger::row_id run_id, ledger::transaction& in) {
    bool waits = false;
    const auto done = in.invoice_runs().each_run_document(run_id, [&](const run_document_item& each) -> result<void> {
        waits = waits || waits_for_a_person(each);
        if (options.all || waits_for_a_person(each)) with.out.write(document_line(each));
        return {};
    });
    return done ? result<bool>(waits) : tl::unexpected(done.error());
}

exit_code show(session& with, const run_options& options) {
    const auto in = open_books(options.where, with);
    if (!in) return complain(in.error());
    const auto company = company_of(*in, options, with);
    if (!company) return complain(company.error());
    const auto from = in->store->begin_read(company->who->id);
    if (!from) return complain(from.error());
    const auto run = (*from)->invoice_runs().run_with_key(options.run);
    if (!run) return complain(run.error());
    if (!*run) return complain(fmt::format("there is no run {}", printable(options.run)));
    const ledger::row_id id = (*run)->row.id;
    const auto counts = (*from)->invoice_runs().count_documents(id);
    const auto events = (*from)->invoice_runs().run_events(id);
    const auto over = billing::einvoices_are_over(**run, company->terms, with.time().now(), **from);
    const auto silent = billing::without_proof(id, company->terms, most_listed, **from);
    if (!counts || !events || !over || !silent)
        return complain(!counts ? counts.error() : !events ? events.error() : !over ? over.error() : silent.error());
    with.out.write(run_line(**run) + "\n");
    print_events(with, *events);
    const bool is_whole = (*run)->newest.state != ledger::run_state::receiving;
    if (!is_whole) with.out.write("  is not booked whole, and nothing of it leaves: brygga run-invoices take it again\n");
    print_counts(with, *counts);
    if (!*over) with.out.write("  print and e-mail wait for the answers to e-invoices\n");
    const auto waits = print_documents(with, options, id, **from);
    if (!waits) return complain(waits.error());
    for (const run_document_item& each : *silent)
        with.out.write(
            fmt::format("  BILL-R09: without a receipt for {} bank days\n{}", company->terms.proof_days, document_line(each)));
    return *waits || !is_whole || !silent->empty() ? exit_code::found : exit_code::clean;
}

exit_code send(session& with, const run_options& options) {
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    const auto company = company_of((*at)->in, options, with);
    if (!company) return complain(company.error());
    dispatch::options how;
    how.base = (*at)->how;
    dispatch::dispatch_report told;
    const auto made = dispatch::make_invoices_now((*at)->in.with, *company->who, *(*at)->in.store, how, told);
    warn_of_head((*at)->in);
    with.out.write(fmt::format("{} queued, {} held, {} by the next channel, {} waiting\n", counted(made.queued, "document"),
                               made.held, made.went_on, made.waiting));
    for (const dispatch::trouble& each : told.troubles)
        complain(fmt::format("{}: {}", each.partner, each.text));
    if (!told.troubles.empty()) return exit_code::cannot_run;
    return made.held == 0 ? exit_code::clean : exit_code::found;
}

std::string_view words_of(billing::delivery_word::what said) noexcept {
    switch (said) {
        case billing::delivery_word::what::send:
            return "is planned again";
        case billing::delivery_word::what::delivered:
            return "is delivered";
        case billing::delivery_word::what::withdraw:
            return "is withdrawn";
    }
    return "unknown";
}

exit_code decide(session& with, const run_options& options, billing::delivery_word::what said) {
    const auto id = ledger::parse_id(options.id);
    if (!id) return complain({error_code::invalid_argument, fmt::format("'{}' is no id", options.id)});
    const auto in = open_books(options.where, with);
    if (!in) return complain(in.error());
    const auto company = company_of(*in, options, with);
    if (!company) return complain(company.error());
    const auto begin = [&] { return in->store->begin(company->who->id); };
    {
        const auto into = begin();
        if (!into) return complain(into.error());
        const billing::delivery_word word{said, ledger::parse_channel(options.by), options.actor, options.reason};
        if (const auto done = billing::decide_delivery(*id, word, company->terms, **into); !done) return complain(done.error());
        if (const auto done = (*into)->commit(); !done) return complain(done.error());
    }
    warn_of_head(*in);
    with.out.write(fmt::format("{} {}\n", options.id, words_of(said)));
    const auto closed = close_finished_runs(with, begin);
    return closed ? exit_code::clean : complain(closed.error());
}

std::shared_ptr<run_options> add_books(CLI::App& command) {
    auto options = std::make_shared<run_options>();
    options->where.add_config(command);
    options->where.add_tenant(command);
    return options;
}

void add_take(CLI::App& runs, session& with) {
    CLI::App* const command = add_command(
        runs, "take", "Check the file of a run, book it, and plan each document's way", "Operation",
        "  brygga run-invoices take run-2026-11.jsonl --config brygga.toml --tenant energi\n"
        "\n"
        "The first line is the manifest (mapping/ledger/schema/run.schema.json), behind it customers, facilities, invoices and\n"
        "credit notes. A file that is not what its manifest says is refused whole; a document that a rule stops is held, and "
        "the\n"
        "others go. The same file again changes nothing: after a crash the command is simply repeated.\n"
        "Exit status: 0 all documents are on their way, 1 some are held or the run is refused, 2 the command could not run.");
    const auto options = add_books(*command);
    command->add_option("file", options->file, "The run, as JSON Lines")->required()->type_name("FILE");
    CLI::Option* const actor =
        command->add_option("--actor", options->actor, "Who lets it begin before another company's is closed");
    CLI::Option* const reason = command->add_option("--reason", options->reason, "Why (BILL-R03)");
    actor->check(says_something())->needs(reason)->type_name("NAME");
    reason->check(says_why())->needs(actor)->type_name("TEXT");
    command->callback([&with, options] { with.chosen = [&with, options] { return take(with, *options); }; });
}

void add_show(CLI::App& runs, session& with) {
    CLI::App* const listed = add_command(runs, "list", "The runs and how far they have come", "Operation",
                                         "  brygga run-invoices list --config brygga.toml\n"
                                         "\n"
                                         "Exit status: 0 all are closed, 1 some are not, 2 the command could not run.");
    const auto all = add_books(*listed);
    listed->callback([&with, all] { with.chosen = [&with, all] { return list(with, *all); }; });
    CLI::App* const shown =
        add_command(runs, "show", "One run: how many documents are where, and those that wait for a person", "Operation",
                    "  brygga run-invoices show 2026-11-A --config brygga.toml\n"
                    "  brygga run-invoices show 2026-11-A --documents --config brygga.toml");
    const auto options = add_books(*shown);
    shown->add_option("run", options->run, "run_id of the manifest")->required()->type_name("RUN");
    shown->add_flag("--documents", options->all, "All documents, not only those that wait for a person");
    shown->callback([&with, options] { with.chosen = [&with, options] { return show(with, *options); }; });
    CLI::App* const sent = add_command(runs, "send", "Queue now what may leave", "Operation",
                                       "  brygga run-invoices send --config brygga.toml\n"
                                       "\n"
                                       "brygga dispatch and brygga run do it by themselves. E-invoices go at once; print and\n"
                                       "e-mail when these are answered, or einvoice_wait_hours are over.");
    const auto now = add_books(*sent);
    sent->callback([&with, now] { with.chosen = [&with, now] { return send(with, *now); }; });
}

void add_decision(CLI::App& runs, session& with, billing::delivery_word::what said, const std::string& name,
                  const std::string& what) {
    const bool sends = said == billing::delivery_word::what::send;
    CLI::App* const command = add_command(
        runs, name, what, "Decisions",
        fmt::format("  brygga run-invoices {} 0DV0T9KC1M2AB{} --actor eva --reason 'asked the customer' --config brygga.toml",
                    name, sends ? " --by print" : ""));
    const auto options = add_books(*command);
    command->add_option("id", options->id, "As brygga run-invoices show prints it")->required()->type_name("ID");
    if (sends)
        command->add_option("--by", options->by, "The channel; without it the one that it is held at")
            ->check(CLI::IsMember({"bank", "network", "mailbox", "email", "print", "forwarding"}));
    add_person(*command, options->actor, options->reason);
    command->callback([&with, options, said] { with.chosen = [&with, options, said] { return decide(with, *options, said); }; });
}

void add_deviations(CLI::App& runs, session& with) {
    CLI::App* const command = add_command(runs, "deviations", "How often customers were treated otherwise, by reason and clerk",
                                          "Operation", "  brygga run-invoices deviations 2026-11 --config brygga.toml");
    const auto options = add_books(*command);
    command->add_option("month", options->run, "Invoice month")->required()->type_name("YYYY-MM");
    command->callback([&with, options] {
        with.chosen = [&with, options] {
            const auto month = parse_iso_date(options->run + "-01");
            if (!month) return complain(fmt::format("'{}' is no month such as 2026-11", printable(options->run)));
            return in_ledger(with, options->where, false, [&](ledger::transaction& in) {
                const auto counts = billing::deviations_of(*month, in);
                if (!counts) return complain(counts.error());
                for (const auto& [what, invoices] : *counts)
                    with.out.write(fmt::format("{}  {}  {}  {}\n", what.kind, what.reason, printable(what.by),
                                               counted(invoices, "invoice")));
                return exit_code::clean;
            });
        };
    });
}

void add_generate(CLI::App& runs, session& with) {
    struct generate_options {
        billing::generator_settings how;
        bool registrations = false;
    };
    CLI::App* const command = add_command(
        runs, "generate", "Print an invented run, to try a configuration with", "Operation",
        "  brygga run-invoices generate --count 1000 --company energi > run.jsonl\n"
        "  brygga run-invoices generate --count 1000 --company energi --registrations | brygga import - --config brygga.toml\n"
        "\n"
        "Combined invoices over all utilities of November 2026 to people and companies that do not exist, and credit notes. The\n"
        "same options give the same lines. With --registrations those of its consumers that have registered at a bank, to be\n"
        "imported after the customers.");
    const auto options = std::make_shared<generate_options>();
    command->add_option("--count", options->how.invoices, "Invoices")->capture_default_str()->check(CLI::Range(1, 1'000'000));
    command->add_option("--seed", options->how.seed, "Another seed, another run")->capture_default_str();
    command->add_option("--company", options->how.tenant, "Id of the company in the configuration")->capture_default_str();
    command->add_option("--run", options->how.run_id, "run_id of the manifest")->capture_default_str();
    command->add_flag("--registrations", options->registrations, "Registrations of the consumers instead");
    command->callback([&with, options] {
        with.chosen = [&with, options] {
            const auto print = [&](std::string_view line) {
                with.out.write(line);
                with.out.write("\n");
            };
            options->registrations ? billing::generate_registrations(options->how, print)
                                   : billing::generate_run(options->how, print);
            return exit_code::clean;
        };
    });
}

}  // namespace

void add_invoice_run_commands(CLI::App& app, session& with) {
    CLI::App* const runs = add_command(
        app, "run-invoices", "Invoice runs: into the books, and by each customer's channel to the customer", "Operation",
        "  brygga run-invoices take run-2026-11.jsonl --config brygga.toml\n"
        "  brygga run-invoices send --config brygga.toml\n"
        "  brygga import receipts.jsonl --config brygga.toml          what the channels answer\n"
        "  brygga run-invoices show 2026-11-A --config brygga.toml\n"
        "\n"
        "E-invoice through the bank where the customer is registered, Peppol where it has an address there, then mailbox, "
        "e-mail\n"
        "and print. What one rejects the next takes on, once. A run is closed when every document has one end.");
    runs->require_subcommand(1);
    add_take(*runs, with);
    add_show(*runs, with);
    add_deviations(*runs, with);
    add_generate(*runs, with);
    using what = billing::delivery_word::what;
    add_decision(*runs, with, what::send, "again", "Send a document that is held or was rejected, or once more");
    add_decision(*runs, with, what::delivered, "delivered", "Say that the customer has a document");
    add_decision(*runs, with, what::withdraw, "withdraw", "Say that a document is not to be sent");
}

}  // namespace brygga::command
