// What a row is called by its natural key, and what it is.
#include <array>

#include "mapping/ledger/sqlite/sums.hpp"
#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

// Most often asked for first. Ids are unique over all tables.
constexpr std::array<sql_text, 11> names = {
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
    "SELECT 'payout ' || key FROM payout WHERE tenant_id = ?1 AND id = ?2",
};

// Over the payments of a deposit, batch or file, or of the deposit that a held section became when it was released.
constexpr sql_text sums_by_reason = joined<
    "WITH held_deposit (id) AS ("
    "SELECT d.id FROM hold h JOIN import_batch b ON b.tenant_id = h.tenant_id AND b.file_id = h.file_id AND "
    "b.logical_no = h.logical_no JOIN deposit d ON d.tenant_id = b.tenant_id AND d.batch_id = b.id AND "
    "d.section_no = h.section_no WHERE h.tenant_id = ?1 AND h.id = ?2 AND h.subject = 0), "
    // Entries are caused by payments and, where a deposit differs from its payments, by the deposit itself.
    "paid (id) AS ("
    "SELECT id FROM deposit WHERE tenant_id = ?1 AND id = ?2 UNION ALL "
    "SELECT id FROM payment WHERE tenant_id = ?1 AND deposit_id = ?2 UNION ALL "
    "SELECT id FROM deposit WHERE tenant_id = ?1 AND batch_id = ?2 UNION ALL "
    "SELECT id FROM payment WHERE tenant_id = ?1 AND batch_id = ?2 UNION ALL "
    "SELECT d.id FROM import_batch b JOIN deposit d ON d.tenant_id = b.tenant_id AND d.batch_id = b.id "
    "WHERE b.tenant_id = ?1 AND b.file_id = ?2 UNION ALL "
    "SELECT p.id FROM import_batch b JOIN payment p ON p.tenant_id = b.tenant_id AND p.batch_id = b.id "
    "WHERE b.tenant_id = ?1 AND b.file_id = ?2 UNION ALL "
    "SELECT id FROM held_deposit UNION ALL "
    "SELECT p.id FROM held_deposit d JOIN payment p ON p.tenant_id = ?1 AND p.deposit_id = d.id) "
    "SELECT o.account, o.currency, o.reason, count(*), " +
    halves_of("o.amount_ore") +
    " FROM paid "
    "JOIN journal_entry e ON e.tenant_id = ?1 AND e.source_id = paid.id JOIN posting o ON o.tenant_id = e.tenant_id AND "
    "o.entry_id = e.id GROUP BY o.account, o.currency, o.reason ORDER BY o.account, o.currency, o.reason">;

// Nothing of a payer or customer but the customer's id.
constexpr std::array<sql_text, 11> facts = {
    "SELECT printf('%s of %d.%02d %s, %04d-%02d-%02d, to bankgiro %s, number %d of logical file %d in claim %s', CASE "
    "p.kind WHEN 0 THEN 'payment' ELSE 'deduction' END, p.amount_ore / 100, p.amount_ore % 100, p.currency, p.value_date / "
    "10000, p.value_date / 100 % 100, p.value_date % 100, p.bankgiro, p.ordinal, b.logical_no, coalesce(f.claim, '')) FROM "
    "payment p JOIN import_batch b ON b.tenant_id = p.tenant_id AND b.id = p.batch_id LEFT JOIN exchanged_file f ON "
    "f.tenant_id = b.tenant_id AND f.id = b.file_id WHERE p.tenant_id = ?1 AND p.id = ?2",
    "SELECT printf('invoice to customer %s, issued %04d-%02d-%02d, due %04d-%02d-%02d, %d.%02d %s', customer_id, "
    "issue_date / 10000, issue_date / 100 % 100, issue_date % 100, due_date / 10000, due_date / 100 % 100, due_date % 100, "
    "total_ore / 100, total_ore % 100, currency) FROM invoice WHERE tenant_id = ?1 AND id = ?2",
    "SELECT printf('section %d of logical file %d in claim %s: deposit %s to bankgiro %s, %04d-%02d-%02d, %s, %d "
    "payments', d.section_no, b.logical_no, coalesce(f.claim, ''), d.serial, d.bankgiro, d.payment_date / 10000, "
    "d.payment_date / 100 % 100, d.payment_date % 100, CASE WHEN d.amount_ore < 0 THEN '-' ELSE '' END || printf('%d.%02d "
    "', abs(d.amount_ore / 100), abs(d.amount_ore % 100)) || d.currency, d.payments) FROM deposit d JOIN import_batch b ON "
    "b.tenant_id = d.tenant_id AND b.id = d.batch_id LEFT JOIN exchanged_file f ON f.tenant_id = b.tenant_id AND f.id = "
    "b.file_id WHERE d.tenant_id = ?1 AND d.id = ?2",
    "SELECT printf('advance of customer %s, %04d-%02d-%02d: %d.%02d %s left, %d.%02d of it reserved', customer_id, "
    "value_date / 10000, value_date / 100 % 100, value_date % 100, balance_ore / 100, balance_ore % 100, currency, "
    "reserved_ore / 100, reserved_ore % 100) FROM advance_state WHERE tenant_id = ?1 AND id = ?2",
    "SELECT printf('credit note to customer %s, issued %04d-%02d-%02d, %d.%02d %s, on invoice %s', customer_id, issue_date "
    "/ 10000, issue_date / 100 % 100, issue_date % 100, amount_ore / 100, amount_ore % 100, currency, invoice_number) FROM "
    "credit_note WHERE tenant_id = ?1 AND id = ?2",
    "SELECT printf('hold on %s section %d of logical file %d in claim %s', CASE h.subject WHEN 0 THEN 'all of' ELSE 'a "
    "payment in' END, h.section_no, h.logical_no, coalesce(f.claim, '')) FROM hold h LEFT JOIN exchanged_file f ON "
    "f.tenant_id = h.tenant_id AND f.id = h.file_id WHERE h.tenant_id = ?1 AND h.id = ?2",
    "SELECT printf('decision on a hold in claim %s', coalesce(f.claim, '')) FROM hold_decision d JOIN hold h ON "
    "h.tenant_id = d.tenant_id AND h.id = d.hold_id LEFT JOIN exchanged_file f ON f.tenant_id = h.tenant_id AND f.id = "
    "h.file_id WHERE d.tenant_id = ?1 AND d.id = ?2",
    "SELECT printf('logical file %d of claim %s', b.logical_no, coalesce(f.claim, '')) FROM import_batch b LEFT JOIN "
    "exchanged_file f ON f.tenant_id = b.tenant_id AND f.id = b.file_id WHERE b.tenant_id = ?1 AND b.id = ?2",
    "SELECT printf('file of format %s, %d bytes, claim %s, at first %s', CASE format WHEN '' THEN 'unknown' ELSE format "
    "END, size_bytes, claim, CASE outcome WHEN 0 THEN 'archived' WHEN 1 THEN 'held' ELSE 'rejected' END) FROM "
    "exchanged_file WHERE tenant_id = ?1 AND id = ?2",
    "SELECT printf('reservation of advances of customer %s, %s', customer_id, CASE WHEN EXISTS (SELECT 1 FROM "
    "reservation_release x WHERE x.tenant_id = r.tenant_id AND x.reservation_id = r.id) THEN 'released' ELSE 'in force' "
    "END) FROM reservation r WHERE tenant_id = ?1 AND id = ?2",
    "SELECT printf('payout to customer %s, %d.%02d %s', customer_id, amount_ore / 100, amount_ore % 100, currency) FROM payout "
    "WHERE tenant_id = ?1 AND id = ?2",
};

}  // namespace

result<std::optional<std::string>> sqlite_transaction::facts_of(row_id id) {
    return first_text(facts, id);
}

result<std::optional<std::string>> sqlite_transaction::name_of(row_id id) {
    return first_text(names, id);
}

result<std::optional<std::string>> sqlite_transaction::first_text(std::span<const sql_text> queries, row_id id) {
    for (const sql_text sql : queries) {
        auto found = first_row(
            sql, [](cursor& row) { return row.text(0); }, tenant(), id);
        if (!found || *found) return found;
    }
    return std::optional<std::string>{};
}

result<std::vector<reason_sum>> sqlite_transaction::reasons_of(row_id id) {
    const auto read = [](cursor& row) {
        return reason_sum{row.as<account>(0), row.text(1), row.text(2), row.as<std::uint64_t>(3), row.sum(4)};
    };
    return rows(sums_by_reason, read, tenant(), id);
}

}  // namespace brygga::ledger::sqlite
