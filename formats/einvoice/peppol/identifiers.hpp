// How documents of Peppol BIS Billing 3 say what they are (einvoice.md sections 3.4 and 5.2).
#pragma once

#include <string_view>

namespace brygga::einvoice::peppol {

inline constexpr std::string_view specification = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
inline constexpr std::string_view billing_process = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

}  // namespace brygga::einvoice::peppol
