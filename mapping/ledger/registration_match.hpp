// Which customer a registration is of, and what it does to the one that is active (einvoice.md section 3.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/ledger/store.hpp"

namespace brygga::ledger {

struct told_registration {
    registration row;             // the key, id and day of 0 are made here
    bool needs_a_person = false;  // what told it cannot be trusted to say what it is
    std::string identity_number;  // that the consumer stated, 12 digits; empty: that of the FMI
    std::string source;           // what makes one without a day the same again: its file; may be empty
    std::size_t occurrence = 1;   // of equal ones in that file
};

struct registration_outcome {
    put_outcome row;
    registration_state state{};
    std::string_view rule;  // EINV-R03, EINV-R04, or empty
    std::string_view text;  // why it waits or ends nothing; without personal data
};

// A registration of exactly one customer is matched: by the customer number where it is told, of a customer with this identity
// number, else by the identity number. Any other waits for a person, who is told by a matter. A cancellation holds for its FMI:
// by its day it ends what is registered for it, whichever of the two comes first; where it ends nothing now, that is told.
[[nodiscard]] result<registration_outcome> take_registration(transaction& in, told_registration told, date today);

// What decides where a customer's invoices go: the registrations that are matched to it, and the cancellations of their FMIs, by
// day.
[[nodiscard]] result<std::vector<registration_item>> registration_history(transaction& in, std::string_view customer_id);
// The FMI that they go to on this day. Nothing where none is registered, or the customer has another identity number now and no
// person has said that the receiver is right.
[[nodiscard]] result<std::optional<std::string>> receiver_on(transaction& in, std::string_view customer_id, date day);

// The same event told again: what is equal, in its file or by its day.
[[nodiscard]] std::string content_of(const told_registration& told);

// A person's word on a registration, also on one that was decided before.
struct registration_word {
    std::string customer_id;              // whose it is; empty: nobody's, it is set aside
    std::optional<registration_kind> as;  // what it is, where its source does not say that rightly
    std::string actor, reason;
    bool of_another_person = false;  // the receiver has another identity number than the customer, and is right all the same
};

// Closes its matter. not_found; conflict where the receiver is another person than the customer and the word does not say so.
[[nodiscard]] result<void> decide_registration(transaction& in, row_id id, const registration_word& word);

}  // namespace brygga::ledger
