#include "mapping/inbound/rows.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/registry.hpp"
#include "mapping/billing/run_progress.hpp"
#include "mapping/inbound/row_import.hpp"

namespace brygga::inbound {

namespace {

using json = nlohmann::json;

logical_result read_report(const check_report& of) {
    logical_result out;
    out.logical_no = of.logical_no;
    out.accepted = of.accepted;
    out.findings = {of.findings->kept().begin(), of.findings->kept().end()};
    out.findings_total = of.findings->total();
    return out;
}

void count(const row_import& done, outcome_counts& into) {
    const ledger::import_report& report = done.report;
    for (const auto& [what, rows] : {std::pair("row new", report.inserted), std::pair("row changed", report.new_version),
                                     std::pair("row already there", report.already_there),
                                     std::pair("row refused", report.bad + report.conflict), std::pair("row held", done.held)})
        if (rows != 0) into[what] += rows;
}

// The first of them; brygga import tells them all.
result<void> tell(const row_import& done, const ledger::exchanged_file& file, ledger::transaction& into) {
    constexpr std::size_t most = 20;
    const std::uint64_t rows = done.report.bad + done.report.conflict + done.held;
    if (rows == 0) return {};
    json first = json::array();
    for (const ledger::import_note& each : done.report.notes) {
        if (each.level == ledger::note_level::warning || first.size() == most) continue;
        first.push_back({{"line", each.line}, {"pointer", each.pointer}, {"rule", each.rule}, {"text", each.text}});
    }
    ledger::matter item;
    item.kind = rows_not_taken;
    item.key = fmt::format("{}:{}", rows_not_taken, ledger::format_id(file.id));
    item.subject_id = file.id;
    item.file_id = file.id;
    item.detail = json{{"rows", rows}, {"first", std::move(first)}}.dump();
    return into.matters().add_matter(item);
}

}  // namespace

result<file_result> rows_mapping::book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                       ledger::transaction& into) const {
    const brygga::format* const which = find_format(format_);
    if (which == nullptr) return fail(error_code::invalid_config, fmt::format("the format {} is not there any more", format_));
    read_settings how;
    how.policy = with.policy;
    how.force_encoding = with.force_encoding;
    how.test_system = with.test_system;
    how.today = with.today;
    file_result out;
    out.format = format_;
    which->check(bytes, how, [&](const check_report& each) { out.files.push_back(read_report(each)); });
    if (out.files.empty() || out.outcome() != ledger::file_outcome::archived) return out;
    ledger::import_options options = with.rows;
    options.source = file.sha256;
    const auto import = [&](std::istream& lines, const ledger::import_options& part) {
        return import_lines_into(lines, into, part);
    };
    const auto done = import_rows(*which, bytes, how, import, options);
    if (!done) return tl::unexpected(done.error());
    count(*done, out.files.front().outcomes);
    if (auto told = tell(*done, file, into); !told) return tl::unexpected(std::move(told.error()));
    // A receipt may have been the last that a run waited for.
    if (const auto closed = billing::close_finished_runs(into); !closed) return tl::unexpected(closed.error());
    return out;
}

result<logical_result> rows_mapping::book_released(std::string_view /*bytes*/, const ledger::exchanged_file& /*file*/,
                                                   const settings& /*with*/, const section_release& /*what*/,
                                                   ledger::transaction& /*into*/) const {
    return fail(error_code::conflict, "nothing of this file waits");
}

const mapping* rows_mapping_of(std::string_view format_id) {
    const brygga::format* const which = find_format(format_id);
    if (which == nullptr || !which->feeds_ledger()) return nullptr;
    static std::mutex guard;
    static std::map<std::string, rows_mapping, std::less<>> all;
    const std::lock_guard lock(guard);
    return &all.try_emplace(std::string(format_id), format_id).first->second;
}

}  // namespace brygga::inbound
