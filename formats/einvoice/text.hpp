// Text as it stands in e-invoices, and as the rules compare it.
#pragma once

#include <string>
#include <string_view>

namespace brygga::einvoice {

// Blanks, TABs and line ends around it.
[[nodiscard]] std::string_view without_blanks(std::string_view text) noexcept;

// Letters beyond ASCII stay.
[[nodiscard]] std::string in_capitals(std::string_view utf8);

// Of an attachment; blanks between do not count.
[[nodiscard]] bool is_base64(std::string_view text) noexcept;

// What an invoice says of a seller who pays its own taxes (godkänd för F-skatt).
inline constexpr std::string_view f_tax_text = "Godk\xC3\xA4nd f\xC3\xB6r F-skatt";

}  // namespace brygga::einvoice
