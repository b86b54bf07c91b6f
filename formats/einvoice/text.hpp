// Text of XML as the rules compare it.
#pragma once

#include <string>
#include <string_view>

namespace brygga::einvoice {

// Blanks, TABs and line ends around it.
[[nodiscard]] std::string_view without_blanks(std::string_view text) noexcept;

// Letters beyond ASCII stay.
[[nodiscard]] std::string in_capitals(std::string_view utf8);

}  // namespace brygga::einvoice
