// What the rows of the database prove about themselves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mapping/ledger/sqlite/connection.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::ledger::sqlite {

// Rows that the log must have, because somebody has seen them.
struct must_contain {
    std::optional<log_head> kept;  // from the file beside the database
    std::vector<log_head> noted;   // told by the caller
    std::string unreadable;        // why the file could not be read; empty when it was
};

// Recomputes everything from the rows within the open transaction: sums, the log's chain, the rows of every table under its
// commit records, and the heads.
[[nodiscard]] result<proof> prove(connection& database, std::string_view tenant, std::int64_t tenant_id, must_contain heads);

}  // namespace brygga::ledger::sqlite
