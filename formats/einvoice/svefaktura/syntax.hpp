// The elements of Svefaktura 1.0, a subset of UBL 1.0, and of the envelope of its attachments (einvoice.md section 3.3).
#pragma once

#include "formats/einvoice/syntax.hpp"

namespace brygga::einvoice::svefaktura {

inline constexpr std::string_view basic_invoice_namespace = "urn:sfti:documents:BasicInvoice:1:0";
inline constexpr std::string_view object_envelope_namespace = "urn:sfti:documents:ObjectEnvelope:1:0";

inline constexpr language basic_invoice = {
    {basic_invoice_namespace, ""},
    "urn:sfti:CommonAggregateComponents:1:0",
    "urn:oasis:names:tc:ubl:CommonBasicComponents:1:0",
    "",
};
// All its elements are of the document.
inline constexpr language object_envelope = {{object_envelope_namespace, ""}, "", "", ""};

// Of invoice and credit note: one document with two types.
[[nodiscard]] const syntax_node& invoice_syntax();
[[nodiscard]] const syntax_node& envelope_syntax();
// Of the root element with this name; nothing for any other.
[[nodiscard]] const syntax_node* syntax_of(element_name root) noexcept;

}  // namespace brygga::einvoice::svefaktura
