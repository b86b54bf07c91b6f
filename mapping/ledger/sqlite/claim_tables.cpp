// Version 6: claims.
#include "mapping/ledger/sqlite/schema.hpp"

namespace brygga::ledger::sqlite {

const sql_text claim_tables = R"sql(
-- Objections to invoices and their parts; it replaces a table that nothing ever wrote to.

DROP TABLE dispute;
CREATE TABLE objection (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, invoice_id INTEGER NOT NULL,
    part_no INTEGER NOT NULL CHECK (part_no >= 0), state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
    actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice
) STRICT, WITHOUT ROWID;
CREATE INDEX objection_by_claim ON objection (tenant_id, invoice_id, part_no, id);

-- Parts that are disputed: an objection waits for its answer, or was upheld and no credit note has come since it was raised.
CREATE VIEW disputed_part AS
SELECT p.tenant_id, p.invoice_id, p.part_no
FROM invoice_part p JOIN objection o ON o.tenant_id = p.tenant_id AND o.invoice_id = p.invoice_id AND o.part_no IN (0, p.part_no)
WHERE NOT EXISTS (SELECT 1 FROM objection n WHERE n.tenant_id = o.tenant_id AND n.invoice_id = o.invoice_id
                  AND n.part_no = o.part_no AND n.id > o.id)
  AND (o.state = 0 OR o.state IN (1, 2) AND NOT EXISTS (
       SELECT 1 FROM invoice i JOIN credit_note c ON c.tenant_id = i.tenant_id AND c.invoice_number = i.number
       WHERE i.tenant_id = o.tenant_id AND i.id = o.invoice_id
         AND (o.part_no = 0 OR c.kind = p.kind AND c.supply_point = p.supply_point)
         AND c.id > (SELECT max(r.id) FROM objection r WHERE r.tenant_id = o.tenant_id AND r.invoice_id = o.invoice_id
                     AND r.part_no = o.part_no AND r.state = 0)));

-- Who matched a payment that no hold had kept.

CREATE TABLE payment_match (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, payment_id INTEGER NOT NULL,
    entry_id INTEGER NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, payment_id) REFERENCES payment
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_match_by_payment ON payment_match (tenant_id, payment_id);
)sql";

}  // namespace brygga::ledger::sqlite
