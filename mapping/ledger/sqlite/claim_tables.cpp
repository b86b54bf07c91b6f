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
)sql";

}  // namespace brygga::ledger::sqlite
