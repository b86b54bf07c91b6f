// The code lists that the rules accept (einvoice-codelists.md): EN 16931 for UBL 1.3.16, Peppol BIS Billing 3.0.21.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_set>

namespace brygga::einvoice {

enum class list : std::uint8_t {
    invoice_type,               // CL-01
    credit_note_type,           // CL-01
    peppol_invoice_type,        // PEPPOL-EN16931-P0100
    peppol_credit_note_type,    // PEPPOL-EN16931-P0101
    currency,                   // CL-03
    peppol_currency,            // PEPPOL-EN16931-CL007
    tax_point,                  // CL-06
    object_scheme,              // CL-07, UNTDID 1153
    note_subject,               // CL-08, UNTDID 4451
    identifier_scheme,          // CL-10, ISO 6523
    classification,             // CL-13, UNTDID 7143
    country,                    // CL-14, ISO 3166-1
    payment_means,              // CL-16, UNTDID 4461
    vat_category,               // CL-17
    allowance_reason,           // CL-19, UNTDID 5189
    charge_reason,              // CL-20, UNTDID 7161
    exemption_reason,           // CL-22, VATEX
    unit,                       // CL-23, Recommendation 20 and 21
    attachment,                 // CL-24
    electronic_address,         // CL-25, EAS
    peppol_electronic_address,  // PEPPOL-EN16931-CL008
};

// Case counts; only the list of exemption reasons is asked in capitals.
[[nodiscard]] const std::unordered_set<std::string_view>& code_list(list which);

}  // namespace brygga::einvoice
