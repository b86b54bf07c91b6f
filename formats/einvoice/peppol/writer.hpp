// Writes invoices and credit notes of Peppol BIS Billing 3 (einvoice.md sections 3.4 and 3.5).
#pragma once

#include "formats/einvoice/invoice.hpp"
#include "formats/einvoice/item.hpp"

namespace brygga::einvoice::peppol {

enum class flavour : std::uint8_t {
    network,   // with electronic addresses
    operated,  // for a distributor (CTD) or print: without them, with a routing code and the FMI of a consumer
};

[[nodiscard]] item document_of(const invoice& from, flavour how);

}  // namespace brygga::einvoice::peppol
