// Exchanged files, and what waits for a person.
#include <fmt/format.h>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text insert_file =
    "INSERT INTO exchanged_file (tenant_id, id, recorded_at, claim, name, format, sha256, size_bytes, outcome, profile, receipt) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
constexpr sql_text select_known_file = "SELECT id, sha256, recorded_at FROM exchanged_file WHERE tenant_id = ?1 AND claim = ?2";
constexpr sql_text file_by_claim =
    "SELECT id, claim, name, format, sha256, size_bytes, outcome, profile, receipt FROM exchanged_file "
    "WHERE tenant_id = ?1 AND claim = ?2";
constexpr sql_text file_by_id =
    "SELECT id, claim, name, format, sha256, size_bytes, outcome, profile, receipt FROM exchanged_file "
    "WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text first_file_by_content =
    "SELECT id, claim, name, format, sha256, size_bytes, outcome, profile, receipt FROM exchanged_file "
    "WHERE tenant_id = ?1 AND sha256 = ?2 ORDER BY claim LIMIT 1";
constexpr sql_text files_by_name =
    "SELECT id, claim, name, format, sha256, size_bytes, outcome, profile, receipt FROM exchanged_file "
    "WHERE tenant_id = ?1 AND name = ?2 ORDER BY id LIMIT ?3";
constexpr sql_text files_by_time =
    "SELECT id, claim, name, format, sha256, size_bytes, outcome, profile, receipt FROM exchanged_file "
    "WHERE tenant_id = ?1 AND recorded_at >= ?2 ORDER BY recorded_at, id";

constexpr sql_text times_by_format =
    "SELECT recorded_at FROM exchanged_file WHERE tenant_id = ?1 AND format = ?2 AND outcome <> 2 ORDER BY id DESC LIMIT ?3";

constexpr sql_text insert_hold =
    "INSERT INTO hold (tenant_id, id, recorded_at, file_id, subject, logical_no, section_no, payment_id, reasons, detail) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
constexpr sql_text select_known_hold =
    "SELECT id, reasons, detail FROM hold WHERE tenant_id = ?1 AND file_id = ?2 AND subject = ?3 AND logical_no = ?4 AND "
    "section_no = ?5 AND payment_id = ?6";
constexpr sql_text select_holds = "SELECT * FROM held WHERE tenant_id = ?1 ORDER BY id";
constexpr sql_text select_undecided_holds = "SELECT * FROM held WHERE tenant_id = ?1 AND decision_id IS NULL ORDER BY id";
constexpr sql_text select_holds_of_file = "SELECT * FROM held WHERE tenant_id = ?1 AND file_id = ?2 ORDER BY id";
constexpr sql_text select_holds_about =
    "SELECT * FROM held WHERE tenant_id = ?1 AND id IN (SELECT ?2 UNION "
    "SELECT id FROM hold WHERE tenant_id = ?1 AND file_id = ?2 UNION "
    "SELECT id FROM hold WHERE tenant_id = ?1 AND payment_id = ?2 UNION "
    "SELECT hold_id FROM hold_decision WHERE tenant_id = ?1 AND id = ?2 UNION "
    "SELECT h.id FROM deposit d JOIN import_batch b ON b.tenant_id = d.tenant_id AND b.id = d.batch_id JOIN hold h ON "
    "h.tenant_id = b.tenant_id AND h.file_id = b.file_id AND h.logical_no = b.logical_no AND h.section_no = d.section_no "
    "WHERE d.tenant_id = ?1 AND d.id = ?2) ORDER BY id LIMIT ?3";
constexpr sql_text hold_exists = "SELECT 1 FROM hold WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text count_by_format =
    "SELECT format, outcome, count(*), max(recorded_at) FROM exchanged_file WHERE tenant_id = ?1 GROUP BY format, outcome "
    "ORDER BY format, outcome";
constexpr sql_text select_decision = "SELECT id, verdict, recorded_at FROM hold_decision WHERE tenant_id = ?1 AND hold_id = ?2";
constexpr sql_text insert_decision =
    "INSERT INTO hold_decision (tenant_id, hold_id, id, recorded_at, verdict, actor, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

exchanged_file read_file(cursor& row) {
    return {row.integer(0),          row.text(1), row.text(2), row.text(3), row.text(4), row.integer(5),
            row.as<file_outcome>(6), row.text(7), row.text(8)};
}

// A row of the view `held`.
held_item read_hold(cursor& row) {
    held_item item;
    item.row = {row.integer(1),
                row.integer(2),
                row.as<hold_subject>(3),
                row.as<std::uint32_t>(4),
                row.as<std::uint32_t>(5),
                row.integer(6),
                row.text(7),
                row.text(8)};
    item.recorded_at = row.integer(9);
    if (!row.is_null(10)) {
        item.decision_id = row.integer(10);
        item.verdict = row.as<hold_verdict>(11);
        item.actor = row.text(12);
        item.reason = row.text(13);
        item.decided_at = row.integer(14);
    }
    item.file_name = row.text(15);
    item.amount_ore = row.integer(16);
    return item;
}

}  // namespace

// The name of a file is the partner's and may hold anything, so the log has the file by its hash.
std::string file_record(std::string_view sha256, std::int64_t size_bytes, file_outcome outcome, const hash_bytes& row) {
    return fmt::format(R"({{"sha256":"{}","size_bytes":{},"outcome":"{}","row_sha256":"{}"}})", sha256, size_bytes, name(outcome),
                       to_hex(row));
}

result<void> sqlite_transaction::add_file(exchanged_file& item) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    struct stored {
        row_id id{};
        std::string sha256;
        timestamp_ms since_ms{};
    };
    const auto read = [](cursor& row) { return stored{row.integer(0), row.text(1), row.integer(2)}; };
    auto known = first_row(select_known_file, read, tenant(), item.claim);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        if ((*known)->sha256 != item.sha256)
            return fail(error_code::conflict,
                        fmt::format("this delivery is {}", conflict_text((*known)->since_ms, (*known)->sha256, item.sha256)));
        item.id = (*known)->id;
        return {};
    }
    if (item.id == 0) item.id = allot_id();
    digest row;
    const auto insert_and_hash = [&](const auto&... values) {
        (hash_value(row, values), ...);
        return insert(insert_file, values...);
    };
    auto written = insert_and_hash(tenant(), item.id, now(), item.claim, item.name, item.format, item.sha256, item.size_bytes,
                                   static_cast<std::int64_t>(item.outcome), item.profile, item.receipt);
    if (!written) return tl::unexpected(std::move(written.error()));
    return append_log(file_kind, item.id, file_record(item.sha256, item.size_bytes, item.outcome, row.finish()));
}

result<std::optional<exchanged_file>> sqlite_transaction::file_with_claim(std::string_view claim) {
    return first_row(file_by_claim, read_file, tenant(), claim);
}

result<std::optional<exchanged_file>> sqlite_transaction::file_with_id(row_id id) {
    return first_row(file_by_id, read_file, tenant(), id);
}

result<std::vector<exchanged_file>> sqlite_transaction::files_since(timestamp_ms since) {
    return rows(files_by_time, read_file, tenant(), since);
}

result<std::vector<timestamp_ms>> sqlite_transaction::delivery_times(std::string_view format, std::size_t limit) {
    const auto read = [](cursor& row) { return row.integer(0); };
    return rows(times_by_format, read, tenant(), format, static_cast<std::int64_t>(limit));
}

result<std::vector<delivery_count>> sqlite_transaction::count_deliveries() {
    const auto read = [](cursor& row) {
        return delivery_count{row.text(0), row.as<file_outcome>(1), static_cast<std::uint64_t>(row.integer(2)), row.integer(3)};
    };
    return rows(count_by_format, read, tenant());
}

result<std::optional<exchanged_file>> sqlite_transaction::first_file_with(std::string_view sha256) {
    return first_row(first_file_by_content, read_file, tenant(), sha256);
}

result<std::vector<exchanged_file>> sqlite_transaction::files_named(std::string_view name, std::size_t limit) {
    return rows(files_by_name, read_file, tenant(), name, static_cast<std::int64_t>(limit));
}

result<void> sqlite_transaction::add_hold(hold& item) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    const auto read = [&](cursor& row) {
        return std::pair(row.integer(0), row.view(1) == item.reasons && row.view(2) == item.detail);
    };
    auto known = first_row(select_known_hold, read, tenant(), item.file_id, static_cast<std::int64_t>(item.subject),
                           item.logical_no, item.section_no, item.payment_id);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        if (!(*known)->second)
            return fail(error_code::conflict, fmt::format("hold {} is there for other reasons", format_id((*known)->first)));
        item.id = (*known)->first;
        return {};
    }
    item.id = allot_id();
    auto written =
        write(table::hold, insert_hold, tenant(), item.id, now(), item.file_id, static_cast<std::int64_t>(item.subject),
              item.logical_no, item.section_no, item.payment_id, item.reasons, item.detail);
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

result<row_id> sqlite_transaction::decide_hold(row_id hold_id, hold_verdict verdict, std::string_view actor,
                                               std::string_view reason) {
    auto allowed = may_write();
    if (!allowed) return tl::unexpected(std::move(allowed.error()));
    auto there = session_.database->number(hold_exists, tenant(), hold_id);
    if (!there) return tl::unexpected(std::move(there.error()));
    if (!*there) return fail(error_code::not_found, fmt::format("no hold has the id {}", format_id(hold_id)));
    const auto read = [](cursor& row) { return std::pair(row.integer(0), row.as<hold_verdict>(1)); };
    auto known = first_row(select_decision, read, tenant(), hold_id);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        if ((*known)->second == verdict) return (*known)->first;
        return fail(error_code::conflict, fmt::format("hold {} has been decided the other way", format_id(hold_id)));
    }
    const row_id id = allot_id();
    auto written = write(table::hold_decision, insert_decision, tenant(), hold_id, id, now(), static_cast<std::int64_t>(verdict),
                         actor, reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    auto logged = append_log("decision", hold_id,
                             verdict == hold_verdict::released ? R"({"verdict":"released"})" : R"({"verdict":"refused"})");
    if (!logged) return tl::unexpected(std::move(logged.error()));
    return id;
}

result<std::vector<held_item>> sqlite_transaction::undecided_holds() {
    return rows(select_undecided_holds, read_hold, tenant());
}

result<std::vector<held_item>> sqlite_transaction::holds_of_file(row_id file_id) {
    return rows(select_holds_of_file, read_hold, tenant(), file_id);
}

result<std::vector<held_item>> sqlite_transaction::holds_about(row_id id, std::size_t limit) {
    return rows(select_holds_about, read_hold, tenant(), id, static_cast<std::int64_t>(limit));
}

result<void> sqlite_transaction::each_hold(const visitor<held_item>& visit) {
    return visit_rows(
        select_holds, [&](cursor& row) { return visit(read_hold(row)); }, tenant());
}

}  // namespace brygga::ledger::sqlite
