#include "tools/brygga/import_report.hpp"

#include <fmt/format.h>

#include "connectors/config/import_options.hpp"
#include "formats/core/sha256.hpp"
#include "formats/inspection/printable.hpp"
#include "mapping/billing/run_progress.hpp"
#include "tools/brygga/books.hpp"

namespace brygga::command {

namespace {

std::string_view name(ledger::note_level level) noexcept {
    switch (level) {
        case ledger::note_level::warning:
            return "warning";
        case ledger::note_level::conflict:
            return "conflict";
        case ledger::note_level::bad:
            return "bad";
    }
    return "unknown";
}

}  // namespace

ledger::import_options import_options_of(const config::tenant& who, session& with, std::string_view bytes) {
    ledger::import_options how = config::import_options_of(who, with.today());
    how.source = sha256_hex(bytes);
    return how;
}

void print_report(session& with, const std::string& file, std::string_view unit, const ledger::import_report& report) {
    for (const ledger::import_note& each : report.notes)
        with.out.write(fmt::format("{} line {}{}{}: {}{}{}: {}\n", inspection::printable(file), each.line,
                                   each.pointer.empty() ? "" : " ", inspection::printable(each.pointer), name(each.level),
                                   each.rule.empty() ? "" : " ", each.rule, inspection::printable(each.text)));
    if (report.notes.size() < report.notes_total)
        with.out.write(fmt::format("and {} more\n", report.notes_total - report.notes.size()));
    with.out.write(fmt::format("{} {}: {} new, {} changed, {} already there, {} in conflict, {} bad; {} warnings\n", report.lines,
                               unit, report.inserted, report.new_version, report.already_there, report.conflict, report.bad,
                               report.warnings));
    if (report.advance_used_ore != 0)
        with.out.write(fmt::format("taken from advances for new invoices: {}\n", amount_text(report.advance_used_ore, "SEK")));
}

result<void> close_finished_runs(session& with, const ledger::transaction_source& begin) {
    const auto into = begin();
    if (!into) return tl::unexpected(into.error());
    const auto closed = billing::close_finished_runs(**into);
    if (!closed) return tl::unexpected(closed.error());
    if (auto done = (*into)->commit(); !done) return done;
    for (const std::string& each : *closed)
        with.out.write(fmt::format("the invoice run {} is closed\n", each));
    return {};
}

}  // namespace brygga::command
