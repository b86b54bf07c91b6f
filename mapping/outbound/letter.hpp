// An invoice or credit note of the ledger as a letter (print-batch.md 3.7 and section 6; protected-identity.md 3.2): the document
// of einvoice.hpp, with what only paper has: groups by utility and facility with the amounts of the books, the history of meter
// values, the address behind the window and the payment slip.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/print/letter/letter.hpp"
#include "mapping/outbound/einvoice.hpp"

namespace brygga::outbound {

struct letter_terms {
    invoice_issuer issuer;  // the first of its accounts is that of the payment slip
    print::language in = print::language::swedish;
    bool has_slip = true, has_qr = false;
    bool tells_arrears = true;
    // What stands for the id of a protected person's facility (PRO-R08); without it nothing does.
    int ordinary_days = 0, forwarding_days = 0;  // that due dates of forwarded letters leave (PRO-R21)
    std::function<std::string(std::string_view)> hashed = {};
    std::function<bool(std::string_view utf8)> can_print = {};  // of the letter's font (ADR-R06); empty: everything
};

struct made_letter {
    print::letter letter;  // not to be drawn where there are gaps
    std::vector<std::string> address;
    std::string country;  // alpha-2; both empty for a letter that the tax agency forwards
    std::string customer_id, identity_number, name;
    bool is_person = false;
    std::string mandate;  // payer number, where the amount is drawn by Autogiro
    std::vector<document_gap> gaps;
    std::vector<document_gap> told;  // what is odd and stops nothing
};

// A letter of a protected person has nothing that tells a name or a place (PRO-R03, PRO-R08). Errors are those of the store;
// not_found where the document is not there.
[[nodiscard]] result<made_letter> letter_of_invoice(ledger::row_id invoice_id, const letter_terms& terms,
                                                    ledger::transaction& from);
[[nodiscard]] result<made_letter> letter_of_credit_note(ledger::row_id credit_note_id, const letter_terms& terms,
                                                        ledger::transaction& from);

}  // namespace brygga::outbound
