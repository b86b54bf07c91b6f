// A person's words on mandates of Autogiro (autogiro.md sections 3.2 and 3.11): the next daily run sends what they ask for. Each
// is an event without a source, with who said it and why. Error texts hold ids, and no number of a payer.
//
// A change of the payer number (TK05) is no word: the ledger knows a mandate by its number and would have to say of two that they
// are one while Bankgirot has not answered. Cancel the old one and ask for the new one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/core/bank_account.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::outbound {

struct speaker {
    std::string actor, reason;
    date today{};
};

struct mandate_application {
    std::string bankgiro;      // the payee's, digits
    std::string customer_id;   // whose invoices are collected
    std::string payer_number;  // 1 to 16 digits; empty: the customer id. The payer's bankgiro number where there is no account
    std::string account, identity;  // as a person writes them, of the payer, who may be another than the customer; both or none
};

struct asked {
    ledger::row_id mandate_id{};
    account_verdict account = account_verdict::valid;  // valid, untested, doubtful or unknown_clearing
};

// An application (TK04). Once more before the file with it leaves mends it. Errors: invalid_argument for numbers that are none,
// not_found for the customer, conflict where the mandate is active, under way, or waits for an answer of ours.
[[nodiscard]] result<asked> ask_for_mandate(const mandate_application& what, const speaker& who, ledger::transaction& into);

// The answer to a mandate from an internet bank, or to the change of one, which closes the matters about it; until the file with
// it leaves another word takes its place. `customer_id` says whose it is where nobody knows. A change of a mandate that has ended
// meanwhile is approved as a mandate. Errors: not_found; conflict where no answer is wanted;
// invalid_argument where one that is approved is nobody's.
[[nodiscard]] result<void> approve_mandate(ledger::row_id mandate_id, std::string_view customer_id, const speaker& who,
                                           ledger::transaction& into);
[[nodiscard]] result<void> decline_mandate(ledger::row_id mandate_id, const speaker& who, ledger::transaction& into);

// Whose invoices a mandate collects that stands and is nobody's. Errors: not_found; conflict where it is somebody's, or does not
// stand; invalid_argument where the ledger has no such customer.
[[nodiscard]] result<void> assign_mandate(ledger::row_id mandate_id, std::string_view customer_id, const speaker& who,
                                          ledger::transaction& into);

// The words on it whose file has not left are unsaid: it is as it was told last, and one that was only asked for is withdrawn.
// Errors: not_found; conflict where there is no such word.
[[nodiscard]] result<void> unsay(ledger::row_id mandate_id, const speaker& who, ledger::transaction& into);

// What an internet bank has proposed waits for a person from now on ("internet-mandate-to-decide"), told anew each time. `detail`
// is JSON without personal data.
[[nodiscard]] result<void> ask_a_person(const ledger::mandate_item& proposed, std::string detail, ledger::transaction& into);

enum class cancelled_how : std::uint8_t { to_be_sent, never_sent };
// TK03; an application that has not left yet is only withdrawn. Errors: not_found; conflict where there is nothing to cancel.
[[nodiscard]] result<cancelled_how> cancel_mandate(ledger::row_id mandate_id, const speaker& who, ledger::transaction& into);

}  // namespace brygga::outbound
