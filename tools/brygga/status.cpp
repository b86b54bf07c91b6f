// brygga status, brygga verify
#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "connectors/intake/handovers.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "connectors/service/alarms.hpp"
#include "formats/inspection/printable.hpp"
#include "mapping/ledger/summary.hpp"
#include "tools/brygga/pipelines.hpp"
#include "tools/brygga/verify.hpp"

namespace brygga::command {

namespace {

using inspection::printable;
using ledger::format_id;

constexpr ledger::timestamp_ms ms_per_day = 86'400'000;
constexpr std::size_t shown_suspense = 20;
constexpr std::size_t shown_totals = 20;
constexpr std::size_t shown_gaps = 20;
constexpr std::size_t shown_outgoing = 20;
constexpr std::size_t shown_matters = 20;
constexpr std::string_view page_rule = "CAMT-R23";
constexpr std::size_t shown_left_out = 20;  // deposits of one file

struct verify_options {
    books_options where;
    std::vector<std::string> heads;
};

struct status_options {
    books_options where;
    std::uint32_t days = 1;
};

// The reasons that stand in a receipt, without the rest of it.
std::string reasons_of(const ledger::exchanged_file& file) {
    const auto receipt = nlohmann::json::parse(file.receipt, nullptr, false);
    if (!receipt.is_object() || !receipt.contains("reasons") || !receipt["reasons"].is_array()) return {};
    std::string out;
    for (const auto& each : receipt["reasons"])
        if (each.is_string()) out += fmt::format("{}{}", out.empty() ? "" : ", ", each.get_ref<const std::string&>());
    return out;
}

// Whether a finding of this rule stands in the receipt.
bool tells(const ledger::exchanged_file& file, std::string_view rule) {
    const auto receipt = nlohmann::json::parse(file.receipt, nullptr, false);
    if (!receipt.is_object() || !receipt.contains("logical_files")) return false;
    for (const auto& logical : receipt["logical_files"])
        for (const auto& each : logical.value("findings", nlohmann::json::array()))
            if (each.value("rule", std::string()) == rule) return true;
    return false;
}

std::size_t files_in(const std::filesystem::path& folder) {
    std::error_code ignored;
    std::size_t count = 0;
    for (std::filesystem::directory_iterator at(folder, ignored), end; !ignored && at != end; at.increment(ignored))
        if (at->path().filename().string().front() != '.') ++count;
    return count;
}

// A held file stays held in the ledger's row; whether it still waits follows from its holds.
bool waits(const ledger::exchanged_file& file, const ledger::ledger_summary& books) {
    return std::any_of(books.undecided.begin(), books.undecided.end(), [&](const ledger::held_item& each) {
        return each.row.file_id == file.id && each.row.subject == ledger::hold_subject::section;
    });
}

// Of the sections of a held file, who decided and why.
result<std::string> decisions_on(ledger::transaction& in, const ledger::exchanged_file& file) {
    const auto holds = in.holds_of_file(file.id);
    if (!holds) return tl::unexpected(holds.error());
    std::string out;
    for (const ledger::held_item& each : *holds)
        if (each.row.subject == ledger::hold_subject::section && each.verdict)
            out += fmt::format("      section {} of logical file {} {}\n", each.row.section_no, each.row.logical_no,
                               decision_text(each));
    return out;
}

result<void> print_files(session& with, ledger::transaction& in, const std::vector<ledger::exchanged_file>& files,
                         const ledger::ledger_summary& books, std::uint32_t days) {
    std::uint64_t archived = 0;
    std::uint64_t held = 0;
    std::uint64_t decided = 0;
    std::uint64_t rejected = 0;
    std::string others;
    for (const ledger::exchanged_file& each : files) {
        if (each.outcome != ledger::file_outcome::rejected && tells(each, page_rule))
            others +=
                fmt::format("    not compared {}  claim {}  {}: one page of several, look at the sums and balances of the last\n",
                            printable(each.name), each.claim, page_rule);
        switch (each.outcome) {
            case ledger::file_outcome::archived:
                ++archived;
                continue;
            case ledger::file_outcome::held:
                ++(waits(each, books) ? held : decided);
                break;
            case ledger::file_outcome::rejected:
                ++rejected;
                break;
        }
        const bool settled = each.outcome == ledger::file_outcome::held && !waits(each, books);
        others += fmt::format("    {} {}  claim {}  {}\n", settled ? "decided" : name(each.outcome), printable(each.name),
                              each.claim, printable(reasons_of(each)));
        if (each.outcome != ledger::file_outcome::held) continue;
        const auto decisions = decisions_on(in, each);
        if (!decisions) return tl::unexpected(decisions.error());
        others += *decisions;
    }
    with.out.write(
        fmt::format("  files of the last {}: {}, of which {} were archived, {} held, {} held and decided, {} rejected\n{}",
                    days == 1 ? "day" : fmt::format("{} days", days), files.size(), archived, held, decided, rejected, others));
    return {};
}

bool is_section(const ledger::held_item& item) {
    return item.row.subject == ledger::hold_subject::section;
}

void print_waiting(session& with, const ledger::ledger_summary& books) {
    for (const ledger::held_item& each : books.undecided)
        if (is_section(each))
            with.out.write(fmt::format("  waits for a decision: {} section {} of logical file {}, {}  {}\n",
                                       printable(each.file_name), each.row.section_no, each.row.logical_no,
                                       printable(each.row.reasons), format_id(each.row.id)));
    if (std::any_of(books.undecided.begin(), books.undecided.end(), is_section))
        with.out.write("    to do: brygga intake release or refuse FILE --section N --actor WHO --reason WHY\n");
    if (!books.suspense.empty())
        with.out.write(fmt::format("  in suspense: {}{}\n", counted(books.suspense.size(), "payment"),
                                   books.suspense_cut ? " and more" : ""));
    for (std::size_t i = 0; i < books.suspense.size() && i < shown_suspense; ++i) {
        const ledger::suspense_item& each = books.suspense[i];
        with.out.write(fmt::format("    {}  {}  {:>18}  {}\n", format_id(each.payment_id), format_iso_date(each.value_date),
                                   amount_text(each.amount_ore, each.currency), printable(each.reason)));
    }
    if (books.suspense.size() > shown_suspense) with.out.write("    ... all of them: brygga ledger suspense\n");
}

constexpr std::string_view how_to_acknowledge =
    "    to do: {}, or say that somebody has seen to it with\n"
    "    brygga intake acknowledge CLAIM --actor WHO --reason WHAT\n";

// Those that are booked with another amount, or those that are not booked at all.
void print_totals(session& with, const ledger::ledger_summary& books, bool booked) {
    std::size_t count = 0;
    std::string lines;
    for (const ledger::total_item& each : books.totals) {
        if ((each.booked_id != 0) != booked || ++count > shown_totals) continue;
        lines += fmt::format("    {}  {} {}  {:>18}  {}, claim {}{}\n", format_iso_date(each.row.payment_date), each.row.bankgiro,
                             each.row.serial, amount_text(each.row.amount_ore, each.row.currency), printable(each.file_name),
                             each.claim,
                             booked ? fmt::format("; booked {} in deposit {}", amount_text(each.booked_ore, each.booked_currency),
                                                  format_id(each.booked_id))
                                    : std::string());
    }
    if (count == 0) return;
    with.out.write(fmt::format(
        "  {}: {}{}\n{}{}",
        booked ? "paid in by a statement with another amount than is booked" : "paid in by a statement, but not booked",
        counted(count, "deposit"), books.totals_cut ? " and more" : "", lines, count > shown_totals ? "    ...\n" : ""));
    with.out.write(fmt::format(
        how_to_acknowledge, booked ? "ask the bank which is right" : "wait for their payments, which come in camt.054 or BgMax"));
}

std::string_view element_of(ledger::number_series series) noexcept {
    switch (series) {
        case ledger::number_series::electronic:
            return "ElctrncSeqNb";
        case ledger::number_series::legal:
            return "LglSeqNb";
    }
    return {};
}

void print_gaps(session& with, const ledger::ledger_summary& books) {
    if (books.gaps.empty()) return;
    with.out.write(fmt::format("  missing in the sequence of a bank's reports: {}{}\n", counted(books.gaps.size(), "gap"),
                               books.gaps_cut ? " and more" : ""));
    for (std::size_t i = 0; i < books.gaps.size() && i < shown_gaps; ++i) {
        const ledger::number_gap& each = books.gaps[i];
        const std::string numbers = each.first == each.last ? fmt::format("number {}", each.first)
                                                            : fmt::format("numbers {} to {}", each.first, each.last);
        with.out.write(fmt::format("    {} {} of {} ({}), account {} {}; before {}, claim {}\n", each.format, numbers, each.year,
                                   element_of(each.series), printable(masked(each.account)), printable(each.currency),
                                   printable(each.file_name), each.claim));
    }
    if (books.gaps.size() > shown_gaps) with.out.write("    ...\n");
    with.out.write(fmt::format(how_to_acknowledge, "ask the bank for them"));
}

// About what was left out: this many deposits, and receipts that the bank took back.
std::string to_do_about(std::size_t deposits, std::size_t taken_back, std::string_view to) {
    std::string out;
    if (deposits != 0)
        out = fmt::format("enter {} by hand in the system that reads {}", deposits == 1 ? "the deposit" : "the deposits", to);
    if (taken_back != 0)
        out += fmt::format("{}take back by hand in the system that reads {} what it had got of {} before",
                           out.empty() ? "" : ", ", to, taken_back == 1 ? "the receipt" : "the receipts");
    return out;
}

// Deposits that were booked and that the other system does not get, and files that it has not got yet.
result<void> print_not_handed_on(session& with, const config::tenant& who, ledger::transaction& in) {
    const auto open = in.open_handovers();
    if (!open) return tl::unexpected(open.error());
    for (const ledger::handover_item& each : *open) {
        const intake::routed told = intake::told_of(each);
        const std::size_t taken_back = intake::taken_back(told);
        const std::size_t deposits = told.left_out.size() - taken_back;
        std::vector<std::string> what;
        if (deposits != 0) what.push_back(counted(deposits, "deposit"));
        if (taken_back != 0) what.push_back(counted(taken_back, "receipt") + " taken back by the bank");
        with.out.write(fmt::format("  booked and not handed on as {}: {} of {}, claim {}\n", told.to, fmt::join(what, " and "),
                                   printable(each.file_name), each.claim));
        for (std::size_t i = 0; i < told.left_out.size() && i < shown_left_out; ++i)
            with.out.write(fmt::format("    {}\n", deposit_text(told.left_out[i])));
        if (told.left_out.size() > shown_left_out)
            with.out.write(
                fmt::format("    and {} more: the receipt beside the file names all\n", told.left_out.size() - shown_left_out));
        with.out.write(
            fmt::format("    to do: {}, then say so with\n"
                        "    brygga intake acknowledge {} --actor WHO --reason WHAT\n",
                        to_do_about(deposits, taken_back, told.to), each.claim));
    }
    const auto files = intake::files_to_hand_over(who, in, filedrop::posix_file_system());
    if (!files) return tl::unexpected(files.error());
    for (const intake::waiting_files& each : files->waiting) {
        if (each.has_route)
            with.out.write(fmt::format("  not handed over yet as {}: {}; the next intake does it\n", each.to,
                                       counted(each.names.size(), "file")));
        else
            with.out.write(fmt::format("  not handed over: {}\n", printable(intake::without_route(each))));
    }
    for (const intake::missing_file& each : files->missing)
        with.out.write(fmt::format("  missing: {}\n", printable(intake::text_of(each))));
    for (const std::string& each : files->troubles)
        with.out.write(fmt::format("  {}\n", printable(each)));
    return {};
}

void print_outgoing(session& with, const ledger::outgoing_item& each) {
    with.out.write(fmt::format("    {}  {} to {}  {}{}{}{}\n", format_id(each.row.id), printable(each.row.name), each.row.partner,
                               name(each.newest.state),
                               each.newest.attempt == 0 ? "" : fmt::format(", attempt {}", each.newest.attempt),
                               each.newest.reason.empty() ? "" : ": ", printable(each.newest.reason)));
}

result<void> print_matters(session& with, ledger::transaction& in) {
    const auto open = in.matters().open_matters(shown_matters + 1);
    if (!open) return tl::unexpected(open.error());
    if (open->empty()) return {};
    with.out.write("  to see to, then: brygga matters close ID --actor WHO --reason WHAT\n");
    for (std::size_t i = 0; i < std::min(open->size(), shown_matters); ++i)
        with.out.write(fmt::format("    {}\n", matter_text((*open)[i])));
    if (open->size() > shown_matters) with.out.write("    ... all of them: brygga matters list\n");
    return {};
}

// Those that are on their way, and how long they have been.
result<void> print_payouts(session& with, ledger::transaction& in) {
    for (int i = 0; i <= static_cast<int>(ledger::payout_state::withdrawn); ++i) {
        const auto state = static_cast<ledger::payout_state>(i);
        if (!ledger::is_pending(state)) continue;
        const auto all = in.payouts().payouts_in_state(state);
        if (!all) return tl::unexpected(all.error());
        if (all->empty()) continue;
        const auto oldest =
            std::min_element(all->begin(), all->end(), [](const auto& a, const auto& b) { return a.newest_at < b.newest_at; });
        with.out.write(fmt::format("  payouts {}: {}, the oldest since {}\n", name(state), all->size(),
                                   format_iso_date(intake::swedish_day(oldest->newest_at))));
    }
    return {};
}

// Runs that are not closed, and what of them waits for a person.
result<void> print_runs(session& with, ledger::transaction& in) {
    for (const auto state : {ledger::run_state::receiving, ledger::run_state::received}) {
        const auto runs = in.invoice_runs().runs_in_state(state);
        if (!runs) return tl::unexpected(runs.error());
        for (const ledger::run_item& each : *runs) {
            const auto counts = in.invoice_runs().count_documents(each.row.id);
            if (!counts) return tl::unexpected(counts.error());
            std::uint64_t held = 0;
            for (const ledger::run_count& of : *counts)
                if (of.state == ledger::delivery_state::held) held += of.documents;
            with.out.write(fmt::format("  invoice run {}: {}, {} held{}\n", each.row.key, name(state), counted(held, "document"),
                                       held == 0 ? "" : ": brygga run-invoices show " + each.row.key));
        }
    }
    return {};
}

// What is on its way to partners, and what a person must look at.
result<void> print_exchange(session& with, ledger::transaction& in, const config::tenant& who, ledger::timestamp_ms since) {
    const auto counts = in.exchange().count_outgoing();
    if (!counts) return tl::unexpected(counts.error());
    if (who.partners.empty() && counts->empty()) return {};
    const auto fetched = in.exchange().fetched_since(since);
    if (!fetched) return tl::unexpected(fetched.error());
    const auto sent = in.exchange().sent_since(since);
    if (!sent) return tl::unexpected(sent.error());
    with.out.write(fmt::format("  partners: {} fetched, {} sent\n", counted(*fetched, "file"), counted(*sent, "file")));
    std::vector<ledger::outgoing_item> waiting;
    std::set<std::string> partners;  // also those that the configuration no longer names
    for (const ledger::sending_count& each : *counts)
        partners.insert(each.partner);
    for (const std::string& each : partners) {
        const auto items = in.exchange().unsent(each, shown_outgoing + 1 - std::min(waiting.size(), shown_outgoing));
        if (!items) return tl::unexpected(items.error());
        waiting.insert(waiting.end(), items->begin(), items->end());
    }
    const auto failed = in.exchange().outgoing_to_look_at(shown_outgoing + 1);
    if (!failed) return tl::unexpected(failed.error());
    const std::pair<std::string_view, const std::vector<ledger::outgoing_item>*> lists[] = {
        {"waiting to be sent", &waiting},
        {"could not be sent, was refused or rejected, to do: mend what is named, then brygga resend ID or brygga close ID",
         &*failed}};
    for (const auto& [title, items] : lists) {
        if (items->empty()) continue;
        with.out.write(fmt::format("  {}:\n", title));
        for (std::size_t i = 0; i < items->size() && i < shown_outgoing; ++i)
            print_outgoing(with, (*items)[i]);
        if (items->size() > shown_outgoing) with.out.write("    ...\n");
    }
    return {};
}

result<void> print_alarms(session& with, ledger::transaction& in, const config::tenant& who, std::chrono::minutes longest) {
    const auto alarms = service::alarms_of(who, in, timing::moment(std::chrono::milliseconds(with.time().now())), longest);
    if (!alarms) return tl::unexpected(alarms.error());
    for (const service::alarm& each : *alarms)
        with.out.write(fmt::format("  alarm {}: {}\n", name(each.kind), printable(each.text)));
    return {};
}

exit_code status_of(session& with, const books& in, const config::tenant& who, std::uint32_t days) {
    const auto open = in.store->begin_read(who.id);
    if (!open) return complain(open.error());
    const auto files = (*open)->files_since(with.time().now() - days * ms_per_day);
    if (!files) return complain(files.error());
    const auto summary = ledger::summarize(**open);
    if (!summary) return complain(summary.error());
    with.out.write(fmt::format("{}  {}\n", who.id, printable(who.name)));
    if (const auto printed = print_alarms(with, **open, who, in.with.alarms.unreached_after); !printed)
        return complain(printed.error());
    const std::size_t arriving = files_in(who.inbox());
    const std::size_t unfinished = files_in(who.work());
    if (arriving != 0) with.out.write(fmt::format("  waiting in the inbox: {}\n", arriving));
    if (unfinished != 0) with.out.write(fmt::format("  claimed and not finished, taken up by the next intake: {}\n", unfinished));
    if (const auto printed = print_files(with, **open, *files, *summary, days); !printed) return complain(printed.error());
    print_waiting(with, *summary);
    print_totals(with, *summary, false);
    print_totals(with, *summary, true);
    print_gaps(with, *summary);
    if (const auto printed = print_matters(with, **open); !printed) return complain(printed.error());
    if (const auto printed = print_payouts(with, **open); !printed) return complain(printed.error());
    if (const auto printed = print_runs(with, **open); !printed) return complain(printed.error());
    if (const auto printed = print_exchange(with, **open, who, with.time().now() - days * ms_per_day); !printed)
        return complain(printed.error());
    if (const auto printed = print_not_handed_on(with, who, **open); !printed) return complain(printed.error());
    for (const ledger::invoice_totals& each : summary->invoices)
        with.out.write(fmt::format("  invoices: {} open, {} paid; {} of {} open\n", each.open, each.paid,
                                   amount_text(each.open_ore, each.currency), amount_text(each.invoiced_ore, each.currency)));
    for (const ledger::advance_totals& each : summary->advances)
        with.out.write(fmt::format("  advances: {}, {} free, {} reserved\n", each.count,
                                   amount_text(each.free_ore, each.currency), amount_text(each.reserved_ore, each.currency)));
    for (const ledger::account_sum& each : summary->accounts)
        with.out.write(fmt::format("  account {:<12} {:>20}\n", name(each.of), amount_text(each.sum_ore, each.currency)));
    return exit_code::clean;
}

// `work` for each company that was named, or all.
template <class Work>
exit_code for_tenants(session& with, const books_options& where, const Work& work) {
    const auto in = open_books(where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenants(*in, where);
    if (!who) return complain(who.error());
    exit_code outcome = exit_code::clean;
    for (const config::tenant* each : *who)
        outcome = worse(outcome, work(*in, *each));
    return outcome;
}

exit_code verify_books(session& with, const verify_options& options) {
    std::vector<ledger::log_head> noted;
    for (const std::string& each : options.heads) {
        const auto head = parse_head(each);
        if (!head) return complain(fmt::format("'{}' is no LOG_NO:SHA256", each));
        noted.push_back(*head);
    }
    if (!noted.empty() && options.where.tenant.empty())
        return complain("--head needs --tenant: each company has a log of its own");
    return for_tenants(with, options.where,
                       [&](const books& in, const config::tenant& who) { return verify_tenant(with, in, who, noted); });
}

}  // namespace

void add_operation_commands(CLI::App& app, session& with) {
    CLI::App* const status =
        add_command(app, "status", "Print what came in, what waits and why, and how the books stand", "Operation",
                    "  brygga status --config brygga.toml\n"
                    "  brygga status --days 7 --tenant energi --config brygga.toml");
    const auto options = std::make_shared<status_options>();
    options->where.add_config(*status);
    options->where.add_tenant(*status);
    status->add_option("--days", options->days, "Files of so many days (default 1)")
        ->type_name("N")
        ->check(CLI::Range(1, 36'500));
    status->callback([&with, options] {
        with.chosen = [&with, options] {
            return for_tenants(with, options->where, [&](const books& in, const config::tenant& who) {
                return status_of(with, in, who, options->days);
            });
        };
    });

    CLI::App* const verify = add_command(
        app, "verify", "Prove the books: sums of entries, the chain of hashes, the kept originals", "Operation",
        "  brygga verify --config brygga.toml\n"
        "  brygga verify --tenant energi --head 17:9f86d081... --config brygga.toml     as a receipt or the log told it\n"
        "\n"
        "After each commit the newest row of the log is also kept beside the ledger (brygga.db: brygga.db.head): a log\n"
        "that does not contain it was cut; one that it is rows behind was not. Back that file up before the ledger and\n"
        "restore both together.\n"
        "Exit status: 0 everything holds, 1 something does not, 2 it could not be tested.");
    const auto proof = std::make_shared<verify_options>();
    proof->where.add_config(*verify);
    proof->where.add_tenant(*verify);
    verify
        ->add_option("--head", proof->heads, "A row of the log that was noted elsewhere, and must still be there; with --tenant")
        ->type_name("LOG_NO:SHA256");
    verify->callback([&with, proof] { with.chosen = [&with, proof] { return verify_books(with, *proof); }; });
}

}  // namespace brygga::command
