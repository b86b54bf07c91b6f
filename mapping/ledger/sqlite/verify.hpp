// The proof of the books: recomputed from the rows, believing nothing that was stored as a result.
#pragma once

#include "mapping/ledger/sqlite/connection.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::ledger::sqlite {

// Entries balance and have their postings; every currency sums to zero; the log's hashes follow from one another; each
// transaction's entries are those that its commit record was made over.
[[nodiscard]] result<proof> prove(connection& database, std::int64_t tenant_id);

}  // namespace brygga::ledger::sqlite
