// What the commands share that bring lines of the customer system into the ledger.
#pragma once

#include <string>
#include <string_view>

#include "connectors/config/settings.hpp"
#include "mapping/ledger/json_lines.hpp"
#include "tools/brygga/session.hpp"

namespace brygga::command {

// As the company has agreed with its banks. `bytes` are those of the file.
[[nodiscard]] ledger::import_options import_options_of(const config::tenant& who, session& with, std::string_view bytes);

void print_report(session& with, const std::string& file, std::string_view unit, const ledger::import_report& report);

// Invoice runs of which every document has come to its end are closed, and told.
[[nodiscard]] result<void> close_finished_runs(session& with, const ledger::transaction_source& begin);

}  // namespace brygga::command
