// Invoices and credit notes into the books: the document is stored, and posted when it is new (billing-rules.md sections 4
// and 5). Both functions may be run again with the same document: it is already there, and nothing more is posted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::ledger {

struct receivables_policy {
    // A new invoice without a reservation takes what the customer has in advance and is not reserved, oldest advance first.
    bool use_free_advances = true;
};

struct posting_outcome {
    put_outcome document;
    std::int64_t advance_used_ore{};  // taken from advances for this invoice
    std::int64_t offset_ore{};        // of a credit note: set off against the part that it names
    std::int64_t not_offset_ore{};    // of a credit note that is to be set off: what is more than its part has open
    row_id other_id{};                // of the credit note's invoice; of an open invoice with the new one's reference, 0 = none
};

// What is wrong with a document by itself.
struct document_fault {
    std::string_view rule;  // "BILL-R29"; empty where no numbered rule applies
    std::string pointer;    // JSON pointer in the canonical form, "/lines/2/supply_point"
    std::string text;       // without personal data
};

[[nodiscard]] std::vector<document_fault> faults_of(const invoice& item);
[[nodiscard]] std::vector<document_fault> faults_of(const credit_note& item);

// Posts receivable per part against billing. A `prepaid` invoice then uses its reservation, oldest advance first (BILL-R24),
// another one free advances if the policy says so, over the parts by share(). Errors: invalid_content for what the document
// itself gets wrong and for a reservation that is unknown, released, another customer's or too small; the text begins with
// the rule's id and a colon. After an error nothing of the document is left in the transaction.
[[nodiscard]] result<posting_outcome> post_invoice(transaction& into, const invoice& item, const receivables_policy& policy = {});

// Posts billing against credit note; with settlement `offset` the credit is set off at once against the part that it names,
// as far as that is open. What is more has been paid already: it stays an open credit of the customer, to be deducted or refunded
// (no advance: BILL-R22 makes those of payments, and who deducts the credit note states its reference). Errors as above, BILL-R30
// when there is no such part, or when its credit notes together make more than was invoiced on it (before the rounding, and
// beside other parts with an öre for value added tax): nothing can be lowered below nothing.
[[nodiscard]] result<posting_outcome> post_credit_note(transaction& into, const credit_note& item);

// What this invoice took of advances when it was posted, reserved or free: it is deducted on its document.
[[nodiscard]] result<std::int64_t> advance_used_by(row_id invoice_id, transaction& in);

// The rule id with which such an error's text begins, empty when it begins with none.
[[nodiscard]] std::string_view rule_of(const error& failure) noexcept;

}  // namespace brygga::ledger
