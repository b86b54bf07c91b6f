// The rows of the ledger that the records of a file mean (format::to_ledger), imported as JSON Lines are.
#pragma once

#include <string_view>

#include "formats/format.hpp"
#include "mapping/ledger/json_lines.hpp"

namespace brygga::command {

struct format_import {
    ledger::import_report report;  // notes tell the line of the file; a row counts as a line
    std::uint64_t held{};          // rows that are held: not imported, told among the notes
};

// Of a file that `check` accepts. Errors are those of the store; what was committed before is there, and importing the file again
// finds it so.
[[nodiscard]] result<format_import> import_rows(const format& which, std::string_view bytes, const read_settings& with,
                                                const ledger::transaction_source& begin, const ledger::import_options& options);

}  // namespace brygga::command
