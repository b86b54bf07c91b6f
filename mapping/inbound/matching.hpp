// Which invoices and credit notes a payment is for (bgmax.md section 6, billing-rules.md section 4). Works on the ledger's
// own payment rows, so that every format that brings payments is matched alike. Never by amount alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/ocr.hpp"
#include "formats/core/result.hpp"
#include "mapping/inbound/remittance.hpp"
#include "mapping/inbound/settlement.hpp"
#include "mapping/ledger/model.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

struct match_rules {
    ocr_agreement ocr;                   // of the receiving bankgiro
    bool advance_covers_overdue = true;  // BILL-R23
};

// Fills `into` (cleared first) with what the payment or deduction is for. A plain OCR payment costs one look-up.
[[nodiscard]] result<void> match(const ledger::payment& item, const match_rules& rules, ledger::transaction& from,
                                 settlement& into);

// ---- the steps, for tests and suggestions ----

[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;  // blanks on both sides

// The reference field with the message behind it. A full reference (25 columns) or message line (50) runs on into the next
// line without a blank; the second text, when there is one, has a blank there instead.
struct remittance_texts {
    std::string joined;
    std::optional<std::string> spaced;
};
[[nodiscard]] remittance_texts texts_of(const ledger::payment& item);

// The invoices that a number in a text means, paid ones included: by reference when it passes the level, else by invoice number
// when a word says so. A customer number means none.
[[nodiscard]] result<std::vector<ledger::open_invoice>> invoices_meant(const number_candidate& number, const ocr_agreement& ocr,
                                                                       ledger::transaction& from);

}  // namespace brygga::inbound
