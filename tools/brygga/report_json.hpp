// What `check --json` prints of one logical file (DESIGN section 12).
#pragma once

#include <string>
#include <string_view>

#include "formats/bankgirot/seal/reader.hpp"
#include "formats/format.hpp"

namespace brygga::command {

// One line, line end included. What is not known is null; sums that do not fit 64 bits are texts.
[[nodiscard]] std::string report_json(std::string_view file_name, const format& which, std::string_view profile,
                                      const check_report& report, bool in_clear);

// `brygga seal verify --json`: the same of a sealed file.
[[nodiscard]] std::string seal_json(std::string_view file_name, const seal::verification& what);

}  // namespace brygga::command
