// The newest row of each tenant's log, kept in a file beside the database (brygga.db: brygga.db.head). The chain of hashes shows
// a row that was changed or taken out of the middle; that its end was cut off only shows to whoever has seen that end.
//
// One line per tenant: "LOG_NO HASH TENANT". A writer replaces the file after each commit, so it may lag behind the database
// by the commits of processes that were killed or could not write it, but never run ahead. A line that the database does not
// contain is left as it is: it is the proof. An empty file starts anew. The file keeps its mode and owner.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::ledger::sqlite {

using log_heads = std::map<std::string, log_head, std::less<>>;  // by tenant

[[nodiscard]] std::filesystem::path head_path(const std::string& database_path);

// Fails with not_found when there is no file, corrupt when it holds anything else.
[[nodiscard]] result<log_heads> read_heads(const std::filesystem::path& path);

// Makes an empty file unless there is one, with the mode of the database and, where that is allowed, its owner.
[[nodiscard]] result<void> make_heads(const std::filesystem::path& path, const std::string& database_path);

// Replaces the tenant's line by `now`: file and folder are flushed when it returns. Leaves a line that is further on. Fails and
// changes nothing when the file is gone (not_found), is not readable as one (corrupt), has a line for which `contains` says no
// (conflict), is being replaced by others for `wait_ms` (busy), or cannot be written. The text says which file, and what helps.
[[nodiscard]] result<void> advance_head(const std::filesystem::path& path, std::string_view tenant, const log_head& now,
                                        int wait_ms, const std::function<result<bool>(const log_head&)>& contains);

}  // namespace brygga::ledger::sqlite
