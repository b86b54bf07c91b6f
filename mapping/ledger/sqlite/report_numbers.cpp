// The sequence numbers of reports on an account (CAMT-R21).
#include <fmt/format.h>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text insert_number =
    "INSERT INTO report_number (tenant_id, batch_id, container_no, series, format, account, currency, year, number, message_id, "
    "container_id, page) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
constexpr sql_text select_number =
    "SELECT format = ?5 AND account = ?6 AND currency = ?7 AND year = ?8 AND number = ?9 AND message_id = ?10 AND "
    "container_id = ?11 AND page = ?12 "
    "FROM report_number WHERE tenant_id = ?1 AND batch_id = ?2 AND container_no = ?3 AND series = ?4";
constexpr sql_text select_highest =
    "SELECT number FROM report_number WHERE tenant_id = ?1 AND format = ?2 AND account = ?3 AND currency = ?4 AND series = ?5 "
    "AND "
    "year = ?6 ORDER BY number DESC LIMIT 1";
// Without an id of its own a message is another one.
constexpr sql_text select_other =
    "SELECT batch_id FROM report_number WHERE tenant_id = ?1 AND format = ?2 AND account = ?3 AND currency = ?4 AND series = ?5 "
    "AND year = ?6 AND number = ?7 AND NOT (container_id = ?8 AND ((message_id = ?9 AND ?9 <> '') OR (page <> ?10 AND page <> '' "
    "AND ?10 <> ''))) "
    "ORDER BY batch_id LIMIT 1";

constexpr sql_text select_gaps =
    "WITH borne AS (SELECT format, account, currency, series, year, number, min(batch_id) AS batch_id FROM report_number WHERE "
    "tenant_id = ?1 GROUP BY format, account, currency, series, year, number), "
    "behind AS (SELECT *, lag(number) OVER (PARTITION BY format, account, currency, series, year ORDER BY number) AS before "
    "FROM borne) "
    "SELECT g.format, g.account, g.currency, g.series, g.year, g.before + 1, g.number - 1, b.file_id, coalesce(f.name, ''), "
    "coalesce(f.claim, '') FROM behind g JOIN import_batch b ON b.tenant_id = ?1 AND b.id = g.batch_id "
    "LEFT JOIN exchanged_file f ON f.tenant_id = ?1 AND f.id = b.file_id WHERE g.number > g.before + 1 AND NOT EXISTS "
    "(SELECT 1 FROM notice_closing c WHERE c.tenant_id = ?1 AND c.file_id = b.file_id) "
    "ORDER BY g.batch_id, g.format, g.account, g.currency, g.series, g.number LIMIT ?2";

std::int64_t code_of(number_series series) noexcept {
    return static_cast<std::int64_t>(series);
}

}  // namespace

result<void> sqlite_transaction::add_number(const report_number& item) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    const auto read = [](cursor& row) { return row.flag(0); };
    auto known = first_row(select_number, read, tenant(), item.batch_id, item.container_no, code_of(item.series), item.format,
                           item.account, item.currency, item.year, item.number, item.message_id, item.container_id, item.page);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        if (**known) return {};
        return fail(error_code::conflict, fmt::format("report {} of this batch has another sequence number", item.container_no));
    }
    auto written =
        write(table::report_number, insert_number, tenant(), item.batch_id, item.container_no, code_of(item.series), item.format,
              item.account, item.currency, item.year, item.number, item.message_id, item.container_id, item.page);
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

result<std::optional<std::int64_t>> sqlite_transaction::highest_number(const report_number& of) {
    const auto read = [](cursor& row) { return row.integer(0); };
    return first_row(select_highest, read, tenant(), of.format, of.account, of.currency, code_of(of.series), of.year);
}

result<std::optional<row_id>> sqlite_transaction::other_bearer(const report_number& of) {
    const auto read = [](cursor& row) { return row.integer(0); };
    return first_row(select_other, read, tenant(), of.format, of.account, of.currency, code_of(of.series), of.year, of.number,
                     of.container_id, of.message_id, of.page);
}

result<std::vector<number_gap>> sqlite_transaction::number_gaps(std::size_t limit) {
    const auto read = [](cursor& row) {
        return number_gap{row.text(0),    row.text(1),    row.text(2),    row.as<number_series>(3),
                          row.as<int>(4), row.integer(5), row.integer(6), row.integer(7),
                          row.text(8),    row.text(9)};
    };
    return rows(select_gaps, read, tenant(), static_cast<std::int64_t>(limit));
}

}  // namespace brygga::ledger::sqlite
