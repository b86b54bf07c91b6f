// A file that is made from the ledger, at the desk of its partner. Internal.
#pragma once

#include "connectors/dispatch/detail/desk.hpp"
#include "connectors/dispatch/made_file.hpp"

namespace brygga::dispatch::detail {

// For a file that somebody wants now: the first of "BEGIN:now:1", "BEGIN:now:2" that no file has.
[[nodiscard]] result<std::string> free_key(const desk& on, std::string_view begin);

// For a file that is made once: BEGIN, or the first of "BEGIN:2", "BEGIN:3" when those before were taken back by themselves.
[[nodiscard]] result<std::string> standing_key(const desk& on, std::string_view begin);

[[nodiscard]] made make_at(const desk& on, const made_file& what, const maker& make);

// Writes what the file, whose id is given, says of the ledger; false: it is not to be sent, and nothing is written. May be called
// again after an error.
using noter = std::function<result<bool>(ledger::transaction& into, ledger::row_id outgoing_id)>;

// Of a file that lies here already, for a rule without a seal: our own reader over its bytes and a copy among the originals
// first, then one transaction. The file stays where it lies, and is the caller's to remove.
[[nodiscard]] made queue_written_at(const desk& on, const made_file& what, const std::filesystem::path& from, const noter& note);

}  // namespace brygga::dispatch::detail
