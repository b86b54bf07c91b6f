// Currency codes, ISO 4217.
#pragma once

#include <string_view>

namespace brygga {

// A code of the standard for money that is or lately was in use: three capitals. Not those for metals, units of account, tests
// (XTS) and none (XXX).
[[nodiscard]] bool is_currency(std::string_view code) noexcept;

// Whether it is divided into thousandths, which hundredths cannot hold.
[[nodiscard]] bool has_three_decimals(std::string_view code) noexcept;

}  // namespace brygga
