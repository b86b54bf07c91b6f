// The worked example of iso20022-incoming.md section 8, and what its receiver has agreed, on its day.
#pragma once

#include <string>
#include <string_view>

#include "formats/iso20022/camt/reader.hpp"

namespace brygga::camt {

[[nodiscard]] std::string read_text(std::string_view path_in_project);
[[nodiscard]] std::string worked_example(std::string_view version);  // "02" or "08"
[[nodiscard]] read_options with_receivers();

}  // namespace brygga::camt
