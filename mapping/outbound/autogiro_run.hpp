// The daily run of Autogiro: what the ledger has for Bankgirot, as one unsealed file of sections (autogiro.md sections 3.2 and 6,
// BILL-R15). A collection is a pending posting: the payment specification posts or voids it.
//
// - Mandates: TK04 for those that a person has asked for and those from internet banks that nobody need look at, TK04 with AV for
//   those that a person declines, TK03 for those that a person cancels. So for changes of account made in internet banks.
// - Collections that no longer fit their invoice (credit note, payment, dispute): TK25. When Bankgirot has confirmed it, a later
//   run asks for what is open then.
// - Invoices of customers with an active mandate: TK82 for what is open, on the due date, or the next bank day where that is
//   none. The first is the first invoice that was issued when the mandate was active. One that failed or was refused is not asked
//   for again: it is paid like any other, and reminded of. Nothing is collected by a mandate that is told to be somebody else's
//   ("mandate-of-another-payer") until that is closed. Five bank days without an answer are told: "collection-unanswered".
// - Approved payouts to payers with a mandate: TK32 on the next bank day.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "formats/bankgirot/autogiro/writer.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"
#include "mapping/outbound/payout_choice.hpp"

namespace brygga::outbound {

struct autogiro_terms {
    std::string customer_number;  // ours at Bankgirot, 6 digits
    std::string bankgiro;         // 7 or 8 digits
    date today{};                 // a bank day; what is written now is at Bankgirot before it ends
    int ahead_bank_days = 10;  // at most so many bank days before its day a collection is sent: a cancellation costs nothing yet
    int late_days = 10;        // a due date that has passed longer ago is not collected any more
    int watch_days = autogiro::default_watch_days;
    std::optional<payout_limits> pays_back = {};  // payouts to payers (TK32); nothing: none
};

// Something that could not be sent; a person must see to it.
struct not_sent {
    ledger::row_id subject_id{};  // the invoice or mandate
    autogiro::refusal why;
    bool is_new = true;  // nobody has been told of it yet
};

struct autogiro_order {
    std::string bytes;  // ISO 8859-1, CRLF, without seal; empty when there is nothing to send
    std::uint64_t mandates{}, cancellations{}, collections{}, payouts{};
    ore_sum collected_ore, paid_back_ore;
    std::uint64_t payouts_held{}, payouts_beyond_limit{};  // by matters; by what may leave in a day
    std::vector<not_sent> left_out;
};

// Writes the events and collections of the order, all of them naming `outgoing_id`, the file that the caller queues. Run again
// after an error it does the same. Errors: what the ledger says; corrupt when our own reader finds anything in what was written.
[[nodiscard]] result<autogiro_order> prepare_autogiro(const autogiro_terms& terms, ledger::row_id outgoing_id,
                                                      ledger::transaction& into);

// Of the mandate by which the daily run collects this invoice: it was active when the invoice was issued (BILL-R15). Nothing
// where the customer pays otherwise.
[[nodiscard]] result<std::optional<std::string>> payer_number_of(const ledger::invoice& of, ledger::transaction& in);

}  // namespace brygga::outbound
