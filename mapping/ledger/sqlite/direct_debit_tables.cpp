// The schema's second version: mandates, collections, and what a person must see to. Conventions as in migrations.cpp.
#include "mapping/ledger/sqlite/schema.hpp"

namespace brygga::ledger::sqlite {

const sql_text direct_debit_tables = R"sql(
-- Autogiro: mandates and collections. Each event is one step; the newest (by id) holds.

CREATE TABLE mandate (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    bankgiro TEXT NOT NULL, payer_number TEXT NOT NULL, is_change INTEGER NOT NULL CHECK (is_change IN (0, 1)),
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX mandate_by_number ON mandate (tenant_id, bankgiro, payer_number, is_change);

CREATE TABLE mandate_event (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, mandate_id INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 6), customer_id TEXT NOT NULL, account TEXT NOT NULL,
    identity TEXT NOT NULL, day INTEGER NOT NULL, information TEXT NOT NULL, comment TEXT NOT NULL,
    source_id INTEGER NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, mandate_id) REFERENCES mandate
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_mandate ON mandate_event (tenant_id, mandate_id, id);
CREATE INDEX mandate_event_by_customer ON mandate_event (tenant_id, customer_id, mandate_id);

CREATE VIEW mandate_now AS
SELECT m.tenant_id, m.id, m.bankgiro, m.payer_number, m.is_change, e.state, e.customer_id, e.account, e.identity, e.day, e.information,
    e.comment, e.source_id, e.actor, e.reason, e.recorded_at
FROM mandate_event e JOIN mandate m ON m.tenant_id = e.tenant_id AND m.id = e.mandate_id
WHERE NOT EXISTS (SELECT 1 FROM mandate_event n WHERE n.tenant_id = e.tenant_id AND n.mandate_id = e.mandate_id AND n.id > e.id);

CREATE TABLE collection (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, key TEXT NOT NULL,
    mandate_id INTEGER NOT NULL, invoice_id INTEGER NOT NULL, bankgiro TEXT NOT NULL, payer_number TEXT NOT NULL,
    payment_day INTEGER NOT NULL, amount_ore INTEGER NOT NULL CHECK (amount_ore > 0), currency TEXT NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, mandate_id) REFERENCES mandate,
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX collection_by_key ON collection (tenant_id, key);
CREATE INDEX collection_by_mandate ON collection (tenant_id, mandate_id);
CREATE INDEX collection_by_invoice ON collection (tenant_id, invoice_id);
CREATE INDEX collection_by_payer ON collection (tenant_id, bankgiro, payer_number, id);
CREATE INDEX collection_by_reference ON collection (tenant_id, reference, id);

CREATE TABLE collection_event (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, collection_id INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 6), payment_day INTEGER NOT NULL, code TEXT NOT NULL,
    source_id INTEGER NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, collection_id) REFERENCES collection DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_collection ON collection_event (tenant_id, collection_id, id);
CREATE INDEX collection_event_by_state ON collection_event (tenant_id, state, collection_id, id);

CREATE VIEW collection_now AS
SELECT c.tenant_id, c.id, c.key, c.mandate_id, c.invoice_id, c.bankgiro, c.payer_number, c.payment_day, c.amount_ore, c.currency,
    c.reference, e.state, e.payment_day AS day_now, e.code, e.source_id, e.actor, e.reason, e.recorded_at
FROM collection_event e JOIN collection c ON c.tenant_id = e.tenant_id AND c.id = e.collection_id
WHERE NOT EXISTS (SELECT 1 FROM collection_event n
                  WHERE n.tenant_id = e.tenant_id AND n.collection_id = e.collection_id AND n.id > e.id);

-- What a person must see to, and that one has.

CREATE TABLE matter (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, key TEXT NOT NULL,
    kind TEXT NOT NULL, subject_id INTEGER NOT NULL, customer_id TEXT NOT NULL, file_id INTEGER NOT NULL, detail TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX matter_by_key ON matter (tenant_id, key);
CREATE INDEX matter_by_subject ON matter (tenant_id, subject_id);

CREATE TABLE matter_closing (
    tenant_id INTEGER NOT NULL, matter_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, matter_id),
    FOREIGN KEY (tenant_id, matter_id) REFERENCES matter
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX matter_closing_by_id ON matter_closing (tenant_id, id);

CREATE VIEW matter_now AS
SELECT m.tenant_id, m.id, m.key, m.kind, m.subject_id, m.customer_id, m.file_id, m.detail, m.recorded_at, c.actor, c.reason,
    c.recorded_at AS closed_at
FROM matter m LEFT JOIN matter_closing c ON c.tenant_id = m.tenant_id AND c.matter_id = m.id;
)sql";

}  // namespace brygga::ledger::sqlite
