// The books as text, to compare two ledgers that must be the same whatever happened on the way.
#pragma once

#include <iosfwd>

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::ledger {

// Payments, entries with their postings, advances and holds as JSON Lines in a canonical order, by natural keys: no ids, no
// times of recording, nothing of a payer. Two ledgers with the same books give the same text, in whatever order and in how
// many transactions they were written. Holds the lines of one kind in memory at a time to sort them:
// about half a kilobyte each, so a gigabyte for two million entries. (The order is that of the texts, which name rows of several
// tables: no index has it.)
[[nodiscard]] result<void> export_books(transaction& from, std::ostream& to);

}  // namespace brygga::ledger
