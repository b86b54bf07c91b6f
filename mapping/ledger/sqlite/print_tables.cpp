// Version 7: print batches with their receipts, and protected personal data.
#include "mapping/ledger/sqlite/schema.hpp"

namespace brygga::ledger::sqlite {

const sql_text print_tables = R"sql(
CREATE TABLE print_batch (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, batch_id TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence BETWEEN 1 AND 999999), flow INTEGER NOT NULL CHECK (flow BETWEEN 0 AND 3),
    is_protected INTEGER NOT NULL, digest TEXT NOT NULL, outgoing_id INTEGER NOT NULL, documents INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX print_batch_by_batch_id ON print_batch (tenant_id, batch_id);
CREATE UNIQUE INDEX print_batch_by_sequence ON print_batch (tenant_id, sequence);
CREATE INDEX print_batch_by_file ON print_batch (tenant_id, outgoing_id);

CREATE TABLE print_document (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, print_batch_id INTEGER NOT NULL,
    document_id TEXT NOT NULL, delivery_id INTEGER NOT NULL, sha256 TEXT NOT NULL, pages INTEGER NOT NULL,
    sheets INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, print_batch_id) REFERENCES print_batch,
    FOREIGN KEY (tenant_id, delivery_id) REFERENCES delivery
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX print_document_by_batch ON print_document (tenant_id, print_batch_id, document_id);
CREATE INDEX print_document_by_document_id ON print_document (tenant_id, document_id, id);
CREATE INDEX print_document_by_delivery ON print_document (tenant_id, delivery_id, id);

CREATE TABLE print_receipt (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, print_batch_id INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0), type INTEGER NOT NULL CHECK (type BETWEEN 0 AND 3), is_final INTEGER NOT NULL,
    sha256 TEXT NOT NULL, file_id INTEGER NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, print_batch_id) REFERENCES print_batch
) STRICT, WITHOUT ROWID;
CREATE INDEX print_receipt_by_batch ON print_receipt (tenant_id, print_batch_id, number, id);

CREATE TABLE print_receipt_event (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, print_receipt_id INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3), actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, print_receipt_id) REFERENCES print_receipt
) STRICT, WITHOUT ROWID;
CREATE INDEX print_receipt_event_by_receipt ON print_receipt_event (tenant_id, print_receipt_id, id);

CREATE TABLE print_status (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, print_document_id INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 11), channel INTEGER CHECK (channel BETWEEN 0 AND 5), reason TEXT NOT NULL,
    provider_ref TEXT NOT NULL, at TEXT NOT NULL, pages INTEGER, sheets INTEGER, receipt_id INTEGER,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, print_document_id) REFERENCES print_document,
    FOREIGN KEY (tenant_id, receipt_id) REFERENCES print_receipt
) STRICT, WITHOUT ROWID;
CREATE INDEX print_status_by_document ON print_status (tenant_id, print_document_id, id);
CREATE INDEX print_status_by_receipt ON print_status (tenant_id, receipt_id);

CREATE VIEW print_receipt_now AS
SELECT r.tenant_id, r.id, r.print_batch_id, r.number, r.type, r.is_final, r.sha256, r.file_id, r.content, e.state, r.recorded_at
FROM print_receipt r JOIN print_receipt_event e ON e.tenant_id = r.tenant_id AND e.print_receipt_id = r.id
WHERE NOT EXISTS (SELECT 1 FROM print_receipt_event n
                  WHERE n.tenant_id = e.tenant_id AND n.print_receipt_id = e.print_receipt_id AND n.id > e.id);

CREATE VIEW print_batch_now AS
SELECT b.tenant_id, b.id, b.batch_id, b.sequence, b.flow, b.is_protected, b.digest, b.outgoing_id, b.documents,
    coalesce(o.state, 0) AS file_state, coalesce(o.newest_at, b.recorded_at) AS file_at,
    (SELECT coalesce(max(r.number), 0) FROM print_receipt_now r
     WHERE r.tenant_id = b.tenant_id AND r.print_batch_id = b.id AND r.state = 0) AS last_number,
    EXISTS (SELECT 1 FROM print_receipt_now r
            WHERE r.tenant_id = b.tenant_id AND r.print_batch_id = b.id AND r.state = 0 AND r.is_final = 1) AS is_final
FROM print_batch b LEFT JOIN outgoing_now o ON o.tenant_id = b.tenant_id AND o.id = b.outgoing_id;

CREATE VIEW print_document_now AS
SELECT d.tenant_id, d.id, d.print_batch_id, d.document_id, d.delivery_id, d.sha256, d.pages, d.sheets, s.state, s.channel, s.reason,
    s.provider_ref, s.at, s.pages AS told_pages, s.sheets AS told_sheets, s.receipt_id, s.recorded_at
FROM print_document d JOIN print_status s ON s.tenant_id = d.tenant_id AND s.print_document_id = d.id
WHERE NOT EXISTS (SELECT 1 FROM print_status n
                  WHERE n.tenant_id = s.tenant_id AND n.print_document_id = s.print_document_id AND n.id > s.id);

-- Whether mail reaches the customer.

CREATE TABLE address_mark (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, customer_id TEXT NOT NULL,
    state INTEGER NOT NULL CHECK (state IN (0, 1)), reason TEXT NOT NULL, source_id INTEGER NOT NULL, actor TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_mark_by_customer ON address_mark (tenant_id, customer_id, id);

-- Protected personal data.

CREATE TABLE protection_event (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, customer_id TEXT NOT NULL,
    step INTEGER NOT NULL CHECK (step BETWEEN 0 AND 3), state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
    since INTEGER NOT NULL, source INTEGER NOT NULL CHECK (source BETWEEN 0 AND 4), checked_at INTEGER,
    epoch INTEGER NOT NULL CHECK (epoch > 0), actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX protection_event_by_customer ON protection_event (tenant_id, customer_id, id);

CREATE INDEX customer_protected ON customer (tenant_id, customer_id) WHERE protected_identity = 1;
CREATE INDEX facility_by_customer ON facility (tenant_id, customer_id);
CREATE INDEX facility_by_address ON facility (tenant_id, supply_address) WHERE supply_address <> '';

CREATE VIEW protected_customer AS
SELECT c.tenant_id, c.customer_id FROM customer c
WHERE c.protected_identity = 1 AND NOT EXISTS (SELECT 1 FROM customer n
    WHERE n.tenant_id = c.tenant_id AND n.customer_id = c.customer_id AND n.version > c.version);

CREATE INDEX run_document_of_customer ON run_document (tenant_id, customer_id, id);

-- Whom files are about.

CREATE TABLE file_person (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, outgoing_id INTEGER NOT NULL,
    customer_id TEXT NOT NULL, epoch INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX file_person_by_file ON file_person (tenant_id, outgoing_id, customer_id);
CREATE INDEX file_person_by_customer ON file_person (tenant_id, customer_id, outgoing_id);
)sql";

}  // namespace brygga::ledger::sqlite
