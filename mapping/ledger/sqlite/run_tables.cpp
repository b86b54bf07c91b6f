// Version 5: invoice runs and how their documents reach the customers.
#include "mapping/ledger/sqlite/schema.hpp"

namespace brygga::ledger::sqlite {

const sql_text run_tables = R"sql(
-- What a customer wishes about invoices, of those versions of the customer that have any: the id is that of the version.

CREATE TABLE customer_wishes (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, first_channel INTEGER CHECK (first_channel BETWEEN 0 AND 5),
    endpoint_scheme TEXT NOT NULL, endpoint TEXT NOT NULL, email TEXT NOT NULL, email_requested INTEGER,
    email_confirmed INTEGER, is_separate INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;

-- What the customer system knows of facilities.

CREATE TABLE facility_event (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, facility_id TEXT NOT NULL,
    what INTEGER NOT NULL CHECK (what = 0), day INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX facility_event_by_facility ON facility_event (tenant_id, facility_id, what, day);

-- Which invoices are about a supply point.
CREATE INDEX invoice_part_by_supply_point ON invoice_part (tenant_id, supply_point, invoice_id);

CREATE TABLE invoice_run (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, key TEXT NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4), month INTEGER NOT NULL, sha256 TEXT NOT NULL,
    invoices INTEGER NOT NULL CHECK (invoices >= 0), credit_notes INTEGER NOT NULL CHECK (credit_notes >= 0),
    manifest TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX invoice_run_by_key ON invoice_run (tenant_id, key);

CREATE TABLE run_event (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, run_id INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2), actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, run_id) REFERENCES invoice_run
) STRICT, WITHOUT ROWID;
CREATE INDEX run_event_by_run ON run_event (tenant_id, run_id, id);

CREATE VIEW invoice_run_now AS
SELECT r.tenant_id, r.id, r.key, r.kind, r.month, r.sha256, r.invoices, r.credit_notes, r.manifest, e.state, e.actor, e.reason,
    e.recorded_at
FROM invoice_run r JOIN run_event e ON e.tenant_id = r.tenant_id AND e.run_id = r.id
WHERE NOT EXISTS (SELECT 1 FROM run_event n WHERE n.tenant_id = e.tenant_id AND n.run_id = e.run_id AND n.id > e.id);

CREATE TABLE run_document (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, run_id INTEGER NOT NULL,
    line_no INTEGER NOT NULL, is_credit_note INTEGER NOT NULL, number TEXT NOT NULL, document_id INTEGER,
    customer_id TEXT NOT NULL, due INTEGER NOT NULL, amount_ore INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, run_id) REFERENCES invoice_run
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX run_document_by_line ON run_document (tenant_id, run_id, line_no);
CREATE UNIQUE INDEX run_document_by_document ON run_document (tenant_id, document_id);  -- none: not booked
CREATE INDEX run_document_by_number ON run_document (tenant_id, number, id);
CREATE INDEX run_document_by_customer ON run_document (tenant_id, run_id, customer_id, due, number);

CREATE TABLE delivery (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, run_document_id INTEGER NOT NULL,
    step INTEGER NOT NULL CHECK (step > 0), channel INTEGER CHECK (channel BETWEEN 0 AND 5),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, run_document_id) REFERENCES run_document
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX delivery_by_step ON delivery (tenant_id, run_document_id, step);
CREATE INDEX delivery_by_channel ON delivery (tenant_id, channel, id);

CREATE TABLE delivery_event (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, delivery_id INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 7), outgoing_id INTEGER, code TEXT NOT NULL, text TEXT NOT NULL,
    key TEXT, actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, delivery_id) REFERENCES delivery
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_event_by_delivery ON delivery_event (tenant_id, delivery_id, id);
CREATE UNIQUE INDEX delivery_event_by_key ON delivery_event (tenant_id, key);

CREATE VIEW delivery_now AS
SELECT d.tenant_id, d.id, d.run_document_id, d.step, d.channel, e.state, e.outgoing_id, e.code, e.text, e.key, e.actor, e.reason,
    e.recorded_at
FROM delivery d JOIN delivery_event e ON e.tenant_id = d.tenant_id AND e.delivery_id = d.id
WHERE NOT EXISTS (SELECT 1 FROM delivery_event n
                  WHERE n.tenant_id = e.tenant_id AND n.delivery_id = e.delivery_id AND n.id > e.id);

CREATE VIEW run_document_now AS
SELECT r.tenant_id, r.id, r.run_id, r.line_no, r.is_credit_note, r.number, r.document_id, r.customer_id, r.due, r.amount_ore,
    d.id AS delivery_id, d.step, d.channel, d.state, d.outgoing_id, d.code, d.text, d.key, d.actor, d.reason, d.recorded_at
FROM run_document r JOIN delivery_now d ON d.tenant_id = r.tenant_id AND d.run_document_id = r.id
WHERE NOT EXISTS (SELECT 1 FROM delivery n
                  WHERE n.tenant_id = r.tenant_id AND n.run_document_id = r.id AND n.step > d.step);
)sql";

}  // namespace brygga::ledger::sqlite
