// The database's schema as a list of migrations. A migration that has been released is never edited: a change is a new one.
#pragma once

#include <span>

#include "formats/core/result.hpp"
#include "mapping/ledger/model.hpp"
#include "mapping/ledger/sqlite/connection.hpp"

namespace brygga::ledger::sqlite {

struct migration {
    int version{};  // 1, 2, 3, ...
    sql_text sql{};
};

extern const sql_text direct_debit_tables;  // of version 2
extern const sql_text payout_tables;        // of version 3
extern const sql_text einvoice_tables;      // of version 4
extern const sql_text run_tables;           // of version 5
extern const sql_text claim_tables;         // of version 6
extern const sql_text print_tables;         // of version 7

[[nodiscard]] std::span<const migration> all_migrations() noexcept;

// Brings the database to the last version of `steps`, each step in one transaction, and makes every table refuse UPDATE and
// DELETE. Fails with corrupt when the file is another program's, newer than `steps`, or was made by other steps than these.
[[nodiscard]] result<void> migrate(connection& database, std::span<const migration> steps, timestamp_ms now_ms);

}  // namespace brygga::ledger::sqlite
