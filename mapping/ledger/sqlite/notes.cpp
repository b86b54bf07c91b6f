// Decisions about customers, wherever they stand (BILL-R21).
#include <array>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

// Each of these queries gives: id, time, subject of the note, subject's id, customer, state, actor, reason. Those of mandates,
// registrations and payouts are told also where no person decided: a bank did, or the program.
constexpr sql_text select_notes = R"sql(
SELECT o.id, o.recorded_at, 0, o.invoice_id, i.customer_id, o.state, o.actor, o.reason
FROM objection o JOIN invoice i ON i.tenant_id = o.tenant_id AND i.id = o.invoice_id
WHERE o.tenant_id = ?1 AND o.id > ?2
UNION ALL
SELECT d.id, d.recorded_at, 1, h.payment_id,
       coalesce((SELECT p.customer_id FROM journal_entry e JOIN posting p ON p.tenant_id = e.tenant_id AND p.entry_id = e.id
                 WHERE e.tenant_id = d.tenant_id AND e.source_id = d.id AND p.customer_id <> '' LIMIT 1), ''),
       d.verdict, d.actor, d.reason
FROM hold_decision d JOIN hold h ON h.tenant_id = d.tenant_id AND h.id = d.hold_id AND h.subject = 1
WHERE d.tenant_id = ?1 AND d.id > ?2
UNION ALL
SELECT m.id, m.recorded_at, 1, m.payment_id,
       coalesce((SELECT p.customer_id FROM posting p
                 WHERE p.tenant_id = m.tenant_id AND p.entry_id = m.entry_id AND p.customer_id <> '' LIMIT 1), ''),
       2, m.actor, m.reason
FROM payment_match m WHERE m.tenant_id = ?1 AND m.id > ?2
UNION ALL
SELECT id, recorded_at, 2, mandate_id, customer_id, state, actor, reason
FROM mandate_event WHERE tenant_id = ?1 AND id > ?2
UNION ALL
SELECT e.id, e.recorded_at, 3, e.collection_id, i.customer_id, e.state, e.actor, e.reason
FROM collection_event e
JOIN collection c ON c.tenant_id = e.tenant_id AND c.id = e.collection_id
JOIN invoice i ON i.tenant_id = c.tenant_id AND i.id = c.invoice_id
WHERE e.tenant_id = ?1 AND e.id > ?2 AND e.actor <> ''
UNION ALL
SELECT id, recorded_at, 4, registration_id, customer_id, state, actor, reason
FROM registration_event WHERE tenant_id = ?1 AND id > ?2
UNION ALL
SELECT e.id, e.recorded_at, 5, e.payout_id, p.customer_id, e.state, e.actor, e.reason
FROM payout_event e JOIN payout p ON p.tenant_id = e.tenant_id AND p.id = e.payout_id
WHERE e.tenant_id = ?1 AND e.id > ?2
UNION ALL
SELECT id, recorded_at, 6, id, customer_id, 0, actor, reason
FROM customer_account WHERE tenant_id = ?1 AND id > ?2
UNION ALL
SELECT e.id, e.recorded_at, 7, r.document_id, r.customer_id, e.state, e.actor, e.reason
FROM delivery_event e
JOIN delivery d ON d.tenant_id = e.tenant_id AND d.id = e.delivery_id
JOIN run_document r ON r.tenant_id = d.tenant_id AND r.id = d.run_document_id
WHERE e.tenant_id = ?1 AND e.id > ?2 AND e.actor <> ''
UNION ALL
SELECT c.id, c.recorded_at, 8, m.subject_id, m.customer_id, 0, c.actor, c.reason
FROM matter_closing c JOIN matter m ON m.tenant_id = c.tenant_id AND m.id = c.matter_id
WHERE c.tenant_id = ?1 AND c.id > ?2
ORDER BY 1)sql";

constexpr std::array<std::string_view, 3> payment_words = {"released", "refused", "matched"};  // a hold, or by hand

std::string_view what_of(note_subject about, cursor& row, int column) {
    switch (about) {
        case note_subject::objection:
            return name(row.as<objection_state>(column));
        case note_subject::payment:
            return payment_words.at(static_cast<std::size_t>(row.integer(column)));
        case note_subject::mandate:
            return name(row.as<mandate_state>(column));
        case note_subject::collection:
            return name(row.as<collection_state>(column));
        case note_subject::registration:
            return name(row.as<registration_state>(column));
        case note_subject::payout:
            return name(row.as<payout_state>(column));
        case note_subject::account:
            return "given";
        case note_subject::document:
            return name(row.as<delivery_state>(column));
        case note_subject::matter:
            return "closed";
    }
    return {};
}

}  // namespace

result<void> sqlite_transaction::each_note(row_id since, const visitor<note>& visit) {
    return visit_rows(
        select_notes,
        [&](cursor& row) {
            const auto about = row.as<note_subject>(2);
            return visit(note{row.integer(0), row.integer(1), about, row.integer(3), row.text(4), what_of(about, row, 5),
                              row.text(6), row.text(7)});
        },
        tenant(), since);
}

}  // namespace brygga::ledger::sqlite
