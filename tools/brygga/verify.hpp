// The proof that `brygga verify` prints.
#pragma once

#include "tools/brygga/books.hpp"

namespace brygga::command {

// The balance of every entry, the hash chain of the log, and the hash of every kept original that the ledger names.
exit_code verify_tenant(session& with, const books& in, const intake::tenant& who);

}  // namespace brygga::command
