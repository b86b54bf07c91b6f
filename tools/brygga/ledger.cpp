// brygga ledger balance | invoices | invoice | suspense | advances | why | match | reserve-advances | release-reservation
#include "tools/brygga/ledger.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "connectors/intake/kept_original.hpp"
#include "formats/inspection/printable.hpp"
#include "mapping/ledger/summary.hpp"

namespace brygga::command {

namespace {

using inspection::printable;
using ledger::format_id;

exit_code balance(session& with, ledger::transaction& in) {
    const auto sums = in.account_sums();
    if (!sums) return complain(sums.error());
    for (const ledger::account_sum& each : *sums)
        with.out.write(fmt::format("{:<12} {:>20}\n", name(each.of), amount_text(each.sum_ore, each.currency)));
    return exit_code::clean;
}

exit_code invoices(session& with, ledger::transaction& in) {
    const auto done = in.each_balance([&](const ledger::invoice_balance& each) -> result<void> {
        with.out.write(fmt::format("{:<12} customer {:<10} due {}  total {:>18}  open {:>18}\n", printable(each.number),
                                   printable(each.customer_id), format_iso_date(each.due_date),
                                   amount_text(each.total_ore, each.currency), amount_text(each.open_ore, each.currency)));
        return {};
    });
    return done ? exit_code::clean : complain(done.error());
}

void print_entries(session& with, const ledger::explanation& why) {
    for (const ledger::explained_entry& each : why.entries) {
        with.out.write(fmt::format("{}  {}  {}  because of {}{}\n", format_iso_date(each.value_date), format_id(each.id),
                                   name(each.kind), printable(each.source),
                                   each.corrects_id == 0 ? "" : fmt::format(", corrects {}", format_id(each.corrects_id))));
        for (const ledger::explained_posting& line : each.postings)
            with.out.write(fmt::format("    {:<12} {:>20}  {}{}  {}\n", name(line.to),
                                       amount_text(line.amount_ore, line.currency), printable(line.subject),
                                       line.part_no == 0 ? "" : fmt::format("/{}", line.part_no), printable(line.reason)));
    }
}

exit_code release_reservations(session& with, ledger::transaction& in, const std::vector<std::string>& ids) {
    for (const std::string& each : ids) {
        const auto id = ledger::parse_id(each);
        if (!id)
            return complain(fmt::format("'{}' is no id of a reservation; 'brygga ledger reserve-advances' prints them", each));
        if (const auto released = in.release_reservation(*id); !released) return complain(released.error());
    }
    if (const auto done = in.commit(); !done) return complain(done.error());
    with.out.write(fmt::format("released {}\n", fmt::join(ids, " ")));
    return exit_code::clean;
}

// What a held payment or section may repeat; empty for other holds.
std::string repeated_text(const ledger::held_item& hold) {
    const auto detail = nlohmann::json::parse(hold.row.detail, nullptr, false);
    const auto same = detail.is_object() ? detail.value("same_as", std::string()) : std::string();
    if (!same.empty()) return fmt::format(", which payment {} may have brought", printable(same));
    const auto expected = detail.is_object() ? detail.value("may_repeat", std::string()) : std::string();
    return expected.empty() ? expected : fmt::format(" ({})", printable(expected));
}

// Of a file whose original retention removed, a line; otherwise nothing.
result<std::string> removal_text(ledger::transaction& in, ledger::row_id id) {
    const auto file = in.file_with_id(id);
    if (!file) return tl::unexpected(file.error());
    if (!*file) return std::string();
    const auto removed = in.retention().removal_of((*file)->sha256);
    if (!removed) return tl::unexpected(removed.error());
    return *removed ? fmt::format("  its original was {}\n", intake::text_of(**removed)) : std::string();
}

exit_code why(session& with, ledger::transaction& in, ledger::row_id id) {
    const auto found = ledger::explain(in, id);
    if (!found) return complain(found.error());
    with.out.write(fmt::format("{}\n", printable(found->name)));
    if (!found->facts.empty()) with.out.write(fmt::format("  {}\n", printable(found->facts)));
    const auto removal = removal_text(in, id);
    if (!removal) return complain(removal.error());
    with.out.write(*removal);
    for (const ledger::held_item& each : found->holds)
        with.out.write(fmt::format("  held {} because of {}{}: {}\n", format_id(each.row.id), printable(each.row.reasons),
                                   repeated_text(each), decision_text(each)));
    for (const ledger::skipped_item& each : found->skipped)
        with.out.write(fmt::format(
            "  not booked again because of {}: section {} of logical file {} in claim {} ({}); deposit {} of "
            "claim {} ({}) holds it\n",
            printable(each.row.rule), each.row.section_no, each.logical_no, printable(each.claim), printable(each.format),
            format_id(each.row.deposit_id), printable(each.known_claim), printable(each.known_format)));
    for (const ledger::reason_sum& each : found->reasons)
        with.out.write(fmt::format("    {:<12} {:>20}  {}  {}\n", name(each.of), amount_text(each.sum_ore, each.currency),
                                   counted(each.postings, "posting"), printable(each.reason)));
    print_entries(with, *found);
    if (found->cut) with.out.write("the oldest are shown; there are more\n");
    return exit_code::clean;
}

exit_code show_invoice(session& with, ledger::transaction& in, const std::string& number) {
    const auto found = in.invoice_with_number(number);
    if (!found) return complain(found.error());
    if (!*found) return complain(fmt::format("there is no invoice {}", number));
    const ledger::open_invoice& item = **found;
    with.out.write(fmt::format("invoice {}  id {}\n  customer {}  reference {}  due {}\n  total {}  open {}\n",
                               printable(item.number), format_id(item.id), printable(item.customer_id), printable(item.reference),
                               format_iso_date(item.due_date), amount_text(item.total_ore, item.currency),
                               amount_text(item.open_ore(), item.currency)));
    for (const ledger::open_part& each : item.parts)
        with.out.write(fmt::format("    part {}  {}  {}  of {}  open {}{}\n", each.part.part_no, name(each.part.kind),
                                   printable(each.part.supply_point), amount_text(each.part.amount_ore, item.currency),
                                   amount_text(each.open_ore, item.currency), each.is_disputed ? "  disputed" : ""));
    return why(with, in, item.id);
}

exit_code suspense(session& with, ledger::transaction& in) {
    const auto items = in.suspense(ledger::default_suspense_limit);
    if (!items) return complain(items.error());
    for (const ledger::suspense_item& each : *items)
        with.out.write(fmt::format("{}  {}  {:>20}  {}{}{}\n", format_id(each.payment_id), format_iso_date(each.value_date),
                                   amount_text(each.amount_ore, each.currency), printable(each.reason),
                                   each.hold_reasons.empty() ? "" : "  held: ", printable(each.hold_reasons)));
    if (items->size() == ledger::default_suspense_limit) with.out.write("the oldest are shown; there may be more\n");
    return exit_code::clean;
}

exit_code advances(session& with, ledger::transaction& in) {
    const auto done = in.each_advance([&](const ledger::open_advance& each) -> result<void> {
        with.out.write(fmt::format("{}  {}  customer {}  free {}  reserved {}\n", format_id(each.row.id),
                                   format_iso_date(each.row.value_date), printable(each.row.customer_id),
                                   amount_text(each.free_ore, each.row.currency),
                                   amount_text(each.reserved_ore, each.row.currency)));
        return {};
    });
    return done ? exit_code::clean : complain(done.error());
}

exit_code reserve_advances(session& with, ledger::transaction& in) {
    const auto reserved = in.reserve_advances();
    if (!reserved) return complain(reserved.error());
    std::string lines;
    for (const ledger::reservation& each : *reserved) {
        const auto state = in.find_reservation(each.id);
        if (!state) return complain(state.error());
        const std::string currency = *state ? (*state)->currency : std::string();
        lines += fmt::format("{}  customer {}  {}\n", format_id(each.id), printable(each.customer_id),
                             amount_text(each.amount_ore, currency));
    }
    if (const auto done = in.commit(); !done) return complain(done.error());
    with.out.write(lines);
    return exit_code::clean;
}

using ledger_work = exit_code (*)(session&, ledger::transaction&);

// A subcommand without arguments of its own.
void add_plain(CLI::App& group, session& with, const std::string& name, const std::string& what, bool writes, ledger_work work) {
    CLI::App* const command =
        add_command(group, name, what, "Ledger", "  brygga ledger " + name + " --config brygga.toml --tenant energi");
    const auto where = std::make_shared<books_options>();
    where->add_config(*command);
    where->add_tenant(*command);
    command->callback([&with, where, writes, work] {
        with.chosen = [&with, where, writes, work] {
            return in_ledger(with, *where, writes, [&](ledger::transaction& in) { return work(with, in); });
        };
    });
}

void add_release_command(CLI::App& group, session& with) {
    CLI::App* const release =
        add_command(group, "release-reservation", "Release what the invoice run did not use of reservations", "Ledger",
                    "  brygga ledger release-reservation 01M2Q8Y5T9A0B --config brygga.toml --tenant energi\n"
                    "\n"
                    "When the run is CLOSED (BILL-R24). All of them or none; to release one again does no harm.");
    const auto where = std::make_shared<books_options>();
    const auto ids = std::make_shared<std::vector<std::string>>();
    where->add_config(*release);
    where->add_tenant(*release);
    release->add_option("id", *ids, "Ids of reservations, as 'brygga ledger reserve-advances' prints them")
        ->required()
        ->type_name("ID");
    release->callback([&with, where, ids] {
        with.chosen = [&with, where, ids] {
            return in_ledger(with, *where, true, [&](ledger::transaction& in) { return release_reservations(with, in, *ids); });
        };
    });
}

}  // namespace

exit_code in_ledger(session& with, const books_options& where, bool writes,
                    const std::function<exit_code(ledger::transaction&)>& work) {
    const auto in = open_books(where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenant(*in, where);
    if (!who) return complain(who.error());
    const auto open = writes ? in->store->begin((*who)->id) : in->store->begin_read((*who)->id);
    if (!open) return complain(open.error());
    const exit_code outcome = work(**open);
    warn_of_head(*in);
    return outcome;
}

void add_ledger_commands(CLI::App& app, session& with) {
    CLI::App* const group = add_command(app, "ledger", "Look into the books: what is open, what waits, and why", "Ledger",
                                        "  brygga ledger invoice --help");
    group->require_subcommand(1);
    add_plain(*group, with, "balance", "Print the sum of each account; they are zero together", false, balance);
    add_plain(*group, with, "invoices", "List every invoice with its total and what is open", false, invoices);
    add_plain(*group, with, "suspense", "List payments that wait in suspense, oldest first, and why", false, suspense);
    add_plain(*group, with, "advances", "List advances (förskott) with what is free and what is reserved", false, advances);
    add_plain(*group, with, "reserve-advances", "Reserve the free advances for the invoice run and print the reservations", true,
              reserve_advances);

    CLI::App* const invoice =
        add_command(*group, "invoice", "Print an invoice with its parts, what is open, and every posting to it", "Ledger",
                    "  brygga ledger invoice 10002355 --config brygga.toml --tenant energi");
    const auto invoice_where = std::make_shared<books_options>();
    const auto number = std::make_shared<std::string>();
    invoice_where->add_config(*invoice);
    invoice_where->add_tenant(*invoice);
    invoice->add_option("number", *number, "Invoice number")->required()->type_name("N");
    invoice->callback([&with, invoice_where, number] {
        with.chosen = [&with, invoice_where, number] {
            return in_ledger(with, *invoice_where, false,
                             [&](ledger::transaction& in) { return show_invoice(with, in, *number); });
        };
    });

    CLI::App* const explain =
        add_command(*group, "why", "Print what a row is, what was posted because of it or to it, and who decided", "Ledger",
                    "  brygga ledger why 01M2Q8Y5T9A0B --config brygga.toml --tenant energi\n"
                    "\n"
                    "ID is that of a payment, invoice, credit note, advance, reservation, deposit (section), hold, decision, "
                    "logical file, file\n"
                    "or entry, as the other commands and the receipts print it. Of a file or section the postings of its "
                    "payments are summed\n"
                    "per account and reason; of what was held it says who decided, when and why.");
    const auto why_where = std::make_shared<books_options>();
    const auto id = std::make_shared<std::string>();
    why_where->add_config(*explain);
    why_where->add_tenant(*explain);
    explain->add_option("id", *id, "Id of the row")->required()->type_name("ID");
    explain->callback([&with, why_where, id] {
        with.chosen = [&with, why_where, id] {
            const auto row = ledger::parse_id(*id);
            if (!row) return complain(fmt::format("'{}' is no id", *id));
            return in_ledger(with, *why_where, false, [&](ledger::transaction& in) { return why(with, in, *row); });
        };
    });
    add_match_command(*group, with);
    add_release_command(*group, with);
}

}  // namespace brygga::command
