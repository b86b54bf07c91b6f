#include "mapping/ledger/sqlite/retention.hpp"

#include <iterator>

#include <fmt/format.h>

#include "mapping/ledger/sqlite/sums.hpp"
#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text select_delivered =
    "SELECT f.id, f.sha256, f.size_bytes, max(f.recorded_at, coalesce((SELECT max(d.recorded_at) FROM hold h JOIN hold_decision "
    "d "
    "ON d.tenant_id = h.tenant_id AND d.hold_id = h.id WHERE h.tenant_id = f.tenant_id AND h.file_id = f.id), 0)) "
    "FROM exchanged_file f WHERE f.tenant_id = ?1 ORDER BY f.id";
constexpr sql_text select_delivered_of =
    "SELECT f.id, f.sha256, f.size_bytes, max(f.recorded_at, coalesce((SELECT max(d.recorded_at) FROM hold h JOIN hold_decision "
    "d "
    "ON d.tenant_id = h.tenant_id AND d.hold_id = h.id WHERE h.tenant_id = f.tenant_id AND h.file_id = f.id), 0)) "
    "FROM exchanged_file f WHERE f.tenant_id = ?1 AND f.sha256 = ?2 ORDER BY f.id";
constexpr sql_text select_leaving =
    "SELECT id, sha256, size_bytes, newest_at, partner, folder, state FROM outgoing_now WHERE tenant_id = ?1 ORDER BY id";
constexpr sql_text select_leaving_of =
    "SELECT id, sha256, size_bytes, newest_at, partner, folder, state FROM outgoing_now WHERE tenant_id = ?1 AND sha256 = ?2 "
    "ORDER BY id";
constexpr sql_text select_files_in_suspense = joined<
    "SELECT DISTINCT b.file_id FROM (SELECT subject_id FROM posting WHERE tenant_id = ?1 AND account = 4 "
    "GROUP BY subject_id, currency HAVING " +
    sum_of("amount_ore") +
    " <> 0) s JOIN payment p ON p.tenant_id = ?1 AND p.id = s.subject_id "
    "JOIN import_batch b ON b.tenant_id = p.tenant_id AND b.id = p.batch_id ORDER BY b.file_id">;
constexpr sql_text insert_removal =
    "INSERT INTO original_removal (tenant_id, id, recorded_at, sha256, size_bytes, kept_until, rule) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
constexpr sql_text select_removal =
    "SELECT id, sha256, size_bytes, kept_until, rule, recorded_at FROM removed_original WHERE tenant_id = ?1 AND sha256 = ?2";
constexpr sql_text select_removals =
    "SELECT id, sha256, size_bytes, kept_until, rule, recorded_at FROM removed_original WHERE tenant_id = ?1 ORDER BY id";

original_use read_delivered(cursor& row) {
    return {row.integer(0), row.text(1), row.as<std::uint64_t>(2), row.integer(3), std::nullopt};
}

original_use read_leaving(cursor& row) {
    original_use item = read_delivered(row);
    item.leaves = {row.text(4), row.text(5), row.as<sending>(6)};
    return item;
}

original_removal read_removal(cursor& row) {
    return {row.integer(0), row.text(1), row.as<std::uint64_t>(2), row.day(3), row.text(4), row.integer(5)};
}

result<std::vector<original_use>> both(result<std::vector<original_use>> first, result<std::vector<original_use>> second) {
    if (!first) return first;
    if (!second) return second;
    std::move(second->begin(), second->end(), std::back_inserter(*first));
    return first;
}

}  // namespace

result<std::vector<original_use>> sqlite_retention::uses() {
    return both(within_.rows(select_delivered, read_delivered, within_.tenant()),
                within_.rows(select_leaving, read_leaving, within_.tenant()));
}

result<std::vector<original_use>> sqlite_retention::uses_of(std::string_view sha256) {
    return both(within_.rows(select_delivered_of, read_delivered, within_.tenant(), sha256),
                within_.rows(select_leaving_of, read_leaving, within_.tenant(), sha256));
}

result<std::vector<row_id>> sqlite_retention::files_in_suspense() {
    return within_.rows(
        select_files_in_suspense, [](cursor& row) { return row.integer(0); }, within_.tenant());
}

result<void> sqlite_retention::add_removal(original_removal& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    auto known = removal_of(item.sha256);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        item.id = (*known)->id;
        return {};
    }
    item.id = within_.allot_id();
    item.recorded_at = within_.now();
    auto written = within_.write(table::original_removal, insert_removal, within_.tenant(), item.id, item.recorded_at,
                                 item.sha256, static_cast<std::int64_t>(item.size_bytes), item.kept_until, item.rule);
    if (!written) return tl::unexpected(std::move(written.error()));
    return within_.append_log("original-removed", item.id,
                              fmt::format(R"({{"sha256":"{}","size_bytes":{}}})", item.sha256, item.size_bytes));
}

result<std::optional<original_removal>> sqlite_retention::removal_of(std::string_view sha256) {
    return within_.first_row(select_removal, read_removal, within_.tenant(), sha256);
}

result<std::vector<original_removal>> sqlite_retention::removals() {
    return within_.rows(select_removals, read_removal, within_.tenant());
}

}  // namespace brygga::ledger::sqlite
