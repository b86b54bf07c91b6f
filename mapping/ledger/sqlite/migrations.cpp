// The schema. Conventions: tenant_id first in every key; ids are time-ordered; dates are numbers (20260302), times are
// milliseconds since 1970 in UTC, amounts are öre; NULL stands for "none" where a partial index leaves the row out.
// Enumerations are the numbers of model.hpp. Sums are taken in halves: sums.hpp says why and where that ends. Every foreign key
// has an index that begins with its columns: SQLite looks for the children of each new parent when triggers are about, and would
// scan.
#include <array>

#include "mapping/ledger/sqlite/schema.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text version_1 = R"sql(
CREATE TABLE tenant (
    tenant_id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- Master data: a change is a new version; the highest is in force.

CREATE TABLE customer (
    tenant_id INTEGER NOT NULL REFERENCES tenant, customer_id TEXT NOT NULL, version INTEGER NOT NULL,
    id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, content_hash BLOB NOT NULL,
    name TEXT NOT NULL, identity_number TEXT, category INTEGER NOT NULL CHECK (category IN (0, 1)),
    street TEXT NOT NULL, postcode TEXT NOT NULL, town TEXT NOT NULL, country_code TEXT NOT NULL,
    telephone TEXT NOT NULL, email TEXT NOT NULL, branch_code TEXT NOT NULL,
    is_foreign INTEGER NOT NULL, estate INTEGER NOT NULL, protected_identity INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX customer_by_id ON customer (tenant_id, id);
CREATE INDEX customer_by_identity ON customer (tenant_id, identity_number) WHERE identity_number IS NOT NULL;

CREATE TABLE facility (
    tenant_id INTEGER NOT NULL REFERENCES tenant, facility_id TEXT NOT NULL, version INTEGER NOT NULL,
    id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, content_hash BLOB NOT NULL,
    customer_id TEXT NOT NULL, kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
    gsrn TEXT NOT NULL, property_designation TEXT NOT NULL, supply_address TEXT NOT NULL,
    PRIMARY KEY (tenant_id, facility_id, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX facility_by_id ON facility (tenant_id, id);

-- Documents: never changed.

CREATE TABLE invoice (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL, content_hash BLOB NOT NULL,
    number TEXT NOT NULL, customer_id TEXT NOT NULL, reference TEXT,
    issue_date INTEGER NOT NULL, due_date INTEGER NOT NULL, currency TEXT NOT NULL,
    total_ore INTEGER NOT NULL, rounding_ore INTEGER NOT NULL, reservation_id INTEGER, prepaid_ore INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX invoice_by_number ON invoice (tenant_id, number);
CREATE INDEX invoice_by_reference ON invoice (tenant_id, reference) WHERE reference IS NOT NULL;
CREATE INDEX invoice_by_customer ON invoice (tenant_id, customer_id, due_date);
CREATE INDEX invoice_by_total ON invoice (tenant_id, total_ore);

CREATE TABLE invoice_line (
    tenant_id INTEGER NOT NULL, invoice_id INTEGER NOT NULL, line_no INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4), supply_point TEXT NOT NULL, text TEXT NOT NULL,
    amount_ore INTEGER NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (tenant_id, invoice_id, line_no),
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice
) STRICT, WITHOUT ROWID;

CREATE TABLE invoice_part (
    tenant_id INTEGER NOT NULL, invoice_id INTEGER NOT NULL, part_no INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4), supply_point TEXT NOT NULL, amount_ore INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, invoice_id, part_no),
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice
) STRICT, WITHOUT ROWID;

CREATE TABLE credit_note (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL, content_hash BLOB NOT NULL,
    number TEXT NOT NULL, customer_id TEXT NOT NULL, reference TEXT, invoice_number TEXT NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4), supply_point TEXT NOT NULL,
    issue_date INTEGER NOT NULL, currency TEXT NOT NULL, amount_ore INTEGER NOT NULL CHECK (amount_ore > 0),
    settlement INTEGER NOT NULL CHECK (settlement IN (0, 1)), document TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX credit_note_by_number ON credit_note (tenant_id, number);
CREATE INDEX credit_note_by_customer ON credit_note (tenant_id, customer_id);
CREATE INDEX credit_note_by_invoice ON credit_note (tenant_id, invoice_number, kind, supply_point);
CREATE INDEX credit_note_by_reference ON credit_note (tenant_id, reference) WHERE reference IS NOT NULL;

CREATE TABLE dispute (
    tenant_id INTEGER NOT NULL, invoice_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    disputed INTEGER NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, invoice_id, id),
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX dispute_by_id ON dispute (tenant_id, id);

-- Files and what the bank says in them. A file's row comes last, with its outcome: so the references to it are deferred.

CREATE TABLE exchanged_file (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    claim TEXT NOT NULL, name TEXT NOT NULL, format TEXT NOT NULL, sha256 TEXT NOT NULL, size_bytes INTEGER NOT NULL,
    outcome INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 2), profile TEXT NOT NULL, receipt TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX file_by_claim ON exchanged_file (tenant_id, claim);
CREATE INDEX file_by_content ON exchanged_file (tenant_id, sha256, claim);
CREATE INDEX file_by_name ON exchanged_file (tenant_id, name);
CREATE INDEX file_by_format ON exchanged_file (tenant_id, format, id);
CREATE INDEX file_by_time ON exchanged_file (tenant_id, recorded_at);

CREATE TABLE import_batch (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    file_id INTEGER NOT NULL, source TEXT NOT NULL, identity TEXT NOT NULL, logical_no INTEGER NOT NULL,
    written_at TEXT NOT NULL, test INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, file_id) REFERENCES exchanged_file DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_by_file ON import_batch (tenant_id, file_id);
CREATE UNIQUE INDEX batch_by_identity ON import_batch (tenant_id, source, identity);

-- CAMT-R21: the sequence numbers that the bank's reports on an account bear.
CREATE TABLE report_number (
    tenant_id INTEGER NOT NULL, batch_id INTEGER NOT NULL, container_no INTEGER NOT NULL,
    series INTEGER NOT NULL CHECK (series IN (0, 1)), format TEXT NOT NULL, account TEXT NOT NULL, currency TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 0), message_id TEXT NOT NULL, container_id TEXT NOT NULL, page TEXT NOT NULL,
    PRIMARY KEY (tenant_id, batch_id, container_no, series),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batch
) STRICT, WITHOUT ROWID;
CREATE INDEX number_by_account ON report_number (tenant_id, format, account, currency, series, year, number);

CREATE TABLE deposit (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, content_hash BLOB NOT NULL,
    batch_id INTEGER NOT NULL, section_no INTEGER NOT NULL, bankgiro TEXT NOT NULL, bank_account TEXT NOT NULL,
    payment_date INTEGER NOT NULL, serial TEXT NOT NULL, currency TEXT NOT NULL, amount_ore INTEGER NOT NULL,
    payments INTEGER NOT NULL, deposit_type TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batch
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX deposit_by_section ON deposit (tenant_id, batch_id, section_no);
CREATE INDEX deposit_by_serial ON deposit (tenant_id, bankgiro, serial, payment_date);
CREATE INDEX deposit_by_day ON deposit (tenant_id, bankgiro, payment_date, amount_ore);

-- What another channel had brought before.
CREATE TABLE skipped_section (
    tenant_id INTEGER NOT NULL, batch_id INTEGER NOT NULL, section_no INTEGER NOT NULL, deposit_id INTEGER NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (tenant_id, batch_id, section_no),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batch,
    FOREIGN KEY (tenant_id, deposit_id) REFERENCES deposit
) STRICT, WITHOUT ROWID;
CREATE INDEX skipped_by_deposit ON skipped_section (tenant_id, deposit_id);

-- What a statement says was paid in, without the payments.
CREATE TABLE deposit_total (
    tenant_id INTEGER NOT NULL, batch_id INTEGER NOT NULL, section_no INTEGER NOT NULL, bankgiro TEXT NOT NULL,
    payment_date INTEGER NOT NULL, serial TEXT NOT NULL, currency TEXT NOT NULL, amount_ore INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, batch_id, section_no),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batch
) STRICT, WITHOUT ROWID;
CREATE INDEX total_by_serial ON deposit_total (tenant_id, bankgiro, serial, payment_date);

CREATE TABLE payment (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, content_hash TEXT NOT NULL,
    batch_id INTEGER NOT NULL, deposit_id INTEGER, ordinal INTEGER NOT NULL, section_ordinal INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind IN (0, 1)), amount_ore INTEGER NOT NULL CHECK (amount_ore >= 0),
    currency TEXT NOT NULL, value_date INTEGER NOT NULL, bankgiro TEXT NOT NULL, channel TEXT NOT NULL, serial TEXT,
    reference TEXT NOT NULL, reference_code TEXT NOT NULL, deduction_code TEXT NOT NULL, image INTEGER NOT NULL,
    message TEXT NOT NULL, payer_bankgiro TEXT NOT NULL, payer_name TEXT NOT NULL, payer_extra_name TEXT NOT NULL,
    payer_street TEXT NOT NULL, payer_postcode TEXT NOT NULL, payer_town TEXT NOT NULL, payer_country TEXT NOT NULL,
    payer_country_code TEXT NOT NULL, payer_identity_number TEXT NOT NULL, payer_account TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batch,
    FOREIGN KEY (tenant_id, deposit_id) REFERENCES deposit
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX payment_by_ordinal ON payment (tenant_id, batch_id, ordinal);
-- BGMAX-R62 and R63: the same payment in another file or format
CREATE INDEX payment_by_serial ON payment (tenant_id, serial, amount_ore) WHERE serial IS NOT NULL;
CREATE INDEX payment_by_place ON payment (tenant_id, deposit_id, section_ordinal) WHERE deposit_id IS NOT NULL;

CREATE TABLE payment_reference (
    tenant_id INTEGER NOT NULL, payment_id INTEGER NOT NULL, reference_no INTEGER NOT NULL,
    reference TEXT NOT NULL, code TEXT NOT NULL, amount_ore INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, payment_id, reference_no),
    FOREIGN KEY (tenant_id, payment_id) REFERENCES payment
) STRICT, WITHOUT ROWID;

-- Double entry. The postings come first, then their entry, which is refused unless they balance; then no posting can be
-- added. A posting without an entry fails at commit.

CREATE TABLE journal_entry (
    tenant_id INTEGER NOT NULL REFERENCES tenant DEFERRABLE INITIALLY DEFERRED, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 8), source_id INTEGER NOT NULL, value_date INTEGER NOT NULL,
    corrects_id INTEGER,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_by_source ON journal_entry (tenant_id, source_id, kind);

CREATE TABLE posting (
    tenant_id INTEGER NOT NULL, entry_id INTEGER NOT NULL, posting_no INTEGER NOT NULL,
    account INTEGER NOT NULL CHECK (account BETWEEN 0 AND 7), amount_ore INTEGER NOT NULL, currency TEXT NOT NULL,
    subject_id INTEGER, part_no INTEGER NOT NULL, customer_id TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, entry_id, posting_no),
    FOREIGN KEY (tenant_id, entry_id) REFERENCES journal_entry DEFERRABLE INITIALLY DEFERRED,
    CHECK (account = 5 OR subject_id IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_by_subject ON posting (tenant_id, subject_id, account, part_no, currency, amount_ore)
    WHERE subject_id IS NOT NULL;
CREATE INDEX posting_in_suspense ON posting (tenant_id, subject_id, currency, amount_ore) WHERE account = 4;

-- The triggers on postings and entries say FAIL, the inserts OR FAIL, and their foreign keys are deferred: for a statement that
-- could abort halfway SQLite would keep a copy of every page it touches. One row is refused before anything of it is written.
CREATE TRIGGER posting_after_its_entry BEFORE INSERT ON posting
WHEN EXISTS (SELECT 1 FROM journal_entry WHERE tenant_id = NEW.tenant_id AND id = NEW.entry_id)
BEGIN SELECT RAISE(FAIL, 'the entry of this posting is closed'); END;

-- Open amounts that are neither nothing nor the whole invoice, as they were after an entry: finds part-paid invoices by amount.
-- A search aid whose every hit is recomputed, so it has no foreign keys.
CREATE TABLE part_paid (
    tenant_id INTEGER NOT NULL, open_ore INTEGER NOT NULL, invoice_id INTEGER NOT NULL, entry_id INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, open_ore, invoice_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX part_paid_by_entry ON part_paid (tenant_id, entry_id, invoice_id);

-- Advances and their reservation for an invoice run.

CREATE TABLE advance (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    customer_id TEXT NOT NULL, payment_id INTEGER NOT NULL, value_date INTEGER NOT NULL, currency TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, payment_id) REFERENCES payment
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX advance_by_payment ON advance (tenant_id, payment_id, customer_id, currency);
CREATE INDEX advance_by_customer ON advance (tenant_id, customer_id, value_date);

CREATE TABLE reservation (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    customer_id TEXT NOT NULL, currency TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reservation_part (
    tenant_id INTEGER NOT NULL, advance_id INTEGER NOT NULL, reservation_id INTEGER NOT NULL,
    amount_ore INTEGER NOT NULL CHECK (amount_ore > 0),
    PRIMARY KEY (tenant_id, advance_id, reservation_id),
    FOREIGN KEY (tenant_id, advance_id) REFERENCES advance,
    FOREIGN KEY (tenant_id, reservation_id) REFERENCES reservation
) STRICT, WITHOUT ROWID;
CREATE INDEX part_by_reservation ON reservation_part (tenant_id, reservation_id);

CREATE TABLE reservation_use (
    tenant_id INTEGER NOT NULL, reservation_id INTEGER NOT NULL, advance_id INTEGER NOT NULL, invoice_id INTEGER NOT NULL,
    id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, amount_ore INTEGER NOT NULL CHECK (amount_ore > 0),
    PRIMARY KEY (tenant_id, reservation_id, advance_id, invoice_id),
    FOREIGN KEY (tenant_id, advance_id, reservation_id) REFERENCES reservation_part,
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX use_by_id ON reservation_use (tenant_id, id);
CREATE INDEX use_by_invoice ON reservation_use (tenant_id, invoice_id);
CREATE INDEX use_by_part ON reservation_use (tenant_id, advance_id, reservation_id);

CREATE TABLE reservation_release (
    tenant_id INTEGER NOT NULL, reservation_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, reservation_id),
    FOREIGN KEY (tenant_id, reservation_id) REFERENCES reservation
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX release_by_id ON reservation_release (tenant_id, id);

-- What is left of each part of a reservation that has not been released.
CREATE VIEW reservation_left AS
SELECT p.tenant_id, p.advance_id, p.reservation_id, p.amount_ore,
       p.amount_ore - (SELECT coalesce((sum(u.amount_ore / 1000000000) * 1000000000 + sum(u.amount_ore % 1000000000)), 0)
                       FROM reservation_use u
                       WHERE u.tenant_id = p.tenant_id AND u.reservation_id = p.reservation_id
                         AND u.advance_id = p.advance_id) AS left_ore
FROM reservation_part p
WHERE NOT EXISTS (SELECT 1 FROM reservation_release r WHERE r.tenant_id = p.tenant_id AND r.reservation_id = p.reservation_id);

CREATE VIEW advance_state AS
SELECT a.tenant_id, a.id, a.customer_id, a.payment_id, a.value_date, a.currency,
       (SELECT coalesce(-(sum(p.amount_ore / 1000000000) * 1000000000 + sum(p.amount_ore % 1000000000)), 0) FROM posting p
        WHERE p.tenant_id = a.tenant_id AND p.subject_id = a.id AND p.account = 3) AS balance_ore,
       (SELECT coalesce((sum(l.left_ore / 1000000000) * 1000000000 + sum(l.left_ore % 1000000000)), 0) FROM reservation_left l
        WHERE l.tenant_id = a.tenant_id AND l.advance_id = a.id) AS reserved_ore
FROM advance a;

-- BILL-R25: one öre is reserved once, and what is reserved cannot be spent on anything else.

CREATE TRIGGER reserved_once BEFORE INSERT ON reservation_part
WHEN NEW.amount_ore > (SELECT balance_ore - reserved_ore FROM advance_state
                       WHERE tenant_id = NEW.tenant_id AND id = NEW.advance_id)
BEGIN SELECT RAISE(ABORT, 'BILL-R25: more reserved than the advance has free'); END;

CREATE TRIGGER reserved_use BEFORE INSERT ON reservation_use
WHEN NEW.amount_ore > coalesce((SELECT left_ore FROM reservation_left WHERE tenant_id = NEW.tenant_id
                                AND reservation_id = NEW.reservation_id AND advance_id = NEW.advance_id), 0)
BEGIN SELECT RAISE(ABORT, 'BILL-R24: more used than reserved'); END;

-- One trigger, because each costs as much as what it looks at; one pass over the postings of an entry in one currency, only one in
-- several is grouped. An entry has no id twice: REPLACE would take the one that is there. What waits in an advance (account 3) or
-- to be paid out (7) is taken once.
CREATE TRIGGER entry_is_sound BEFORE INSERT ON journal_entry
BEGIN
    SELECT CASE
        WHEN EXISTS (SELECT 1 FROM journal_entry WHERE tenant_id = NEW.tenant_id AND id = NEW.id)
        THEN RAISE(FAIL, 'rows of journal_entry are never replaced')
        WHEN NEW.kind <= 3 AND EXISTS (SELECT 1 FROM journal_entry
                                       WHERE tenant_id = NEW.tenant_id AND source_id = NEW.source_id AND kind = NEW.kind)
        THEN RAISE(FAIL, 'this document has its entry')
        WHEN NEW.corrects_id IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM journal_entry WHERE tenant_id = NEW.tenant_id AND id = NEW.corrects_id)
        THEN RAISE(FAIL, 'an entry corrects one that is there')
    END;
    SELECT CASE
        WHEN count(*) < 2 THEN RAISE(FAIL, 'an entry has at least two postings')
        WHEN (min(currency) <> max(currency) OR sum(amount_ore / 1000000000) * 1000000000 + sum(amount_ore % 1000000000) <> 0)
             AND (min(currency) = max(currency)
                  OR EXISTS (SELECT 1 FROM posting WHERE tenant_id = NEW.tenant_id AND entry_id = NEW.id GROUP BY currency
                             HAVING sum(amount_ore / 1000000000) * 1000000000 + sum(amount_ore % 1000000000) <> 0))
        THEN RAISE(FAIL, 'the postings of an entry sum to zero in each currency')
        WHEN max(account = 3 AND amount_ore > 0)
             AND EXISTS (SELECT 1 FROM posting p JOIN advance_state s ON s.tenant_id = p.tenant_id AND s.id = p.subject_id
                         WHERE p.tenant_id = NEW.tenant_id AND p.entry_id = NEW.id AND p.account = 3 AND p.amount_ore > 0
                           AND s.balance_ore < s.reserved_ore)
        THEN RAISE(FAIL, 'BILL-R25: more taken from the advance than it has free')
        WHEN max(account = 7 AND amount_ore > 0)
             AND EXISTS (SELECT 1 FROM posting p
                         WHERE p.tenant_id = NEW.tenant_id AND p.entry_id = NEW.id AND p.account = 7 AND p.amount_ore > 0
                           AND (SELECT sum(a.amount_ore) FROM posting a
                                WHERE a.tenant_id = p.tenant_id AND a.subject_id = p.subject_id AND a.account = 7) > 0)
        THEN RAISE(FAIL, 'RF-R01: more taken from the payout than waits there')
    END
    FROM posting WHERE tenant_id = NEW.tenant_id AND entry_id = NEW.id;
END;

-- What waits for a person.

CREATE TABLE hold (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    file_id INTEGER NOT NULL, subject INTEGER NOT NULL CHECK (subject IN (0, 1)),
    logical_no INTEGER NOT NULL, section_no INTEGER NOT NULL, payment_id INTEGER NOT NULL,
    reasons TEXT NOT NULL, detail TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, file_id) REFERENCES exchanged_file DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX hold_by_subject ON hold (tenant_id, file_id, subject, logical_no, section_no, payment_id);
CREATE INDEX hold_by_payment ON hold (tenant_id, payment_id);

CREATE TABLE hold_decision (
    tenant_id INTEGER NOT NULL, hold_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    verdict INTEGER NOT NULL CHECK (verdict IN (0, 1)), actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, hold_id),
    FOREIGN KEY (tenant_id, hold_id) REFERENCES hold
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX decision_by_id ON hold_decision (tenant_id, id);

-- A hold with its decision, its file's name, and what of a held payment is still in suspense.
CREATE VIEW held AS
SELECT h.tenant_id, h.id, h.file_id, h.subject, h.logical_no, h.section_no, h.payment_id, h.reasons, h.detail, h.recorded_at,
       d.id AS decision_id, d.verdict, d.actor, d.reason, d.recorded_at AS decided_at, f.name,
       (SELECT coalesce(-(sum(p.amount_ore / 1000000000) * 1000000000 + sum(p.amount_ore % 1000000000)), 0) FROM posting p
        WHERE p.tenant_id = h.tenant_id AND p.subject_id = h.payment_id AND p.account = 4 AND h.subject = 1) AS waiting_ore
FROM hold h
LEFT JOIN hold_decision d ON d.tenant_id = h.tenant_id AND d.hold_id = h.id
LEFT JOIN exchanged_file f ON f.tenant_id = h.tenant_id AND f.id = h.file_id;

-- What was booked and handed on to a system that reads another format, and that a person has seen to what was left out of it.

CREATE TABLE handover (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, file_id INTEGER NOT NULL,
    logical_no INTEGER NOT NULL, section_no INTEGER NOT NULL, format TEXT NOT NULL, folder TEXT NOT NULL,
    staged TEXT NOT NULL, left_out INTEGER NOT NULL CHECK (left_out >= 0), told TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, file_id) REFERENCES exchanged_file DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX handover_by_file ON handover (tenant_id, file_id, logical_no, section_no, format, folder);
CREATE INDEX handover_with_file ON handover (tenant_id, id) WHERE staged <> '';
CREATE INDEX handover_that_left_out ON handover (tenant_id, id) WHERE left_out > 0;

CREATE TABLE handover_closing (
    tenant_id INTEGER NOT NULL, handover_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, handover_id),
    FOREIGN KEY (tenant_id, handover_id) REFERENCES handover
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX closing_by_id ON handover_closing (tenant_id, id);

-- The newest (by id) says how far the file has come; of one that has none it is known only that it was made.

CREATE TABLE handover_event (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, handover_id INTEGER NOT NULL,
    step INTEGER NOT NULL CHECK (step BETWEEN 0 AND 2), folder TEXT NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, handover_id) REFERENCES handover
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_handover ON handover_event (tenant_id, handover_id, id);

-- That a person has seen to what a file tells of others: reports that are missing before its own, deposits that are not booked.
CREATE TABLE notice_closing (
    tenant_id INTEGER NOT NULL, file_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, file_id) REFERENCES exchanged_file DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_closing_by_file ON notice_closing (tenant_id, file_id);

-- Files that leave: each event is one step of one file, the newest (by id) says how far it has come.

CREATE TABLE outgoing (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, key TEXT NOT NULL, partner TEXT NOT NULL,
    folder TEXT NOT NULL, name TEXT NOT NULL, format TEXT NOT NULL, reference TEXT NOT NULL, sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0), not_before INTEGER NOT NULL, laid_sha256 TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX outgoing_by_key ON outgoing (tenant_id, key);
CREATE INDEX outgoing_by_reference ON outgoing (tenant_id, reference);
CREATE INDEX outgoing_by_partner ON outgoing (tenant_id, partner, id);
CREATE INDEX outgoing_by_content ON outgoing (tenant_id, sha256, partner);
CREATE INDEX outgoing_by_laid ON outgoing (tenant_id, laid_sha256, partner);

CREATE TABLE outgoing_event (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, outgoing_id INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 9), attempt INTEGER NOT NULL CHECK (attempt >= 0), reason TEXT NOT NULL,
    actor TEXT NOT NULL, due INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, outgoing_id) REFERENCES outgoing
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_outgoing ON outgoing_event (tenant_id, outgoing_id, id);
CREATE INDEX event_by_time ON outgoing_event (tenant_id, recorded_at);
CREATE INDEX event_by_state ON outgoing_event (tenant_id, state, outgoing_id, id);

CREATE VIEW outgoing_now AS
SELECT o.tenant_id, o.id, o.key, o.partner, o.folder, o.name, o.format, o.reference, o.sha256, o.size_bytes, o.not_before,
    o.recorded_at AS queued_at, e.state, e.attempt, e.reason, e.actor, e.due, e.recorded_at AS newest_at, o.laid_sha256
FROM outgoing_event e JOIN outgoing o ON o.tenant_id = e.tenant_id AND o.id = e.outgoing_id
WHERE NOT EXISTS (SELECT 1 FROM outgoing_event n WHERE n.tenant_id = e.tenant_id AND n.outgoing_id = e.outgoing_id AND n.id > e.id);

-- Files that arrive: a version of a file at a partner whose bytes are ours, and that it is away there.

CREATE TABLE fetched (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, partner TEXT NOT NULL, key TEXT NOT NULL,
    name TEXT NOT NULL, sha256 TEXT NOT NULL, size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX fetched_by_key ON fetched (tenant_id, partner, key, id);
CREATE INDEX fetched_by_time ON fetched (tenant_id, recorded_at);

CREATE TABLE fetched_cleared (
    tenant_id INTEGER NOT NULL, fetched_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, fetched_id),
    FOREIGN KEY (tenant_id, fetched_id) REFERENCES fetched
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX cleared_by_id ON fetched_cleared (tenant_id, id);

-- That retention removed an original; in force until the same bytes come or are to be sent once more.

CREATE TABLE original_removal (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0), kept_until INTEGER NOT NULL, rule TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX removal_by_content ON original_removal (tenant_id, sha256, id);

CREATE VIEW removed_original AS
SELECT r.tenant_id, r.id, r.recorded_at, r.sha256, r.size_bytes, r.kept_until, r.rule FROM original_removal r
WHERE NOT EXISTS (SELECT 1 FROM exchanged_file f WHERE f.tenant_id = r.tenant_id AND f.sha256 = r.sha256 AND f.id > r.id)
AND NOT EXISTS (SELECT 1 FROM outgoing o WHERE o.tenant_id = r.tenant_id AND o.sha256 = r.sha256 AND o.id > r.id);

-- The log: each row's hash covers the row before it. Every transaction that writes ends with a row of kind 'commit', whose
-- id is the highest that the transaction gave, over all rows that it wrote (tables.hpp).

CREATE TABLE log (
    tenant_id INTEGER NOT NULL REFERENCES tenant, log_no INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    kind TEXT NOT NULL, subject_id INTEGER NOT NULL, data TEXT NOT NULL,
    previous_hash BLOB NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY (tenant_id, log_no)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace

std::span<const migration> all_migrations() noexcept {
    static const std::array<migration, 7> migrations = {{{1, version_1},
                                                         {2, direct_debit_tables},
                                                         {3, payout_tables},
                                                         {4, einvoice_tables},
                                                         {5, run_tables},
                                                         {6, claim_tables},
                                                         {7, print_tables}}};
    return migrations;
}

}  // namespace brygga::ledger::sqlite
