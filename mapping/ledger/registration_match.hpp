// Which customer a registration is of, and what it does to the one that is active (einvoice.md section 3.2).
#pragma once

#include <string>
#include <string_view>

#include "mapping/ledger/store.hpp"

namespace brygga::ledger {

struct told_registration {
    registration row;             // the key, id and day of 0 are made here
    bool needs_a_person = false;  // what told it cannot be trusted to say what it is
    std::string identity_number;  // that the consumer stated, 12 digits; empty: that of the FMI
};

struct registration_outcome {
    put_outcome row;
    registration_state state{};
    std::string_view rule;  // EINV-R03, EINV-R04, or empty
    std::string_view text;  // why it waits or is ignored; without personal data
};

// A registration of exactly one customer is matched: by the customer number where it is told, of a customer with this identity
// number, else by the identity number. Any other waits for a person, who is told by a matter. A cancellation is of the customer
// whose active FMI it names; of another bank, it is ignored.
[[nodiscard]] result<registration_outcome> take_registration(transaction& in, told_registration told, date today);

// A person's word on one that waits.
struct registration_word {
    std::string customer_id;              // whose it is; empty: nobody's, it is set aside
    std::optional<registration_kind> as;  // what it is, where its source does not say that rightly
    std::string actor, reason;
};

// Closes its matter. not_found, already_exists where it does not wait.
[[nodiscard]] result<void> decide_registration(transaction& in, row_id id, const registration_word& word);

}  // namespace brygga::ledger
