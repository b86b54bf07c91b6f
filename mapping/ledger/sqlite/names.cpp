// What a row is called by its natural key.
#include <array>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

// Most often asked for first. Ids are unique over all tables.
constexpr std::array<sql_text, 10> names = {
    "SELECT 'payment ' || b.source || ':' || b.identity || ':' || p.ordinal FROM payment p JOIN import_batch b ON "
    "b.tenant_id = p.tenant_id AND b.id = p.batch_id WHERE p.tenant_id = ?1 AND p.id = ?2",
    "SELECT 'invoice ' || number FROM invoice WHERE tenant_id = ?1 AND id = ?2",
    "SELECT 'deposit ' || b.source || ':' || b.identity || ':' || d.section_no FROM deposit d JOIN import_batch b ON "
    "b.tenant_id = d.tenant_id AND b.id = d.batch_id WHERE d.tenant_id = ?1 AND d.id = ?2",
    "SELECT 'advance ' || b.source || ':' || b.identity || ':' || p.ordinal || ':' || a.customer_id FROM advance a JOIN payment "
    "p "
    "ON p.tenant_id = a.tenant_id AND p.id = a.payment_id JOIN import_batch b ON b.tenant_id = p.tenant_id AND b.id = p.batch_id "
    "WHERE a.tenant_id = ?1 AND a.id = ?2",
    "SELECT 'credit_note ' || number FROM credit_note WHERE tenant_id = ?1 AND id = ?2",
    "SELECT 'hold ' || coalesce(f.sha256, '') || ':' || h.logical_no || ':' || h.section_no || coalesce(':' || p.ordinal, '') "
    "FROM hold h LEFT JOIN exchanged_file f ON f.tenant_id = h.tenant_id AND f.id = h.file_id LEFT JOIN payment p ON "
    "p.tenant_id = h.tenant_id AND p.id = h.payment_id WHERE h.tenant_id = ?1 AND h.id = ?2",
    "SELECT 'decision ' || coalesce(f.sha256, '') || ':' || h.logical_no || ':' || h.section_no || coalesce(':' || p.ordinal, "
    "'') "
    "FROM hold_decision d JOIN hold h ON h.tenant_id = d.tenant_id AND h.id = d.hold_id LEFT JOIN exchanged_file f ON "
    "f.tenant_id = h.tenant_id AND f.id = h.file_id LEFT JOIN payment p ON p.tenant_id = h.tenant_id AND p.id = h.payment_id "
    "WHERE d.tenant_id = ?1 AND d.id = ?2",
    "SELECT 'batch ' || source || ':' || identity FROM import_batch WHERE tenant_id = ?1 AND id = ?2",
    "SELECT 'file ' || sha256 FROM exchanged_file WHERE tenant_id = ?1 AND id = ?2",
    "SELECT 'reservation ' || customer_id || ':' || currency FROM reservation WHERE tenant_id = ?1 AND id = ?2",
};

}  // namespace

result<std::optional<std::string>> sqlite_transaction::name_of(row_id id) {
    for (const sql_text sql : names) {
        auto found = first_row(
            sql, [](cursor& row) { return row.text(0); }, tenant(), id);
        if (!found || *found) return found;
    }
    return std::optional<std::string>{};
}

}  // namespace brygga::ledger::sqlite
