// What was decided about a customer, as notes that the customer system can read (BILL-R21): nothing is stored for them, each is
// the row in which the decision stands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

// What a note is about; its subject_id is the id of such a row.
enum class note_subject : std::uint8_t {
    objection,  // the invoice
    payment,    // that was held, or matched by hand
    mandate,
    collection,
    registration,  // of e-invoices
    payout,
    account,   // that a payout may go to
    document,  // of an invoice run: how it goes to the customer
    matter,
};
[[nodiscard]] std::string_view name(note_subject about) noexcept;

struct note {
    row_id id{};  // of the decision: notes come in this order
    timestamp_ms recorded_at{};
    note_subject about{};
    row_id subject_id{};
    std::string customer_id;    // empty where nobody knows
    std::string_view what;      // the state that it has come to: "raised", "approved"
    std::string actor, reason;  // both empty where nobody but the program or a bank decided
};

// As one line of JSON, {"type":"note",...}: for the customer system.
[[nodiscard]] std::string to_line(const note& item);

// BILL-R21: what a person writes about a decision says nothing of health, or of what a social welfare board knows. How a word in
// `text` begins that does, in whatever case and ending; empty where there is none. UTF-8. No list is whole: it reminds.
[[nodiscard]] std::string_view sensitive_word(std::string_view text);

}  // namespace brygga::ledger
