// What a record of an unknown layout says by the form of its words: identities at the banks, identity numbers, days.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"

namespace brygga::einvoice::registration {

struct extracted {
    std::optional<std::string> sender;          // FUI, the last one
    std::vector<std::string> receivers;         // FMI
    std::vector<std::string> identity_numbers;  // 12 digits with a right check digit, beside the receivers
    std::vector<date> days;                     // 8 digits, from 1990 to 2099
};

[[nodiscard]] extracted extract(std::string_view record);

}  // namespace brygga::einvoice::registration
