// Records and headers as JSON, for both ways. Internal to json.cpp and from_json.cpp.
#pragma once

#include <nlohmann/json.hpp>

#include "formats/layout/document.hpp"

namespace brygga::layout {

// {"record": its code, its fields by name}; what is a number and fits is one.
[[nodiscard]] nlohmann::ordered_json record_json(const record_line& line, const record_info& info);

// The texts of a header, and a header of these texts.
[[nodiscard]] nlohmann::ordered_json heading_cells(std::string_view row, const separation& by, encoding in);
[[nodiscard]] result<std::string> heading_row(const row_cutter& rows, const nlohmann::ordered_json& texts);

}  // namespace brygga::layout
