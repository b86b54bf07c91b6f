// A camt message as BgMax, in a form to compare.
#pragma once

#include <string>
#include <vector>

namespace brygga::convert {

struct converted {
    std::vector<std::string> lines;  // UTF-8, trimmed on the right
    std::vector<std::string> notes;  // "1.2 not carried: ...", entry and payment
    std::string bytes, error;
};

// For the receiver of the worked example.
[[nodiscard]] converted convert(const std::string& document);

}  // namespace brygga::convert
