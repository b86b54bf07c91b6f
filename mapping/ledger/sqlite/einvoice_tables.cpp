// Version 4: e-invoices.
#include "mapping/ledger/sqlite/schema.hpp"

namespace brygga::ledger::sqlite {

const sql_text einvoice_tables = R"sql(
-- What consumers registered at their banks, and what became of it.

CREATE TABLE registration (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, key TEXT NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3), sender TEXT NOT NULL, receiver TEXT NOT NULL,
    customer_number TEXT NOT NULL, day INTEGER NOT NULL, fields TEXT NOT NULL, source_id INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX registration_by_key ON registration (tenant_id, key);
CREATE INDEX registration_by_receiver ON registration (tenant_id, receiver);

CREATE TABLE registration_event (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, registration_id INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2), customer_id TEXT NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, registration_id) REFERENCES registration
) STRICT, WITHOUT ROWID;
CREATE INDEX registration_event_by_registration ON registration_event (tenant_id, registration_id, id);
CREATE INDEX registration_event_by_customer ON registration_event (tenant_id, customer_id, registration_id);

CREATE VIEW registration_now AS
SELECT r.tenant_id, r.id, r.key, r.kind, r.sender, r.receiver, r.customer_number, r.day, r.fields, r.source_id, e.state,
    e.customer_id, e.actor, e.reason, e.recorded_at
FROM registration_event e JOIN registration r ON r.tenant_id = e.tenant_id AND r.id = e.registration_id
WHERE NOT EXISTS (SELECT 1 FROM registration_event n
                  WHERE n.tenant_id = e.tenant_id AND n.registration_id = e.registration_id AND n.id > e.id);
)sql";

}  // namespace brygga::ledger::sqlite
