// The schema's third version: payouts and the accounts that customers give us for them. Conventions as in migrations.cpp.
#include "mapping/ledger/sqlite/schema.hpp"

namespace brygga::ledger::sqlite {

const sql_text payout_tables = R"sql(
CREATE TABLE customer_account (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, customer_id TEXT NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4), clearing TEXT NOT NULL, number TEXT NOT NULL, actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_by_customer ON customer_account (tenant_id, customer_id, id);

CREATE TABLE payout (
    tenant_id INTEGER NOT NULL REFERENCES tenant, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, key TEXT NOT NULL,
    customer_id TEXT NOT NULL, amount_ore INTEGER NOT NULL CHECK (amount_ore > 0), currency TEXT NOT NULL, purpose TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX payout_by_key ON payout (tenant_id, key);
CREATE INDEX payout_by_customer ON payout (tenant_id, customer_id);

CREATE TABLE payout_event (
    tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, recorded_at INTEGER NOT NULL, payout_id INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 7), day INTEGER NOT NULL, route INTEGER NOT NULL CHECK (route BETWEEN 0 AND 4),
    account_kind INTEGER NOT NULL CHECK (account_kind BETWEEN 0 AND 4), clearing TEXT NOT NULL, number TEXT NOT NULL,
    through_id INTEGER NOT NULL, code TEXT NOT NULL, source_id INTEGER NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL,
    bank_reference TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, payout_id) REFERENCES payout
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_payout ON payout_event (tenant_id, payout_id, id);
CREATE INDEX payout_event_by_state ON payout_event (tenant_id, state, payout_id, id);
CREATE INDEX payout_event_by_source ON payout_event (tenant_id, source_id, payout_id) WHERE source_id <> 0;

CREATE VIEW payout_now AS
SELECT p.tenant_id, p.id, p.key, p.customer_id, p.amount_ore, p.currency, p.purpose, e.state, e.day, e.route, e.account_kind,
    e.clearing, e.number, e.through_id, e.code, e.source_id, e.actor, e.reason, e.bank_reference, e.recorded_at
FROM payout_event e JOIN payout p ON p.tenant_id = e.tenant_id AND p.id = e.payout_id
WHERE NOT EXISTS (SELECT 1 FROM payout_event n WHERE n.tenant_id = e.tenant_id AND n.payout_id = e.payout_id AND n.id > e.id);

-- A payout is exported once (LB-R11).
CREATE TRIGGER exported_once BEFORE INSERT ON payout_event
WHEN NEW.state = 2 AND EXISTS (SELECT 1 FROM payout_event e
                               WHERE e.tenant_id = NEW.tenant_id AND e.payout_id = NEW.payout_id AND e.state = 2)
BEGIN SELECT RAISE(ABORT, 'LB-R11: this payout was exported before'); END;

-- And what was exported is no draft again, nor withdrawn: the bank may pay it.
CREATE TRIGGER never_back BEFORE INSERT ON payout_event
WHEN NEW.state IN (0, 1, 7) AND EXISTS (SELECT 1 FROM payout_event e
                                        WHERE e.tenant_id = NEW.tenant_id AND e.payout_id = NEW.payout_id AND e.state = 2)
BEGIN SELECT RAISE(ABORT, 'LB-R11: this payout was exported: only the bank''s word ends it'); END;
)sql";

}  // namespace brygga::ledger::sqlite
