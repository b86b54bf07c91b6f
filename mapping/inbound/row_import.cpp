#include "mapping/inbound/row_import.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace brygga::inbound {

namespace {

constexpr std::size_t rows_at_once = 10'000;  // held in memory as text

class row_importer {
 public:
    row_importer(const line_import& import, const ledger::import_options& options) : import_(&import), options_(&options) {}

    void take(const ledger_row& row) {
        if (failed_) return;
        if (!row.held.empty()) {
            ++out_.held;
            note({ledger::note_level::bad, row.line, {}, {}, fmt::format("is held, and not imported: {}", row.held)});
            ++out_.report.notes_total;
            return;
        }
        text_ += row.json;
        text_ += '\n';
        lines_.push_back(row.line);
        if (lines_.size() == rows_at_once) flush();
    }
    result<row_import> end() {
        flush();
        if (failed_) return tl::unexpected(std::move(*failed_));
        auto& notes = out_.report.notes;
        std::stable_sort(notes.begin(), notes.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
        return std::move(out_);
    }

 private:
    void flush() {
        if (failed_ || lines_.empty()) return;
        std::istringstream rows(std::move(text_));
        ledger::import_options part = *options_;
        part.source += fmt::format(":{}", ++parts_);
        auto done = (*import_)(rows, part);
        if (done)
            add(*done);
        else
            failed_ = std::move(done.error());
        text_.clear();
        lines_.clear();
    }
    void add(const ledger::import_report& part) {
        ledger::import_report& all = out_.report;
        all.lines += part.lines;
        all.inserted += part.inserted;
        all.new_version += part.new_version;
        all.already_there += part.already_there;
        all.conflict += part.conflict;
        all.bad += part.bad;
        all.warnings += part.warnings;
        all.advance_used_ore += part.advance_used_ore;
        all.notes_total += part.notes_total;
        for (const ledger::import_note& each : part.notes) {
            ledger::import_note told = each;
            told.line = lines_[each.line - 1];
            note(std::move(told));
        }
    }
    void note(ledger::import_note&& told) {
        if (out_.report.notes.size() < ledger::max_import_notes) out_.report.notes.push_back(std::move(told));
    }

    const line_import* import_;
    const ledger::import_options* options_;
    row_import out_;
    std::string text_;
    std::vector<std::uint64_t> lines_;  // of the file, by row
    std::uint64_t parts_ = 0;
    std::optional<error> failed_;
};

}  // namespace

result<row_import> import_rows(const format& which, std::string_view bytes, const read_settings& with, const line_import& import,
                               const ledger::import_options& options) {
    row_importer importer(import, options);
    which.to_ledger(bytes, with, [&](const ledger_row& row) { importer.take(row); });
    return importer.end();
}

}  // namespace brygga::inbound
