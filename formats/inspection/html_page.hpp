// What every page of HTML begins with that Brygga writes.
#pragma once

#include <string>
#include <string_view>

namespace brygga::inspection {

// Up to <body>, of one page that needs nothing else: no script, no font, no picture from anywhere, whatever stands in it.
[[nodiscard]] std::string html_head(std::string_view title, std::string_view style);

}  // namespace brygga::inspection
