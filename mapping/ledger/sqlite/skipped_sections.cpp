// Sections that another channel had brought before.
#include <fmt/format.h>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text insert_skipped =
    "INSERT INTO skipped_section (tenant_id, batch_id, section_no, deposit_id, rule) VALUES (?1, ?2, ?3, ?4, ?5)";
constexpr sql_text select_skipped =
    "SELECT deposit_id = ?4 AND rule = ?5 FROM skipped_section WHERE tenant_id = ?1 AND batch_id = ?2 AND section_no = ?3";
constexpr sql_text select_skipped_about =
    "WITH about (batch_id, section_no) AS ("
    "SELECT batch_id, section_no FROM skipped_section WHERE tenant_id = ?1 AND batch_id = ?2 UNION "
    "SELECT batch_id, section_no FROM skipped_section WHERE tenant_id = ?1 AND deposit_id = ?2 UNION "
    "SELECT k.batch_id, k.section_no FROM import_batch b JOIN skipped_section k ON k.tenant_id = b.tenant_id AND "
    "k.batch_id = b.id WHERE b.tenant_id = ?1 AND b.file_id = ?2 UNION "
    "SELECT k.batch_id, k.section_no FROM payment p JOIN skipped_section k ON k.tenant_id = p.tenant_id AND "
    "k.deposit_id = p.deposit_id WHERE p.tenant_id = ?1 AND p.id = ?2) "
    "SELECT k.batch_id, k.section_no, k.deposit_id, k.rule, b.logical_no, coalesce(f.format, ''), coalesce(f.claim, ''), "
    "coalesce(g.format, ''), coalesce(g.claim, '') FROM about a JOIN skipped_section k ON k.tenant_id = ?1 AND "
    "k.batch_id = a.batch_id AND k.section_no = a.section_no "
    "JOIN import_batch b ON b.tenant_id = ?1 AND b.id = k.batch_id "
    "LEFT JOIN exchanged_file f ON f.tenant_id = ?1 AND f.id = b.file_id "
    "JOIN deposit d ON d.tenant_id = ?1 AND d.id = k.deposit_id "
    "JOIN import_batch c ON c.tenant_id = ?1 AND c.id = d.batch_id "
    "LEFT JOIN exchanged_file g ON g.tenant_id = ?1 AND g.id = c.file_id ORDER BY k.batch_id, k.section_no LIMIT ?3";

}  // namespace

result<void> sqlite_transaction::add_skipped(const skipped_section& item) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    const auto read = [](cursor& row) { return row.flag(0); };
    auto known = first_row(select_skipped, read, tenant(), item.batch_id, item.section_no, item.deposit_id, item.rule);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        if (**known) return {};
        return fail(error_code::conflict,
                    fmt::format("section {} of this batch was skipped for another deposit", item.section_no));
    }
    auto written =
        write(table::skipped_section, insert_skipped, tenant(), item.batch_id, item.section_no, item.deposit_id, item.rule);
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

result<std::vector<skipped_item>> sqlite_transaction::skipped_about(row_id id, std::size_t limit) {
    const auto read = [](cursor& row) {
        return skipped_item{{row.integer(0), row.as<std::uint32_t>(1), row.integer(2), row.text(3)},
                            row.as<std::uint32_t>(4),
                            row.text(5),
                            row.text(6),
                            row.text(7),
                            row.text(8)};
    };
    return rows(select_skipped_about, read, tenant(), id, static_cast<std::int64_t>(limit));
}

}  // namespace brygga::ledger::sqlite
