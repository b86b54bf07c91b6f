// What an e-invoice means in the ledger: rows of its import (mapping/ledger/schema), as format::to_ledger hands them out. A
// customer system that writes nothing but e-invoices feeds the ledger so (einvoice.md section 6).
#pragma once

#include <functional>

#include "formats/einvoice/tree.hpp"
#include "formats/format.hpp"

namespace brygga::einvoice {

// Of a Peppol invoice or credit note that its rules accept. Held is what the ledger cannot hold: a document without customer
// number, a line of no facility, an allowance or charge of the whole document, an advance that the ledger has not reserved.
void rows_of_peppol(const tree& document, const std::function<void(const ledger_row&)>& each);

// Of a Svefaktura that its rules accept; an envelope of attachments is none.
void rows_of_svefaktura(const tree& document, const std::function<void(const ledger_row&)>& each);

}  // namespace brygga::einvoice
