// What `check` prints of a file, for people.
#pragma once

#include <string>

#include "formats/format.hpp"

namespace brygga::command {

// Personal data of findings only when it is wanted in clear.
[[nodiscard]] std::string report_text(const std::string& file_name, const format& which, const check_report& report,
                                      bool in_clear, bool colour);

}  // namespace brygga::command
