// brygga import FILE, brygga export: the exchange with the customer system.
#include <istream>
#include <memory>
#include <ostream>
#include <streambuf>

#include <fmt/format.h>

#include "formats/inspection/printable.hpp"
#include "mapping/inbound/row_import.hpp"
#include "mapping/ledger/books.hpp"
#include "mapping/ledger/json_lines.hpp"
#include "tools/brygga/books.hpp"
#include "tools/brygga/import_report.hpp"
#include "tools/brygga/input.hpp"
#include "tools/brygga/report_text.hpp"

namespace brygga::command {

namespace {

struct exchange_options {
    books_options where;
    std::string file = std::string(standard_input_name);
    reading_options how;
    bool as_books = false, as_notes = false;
    std::string since;  // id of a note
};

// A stream into standard output; its failures come out as output_failure.
class output_buffer : public std::streambuf {
 public:
    explicit output_buffer(standard_output& to) : to_(&to) {}

 protected:
    std::streamsize xsputn(const char* bytes, std::streamsize size) override {
        to_->write({bytes, static_cast<std::size_t>(size)});
        return size;
    }
    int_type overflow(int_type character) override {
        const char byte = traits_type::to_char_type(character);
        to_->write({&byte, 1});
        return character;
    }

 private:
    standard_output* to_;
};

// The format whose records mean something in the ledger; null for JSON Lines.
result<const format*> imported_format(const exchange_options& options, std::string_view bytes) {
    if (options.how.format.empty()) {
        const format* const found = sniff_anywhere(bytes);
        return found != nullptr && found->feeds_ledger() ? found : nullptr;
    }
    auto named = named_format(options.how.format);
    if (named && !(*named)->feeds_ledger())
        return fail(error_code::invalid_argument,
                    fmt::format("{} says nothing of the ledger: its layout has no ledger statement", options.how.format));
    return named;
}

// A file with an error is told and not imported at all; what a finding holds is not imported.
exit_code import_format(session& with, const exchange_options& options, const format& which, byte_source& source,
                        const ledger::transaction_source& begin, const ledger::import_options& how) {
    auto settings = settings_of(options.how, which, with);
    if (!settings) return complain(settings.error());
    const std::string name = options.file == standard_input_name ? "standard input" : options.file;
    bool accepted = true;
    which.check(source.bytes(), *settings, [&](const check_report& report) {
        accepted = accepted && report.accepted;
        with.out.write(report_text(name, which, report, false, colours_wanted()));
    });
    if (!accepted) {
        with.out.write("nothing is imported\n");
        return exit_code::found;
    }
    const auto import = [&](std::istream& lines, const ledger::import_options& part) {
        return ledger::import_lines(lines, begin, part);
    };
    const auto done = inbound::import_rows(which, source.bytes(), *settings, import, how);
    if (!done) return complain(done.error());
    print_report(with, name, "rows", done->report);
    if (done->held != 0) with.out.write(fmt::format("{} held\n", counted(done->held, "row")));
    return done->report.conflict + done->report.bad + done->held == 0 ? exit_code::clean : exit_code::found;
}

exit_code import_file(session& with, const exchange_options& options) {
    const auto in = open_books(options.where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenant(*in, options.where);
    if (!who) return complain(who.error());
    auto source = open_input(options.file);
    if (!source) return complain(source.error());
    const auto which = imported_format(options, source->bytes());
    if (!which) return complain(which.error());
    const ledger::import_options how = import_options_of(**who, with, source->bytes());
    const auto begin = [&] { return in->store->begin((*who)->id); };
    if (*which != nullptr) {
        const exit_code outcome = import_format(with, options, **which, *source, begin, how);
        warn_of_head(*in);
        if (const auto closed = close_finished_runs(with, begin); !closed) return complain(closed.error());
        return outcome;
    }
    bytes_buffer buffer(source->bytes());
    std::istream lines(&buffer);
    const auto report = ledger::import_lines(lines, begin, how);
    if (!report) return complain(report.error());
    warn_of_head(*in);
    print_report(with, options.file == standard_input_name ? "standard input" : options.file, "lines", *report);
    if (const auto closed = close_finished_runs(with, begin); !closed) return complain(closed.error());
    return report->conflict + report->bad == 0 ? exit_code::clean : exit_code::found;
}

// From a note on that was read before, or all.
result<void> export_notes(ledger::transaction& from, const std::string& since, std::ostream& to) {
    const auto id = since.empty() ? std::optional<ledger::row_id>(0) : ledger::parse_id(since);
    if (!id) return fail(error_code::invalid_argument, fmt::format("'{}' is no id of a note", since));
    return from.each_note(*id, [&](const ledger::note& each) -> result<void> {
        to << to_line(each) << '\n';
        return {};
    });
}

exit_code export_ledger(session& with, const exchange_options& options) {
    const auto in = open_books(options.where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenant(*in, options.where);
    if (!who) return complain(who.error());
    const auto from = in->store->begin_read((*who)->id);
    if (!from) return complain(from.error());
    output_buffer buffer(with.out);
    std::ostream to(&buffer);
    to.exceptions(std::ios::badbit);  // rethrows output_failure
    if (options.as_notes || options.as_books) {
        const auto written = options.as_notes ? export_notes(**from, options.since, to) : ledger::export_books(**from, to);
        return written ? exit_code::clean : complain(written.error());
    }
    const auto left_out = ledger::export_lines(**from, to);
    if (!left_out) return complain(left_out.error());
    if (*left_out != 0) fmt::print(stderr, "brygga: PRO-R14: {} rows of protected persons are left out\n", *left_out);
    return exit_code::clean;
}

}  // namespace

void add_exchange_commands(CLI::App& app, session& with) {
    CLI::App* const incoming_command = add_command(
        app, "import", "Bring customers, invoices, e-invoice registrations and more into the ledger", "Ledger",
        "  brygga import --config brygga.toml --tenant energi invoices.jsonl\n"
        "  brygga import --config brygga.toml --tenant energi invoices.csv     of a format in the layouts folder\n"
        "\n"
        "One JSON object per line (mapping/ledger/schema: customer, facility, invoice, credit_note, registration, receipt,\n"
        "facility_event), or a file whose layout says what its records mean in the ledger. Bad lines are printed with line and\n"
        "place and leave the others alone; a file with an error by its layout is not imported at all. What is there already\n"
        "changes nothing, so a file can be imported again.\n"
        "Exit status: 0 everything is in the ledger, 1 something is not, 2 nothing could be done.");
    const auto incoming = std::make_shared<exchange_options>();
    incoming->where.add_config(*incoming_command);
    incoming->where.add_tenant(*incoming_command);
    incoming->how.add_format(*incoming_command);
    incoming->how.add_encoding(*incoming_command);
    incoming_command->add_option("file", incoming->file, "The file; standard input when absent or -")->type_name("FILE");
    incoming_command->callback([&with, incoming] { with.chosen = [&with, incoming] { return import_file(with, *incoming); }; });

    CLI::App* const outgoing_command = add_command(
        app, "export", "Print customers, facilities, invoices and credit notes as JSON Lines", "Ledger",
        "  brygga export --config brygga.toml --tenant energi > ledger.jsonl\n"
        "  brygga export --books --config brygga.toml --tenant energi | sha256sum     equal for equal books\n"
        "  brygga export --notes --since 0DV0T9KC1M2AB --config brygga.toml --tenant energi       what was decided since");
    const auto outgoing = std::make_shared<exchange_options>();
    outgoing->where.add_config(*outgoing_command);
    outgoing->where.add_tenant(*outgoing_command);
    outgoing_command->add_flag(
        "--books", outgoing->as_books,
        "Print payments, postings, advances and holds instead, without ids, times and payers: to compare ledgers");
    CLI::Option* const notes =
        outgoing_command->add_flag("--notes", outgoing->as_notes,
                                   "Print what was decided about customers instead, in order: by whom, when and why (BILL-R21)");
    notes->excludes("--books");
    outgoing_command->add_option("--since", outgoing->since, "Only notes after this one")->needs(notes)->type_name("ID");
    outgoing_command->callback([&with, outgoing] { with.chosen = [&with, outgoing] { return export_ledger(with, *outgoing); }; });
}

}  // namespace brygga::command
