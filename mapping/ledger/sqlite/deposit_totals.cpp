// Deposits of which a statement has told the amount only.
#include <fmt/format.h>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text insert_total =
    "INSERT INTO deposit_total (tenant_id, batch_id, section_no, bankgiro, payment_date, serial, currency, amount_ore) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
constexpr sql_text select_total =
    "SELECT bankgiro = ?4 AND payment_date = ?5 AND serial = ?6 AND currency = ?7 AND amount_ore = ?8 FROM deposit_total "
    "WHERE tenant_id = ?1 AND batch_id = ?2 AND section_no = ?3";
constexpr sql_text select_of_number =
    "SELECT batch_id, section_no, bankgiro, payment_date, serial, currency, amount_ore FROM deposit_total WHERE tenant_id = ?1 "
    "AND bankgiro = ?2 AND serial = ?3 AND payment_date BETWEEN ?4 AND ?5 ORDER BY batch_id, section_no";
constexpr sql_text select_without_deposit =
    "SELECT t.batch_id, t.section_no, t.bankgiro, t.payment_date, t.serial, t.currency, t.amount_ore, coalesce(f.name, ''), "
    "coalesce(f.claim, ''), b.file_id, x.id, coalesce(x.amount_ore, 0), coalesce(x.currency, '') "
    "FROM deposit_total t JOIN import_batch b ON b.tenant_id = t.tenant_id AND b.id = t.batch_id "
    "LEFT JOIN exchanged_file f ON f.tenant_id = b.tenant_id AND f.id = b.file_id "
    "LEFT JOIN deposit x ON x.tenant_id = t.tenant_id AND x.id = (SELECT max(y.id) FROM deposit y WHERE y.tenant_id = "
    "t.tenant_id AND y.bankgiro = t.bankgiro AND y.serial = t.serial AND y.payment_date BETWEEN t.payment_date / 10000 * 10000 "
    "AND t.payment_date / 10000 * 10000 + 9999) WHERE t.tenant_id = ?1 AND NOT EXISTS ("
    "SELECT 1 FROM notice_closing c WHERE c.tenant_id = t.tenant_id AND c.file_id = b.file_id AND NOT EXISTS ("
    "SELECT 1 FROM deposit n WHERE n.tenant_id = t.tenant_id AND n.bankgiro = t.bankgiro AND n.serial = t.serial AND "
    "n.payment_date BETWEEN t.payment_date / 10000 * 10000 AND t.payment_date / 10000 * 10000 + 9999 AND n.id > c.id)) "
    "AND NOT EXISTS (SELECT 1 FROM deposit d WHERE d.tenant_id = t.tenant_id AND d.bankgiro = t.bankgiro AND d.serial = t.serial "
    "AND "
    "d.payment_date BETWEEN t.payment_date / 10000 * 10000 AND t.payment_date / 10000 * 10000 + 9999 AND "
    "d.currency = t.currency AND d.amount_ore = t.amount_ore) AND NOT EXISTS ("
    "SELECT 1 FROM deposit_total e WHERE e.tenant_id = t.tenant_id AND e.bankgiro = t.bankgiro AND e.serial = t.serial AND "
    "e.payment_date BETWEEN t.payment_date / 10000 * 10000 AND t.payment_date / 10000 * 10000 + 9999 AND "
    "e.currency = t.currency AND e.amount_ore = t.amount_ore AND (e.batch_id, e.section_no) < (t.batch_id, t.section_no)) "
    "ORDER BY t.batch_id, t.section_no LIMIT ?2";

deposit_total read_total(cursor& row) {
    return {row.integer(0), row.as<std::uint32_t>(1), row.text(2), row.day(3), row.text(4), row.text(5), row.integer(6)};
}

}  // namespace

result<void> sqlite_transaction::add_total(const deposit_total& item) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    const auto read = [](cursor& row) { return row.flag(0); };
    auto known = first_row(select_total, read, tenant(), item.batch_id, item.section_no, item.bankgiro, item.payment_date,
                           item.serial, item.currency, item.amount_ore);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        if (**known) return {};
        return fail(error_code::conflict, fmt::format("section {} of this batch is another total", item.section_no));
    }
    auto written = write(table::deposit_total, insert_total, tenant(), item.batch_id, item.section_no, item.bankgiro,
                         item.payment_date, item.serial, item.currency, item.amount_ore);
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

result<std::vector<deposit_total>> sqlite_transaction::known_totals(std::string_view bankgiro, int year,
                                                                    std::string_view serial) {
    const date first{std::chrono::year(year), std::chrono::January, std::chrono::day(1)};
    const date last{std::chrono::year(year), std::chrono::December, std::chrono::day(31)};
    return rows(select_of_number, read_total, tenant(), bankgiro, serial, first, last);
}

result<std::vector<total_item>> sqlite_transaction::totals_without_deposit(std::size_t limit) {
    const auto read = [](cursor& row) {
        return total_item{read_total(row), row.text(7), row.text(8), row.integer(9), row.is_null(10) ? 0 : row.integer(10),
                          row.integer(11), row.text(12)};
    };
    return rows(select_without_deposit, read, tenant(), static_cast<std::int64_t>(limit));
}

}  // namespace brygga::ledger::sqlite
