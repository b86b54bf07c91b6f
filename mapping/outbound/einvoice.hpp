// An invoice or credit note of the ledger as a document before any format (einvoice.md sections 3.4 and 6; billing-rules.md
// section 5): combined over utilities and facilities, with what was paid in advance, and earlier unpaid invoices told apart.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formats/einvoice/invoice.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::outbound {

// What the company says of itself on every document.
struct invoice_issuer {
    einvoice::party seller;
    std::vector<einvoice::payee_account> accounts;
    std::string payment_terms;  // where the invoice states none
};

// Where and how a document goes.
struct invoice_route {
    std::string receiver_id;                // FMI, in the bank channel
    std::string endpoint_scheme, endpoint;  // of the network
    std::string routing_code;               // of an operator
    std::string mandate;                    // payer number of a mandate: the amount is drawn by Autogiro
    bool tells_arrears = true;              // earlier invoices that are due and open, in the note
    bool by_tax_agency = false;             // forwarding, which is for protected persons and for nobody else (PRO-R04)
};

// Why a document cannot be made: a rule, where, and what would have been right. Nothing personal.
struct document_gap {
    std::string_view rule;
    std::string place;  // "lines/2/price", as the import calls it
    std::string expected;
};

struct made_document {
    einvoice::invoice document;  // not to be sent where there are gaps
    std::vector<document_gap> gaps;
};

// Errors are those of the store; not_found where the invoice is not there.
[[nodiscard]] result<made_document> document_of_invoice(ledger::row_id invoice_id, const invoice_issuer& issuer,
                                                        const invoice_route& route, ledger::transaction& from);
[[nodiscard]] result<made_document> document_of_credit_note(ledger::row_id credit_note_id, const invoice_issuer& issuer,
                                                            const invoice_route& route, ledger::transaction& from);

}  // namespace brygga::outbound
