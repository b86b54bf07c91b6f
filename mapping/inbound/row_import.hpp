// The rows of the ledger that the records of a file mean (format::to_ledger), imported as JSON Lines are: by brygga import in
// transactions of their own, by the intake within that of the file.
#pragma once

#include <functional>
#include <istream>
#include <string_view>

#include "formats/format.hpp"
#include "mapping/ledger/json_lines.hpp"

namespace brygga::inbound {

struct row_import {
    ledger::import_report report;  // notes tell the line of the file; a row counts as a line
    std::uint64_t held{};          // rows that are held: not imported, told among the notes
};

// ledger::import_lines() or import_lines_into(), of some of the rows.
using line_import = std::function<result<ledger::import_report>(std::istream& lines, const ledger::import_options& options)>;

// Of a file that `check` accepts. Errors are those of the import; what was committed before is there, and importing the file
// again finds it so.
[[nodiscard]] result<row_import> import_rows(const format& which, std::string_view bytes, const read_settings& with,
                                             const line_import& import, const ledger::import_options& options);

}  // namespace brygga::inbound
