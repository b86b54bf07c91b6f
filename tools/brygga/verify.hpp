// The proof that `brygga verify` prints.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "tools/brygga/books.hpp"

namespace brygga::command {

// "17:" and the 64 hexadecimal digits of its hash in either case, as receipts and the log of the intake tell them; "0:" for the
// log before its first row.
[[nodiscard]] std::optional<ledger::log_head> parse_head(std::string_view text);

// The balance of every entry, the hash chain of the log with every row under it and the heads it must contain, and the hash of
// every kept original that the ledger names.
exit_code verify_tenant(session& with, const books& in, const config::tenant& who, std::span<const ledger::log_head> noted);

}  // namespace brygga::command
